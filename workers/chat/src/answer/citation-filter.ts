import { MarkdownCode } from "./markdown-code.ts";

/** What a text becomes with its citations checked: text to be sent on, and numbers named for the first time. */
export interface Checked {
  readonly text: string;
  readonly named: readonly number[];
}

/** The largest part of a text that may be the beginning of a citation, with the blanks before it, or of marks of code. */
const UNFINISHED = /[ \t]*(?:\[[\d\s,]{0,20}|`+|~+)?$/;

/**
 * The parts of a text: a citation, whole, of one number or several, with the blanks before it; marks of code; anything else.
 */
const PARTS = /([ \t]*)\[(?=[\d\s,]{1,20}\])(\s*\d{1,3}(?:\s*,\s*\d{1,3})*\s*)\]|`+|~+|[^[`~ \t]+|[\s\S]/g;

/**
 * Checks the citations of an answer as it comes, whatever it is cut into: `[n]` stays where passage n was retrieved; a number
 * that wasn't is removed. Never holds back more than a citation's length. Text between is left as it is, byte for byte, and so
 * is code, in which brackets are no citations.
 */
export class CitationFilter {
  readonly #isKnown: (number: number) => boolean;
  readonly #named = new Set<number>();
  readonly #code = new MarkdownCode();
  #held = "";

  constructor(isKnown: (number: number) => boolean) {
    this.#isKnown = isKnown;
  }

  /** Takes the next piece of the answer; what may be the beginning of a citation is kept back. */
  push(piece: string): Checked {
    const text = this.#held + piece;
    const rest = UNFINISHED.exec(text)?.[0] ?? "";
    this.#held = rest;
    return this.#check(text.slice(0, text.length - rest.length));
  }

  /** What was kept back, at the end of an answer. */
  end(): Checked {
    const text = this.#held;
    this.#held = "";
    return this.#check(text);
  }

  #check(text: string): Checked {
    const fresh: number[] = [];
    const checked = text.replace(PARTS, (part: string, blanks: string, list: string | undefined) => {
      const isCode = this.#code.isOpen;
      this.#code.pass(part);
      if (isCode || list === undefined) return part;
      const numbers = list
        .split(",")
        .map(Number)
        .filter((number) => this.#isKnown(number));
      for (const number of numbers) {
        if (!this.#named.has(number)) fresh.push(number);
        this.#named.add(number);
      }
      return numbers.length === 0 ? "" : `${blanks}[${numbers.join(", ")}]`;
    });
    return { text: checked, named: fresh };
  }
}
