/** Where in a text something begins. */
export interface Section {
  /** First character of the section: its heading's, or 0. */
  readonly start: number;
  /** The headings above, outermost first; none above the first heading. */
  readonly path: readonly string[];
}

export interface Page {
  readonly start: number;
  /** From 1. */
  readonly page: number;
}

/** What was read from a document's bytes. All positions are UTF-16 code units of `text`. */
export interface ReadText {
  readonly text: string;
  /** Code units of the document before the text: its front matter's. */
  readonly before: number;
  /** Rising, the first at 0. */
  readonly sections: readonly Section[];
  /** Rising; empty where there are no pages. */
  readonly pages: readonly Page[];
  /** What the document says of itself, in the words of its own format; unchecked. */
  readonly described: Readonly<Record<string, unknown>>;
  /** The first heading of the highest rank, if there is one. */
  readonly heading: string | null;
}

/** A heading where it stands. */
export interface Heading {
  readonly start: number;
  /** 1 (outermost) … 6. */
  readonly level: number;
  readonly label: string;
}

/** Code units of a heading that are kept: what is longer is no heading anybody reads. */
const MAX_LABEL_LENGTH = 300;

/** A heading's text as one line of bounded length. */
export function labelOf(text: string): string {
  return text.slice(0, MAX_LABEL_LENGTH).toWellFormed().replace(/\s+/g, " ").trim();
}

/** The sections that headings open, each with the path of headings above it. */
export function sectionsOf(headings: readonly Heading[]): Section[] {
  const sections: Section[] = [];
  const open: Heading[] = [];
  if (headings[0]?.start !== 0) sections.push({ start: 0, path: [] });
  for (const heading of headings) {
    while ((open.at(-1)?.level ?? 0) >= heading.level) open.pop();
    open.push(heading);
    sections.push({ start: heading.start, path: open.map(({ label }) => label) });
  }
  return sections;
}

/** The first of the headings of the highest rank that occurs: what a document without a title is called. */
export function leadingHeading(headings: readonly Heading[]): string | null {
  const highest = Math.min(...headings.map(({ level }) => level));
  return headings.find(({ level }) => level === highest)?.label ?? null;
}
