/** Marks of code in Markdown: backticks, or three tildes and more. */
const MARKS = /^(?:`+|~{3,})$/;

/** Marks of a fence, at least. */
const FENCE_LENGTH = 3;

/** What may stand on a line before a fence: blanks, and marks of quotations and lists. */
const BEFORE_FENCE = /^(?:[\s>]|[-*+]\s|\d{1,9}[.)]\s)*$/;

/** Code that has begun: with which marks, whether they may be a fence, and whether they are one. */
interface OpenCode {
  readonly marks: string;
  readonly mayBeFence: boolean;
  readonly isFence: boolean;
}

/**
 * Where code stands in a text of Markdown, as it comes: between fences (CommonMark §4.5), or between backticks (§6.1). What
 * begins within a line ends with it, so that a backtick that nothing closes makes code of no more than the rest of its line.
 */
export class MarkdownCode {
  #open: OpenCode | null = null;
  #line = "";

  /** Whether what comes next is code. */
  get isOpen(): boolean {
    return this.#open !== null;
  }

  /** Takes the next part of the text; a run of backticks or tildes is a part of its own. */
  pass(part: string): void {
    if (MARKS.test(part)) this.#open = this.#openAfter(part);
    const lineEnd = part.lastIndexOf("\n");
    if (lineEnd === -1) {
      this.#line += part;
      return;
    }
    this.#line = part.slice(lineEnd + 1);
    this.#open = this.#open?.mayBeFence ? { ...this.#open, isFence: true } : null;
  }

  #openAfter(marks: string): OpenCode | null {
    const startsLine = BEFORE_FENCE.test(this.#line);
    const open = this.#open;
    if (open === null) {
      const mayBeFence = startsLine && marks.length >= FENCE_LENGTH;
      return mayBeFence || marks.startsWith("`") ? { marks, mayBeFence, isFence: false } : null;
    }
    const closes = open.isFence ? startsLine && marks.startsWith(open.marks) : marks === open.marks;
    return closes ? null : open;
  }
}
