import type { Section } from "../reading/read-text.ts";
import type { Span } from "./span.ts";
import { splitLong } from "./split-long.ts";
import { estimateTokens } from "./tokens.ts";

/** A sentence, or a piece of one that is too long. Without space at its ends. */
interface Piece extends Span {
  /** Numbers of the paragraph and the section that it is in, rising through the document. */
  readonly paragraph: number;
  readonly section: number;
}

/** What chunks are put together from. */
export interface Unit extends Piece {
  readonly tokens: number;
}

/** An empty line, or the beginning of a line that is an item of a list or a row of a table. */
const PARAGRAPH_BREAK = /\r?\n(?:[^\S\n]*\r?\n)+|\r?\n(?=[^\S\n]*(?:[-*+•|]|\d{1,3}[.)])[^\S\n])/g;

/** Words with a full stop that doesn't end a sentence, as they stand in texts on music. */
const ABBREVIATION =
  /(?:^|[\s(["“])(?:Op|op|No|no|Nos|nos|Nr|Mr|Mrs|Ms|Dr|Prof|St|vs|cf|ca|c|e\.g|i\.e|viz|p|pp|b|bb|bar|bars|m|mm|vol|ed|eds|fig|ex|Ex|approx|[A-Z])\.$/;

/**
 * Cuts a text into pieces: at sections, paragraphs and sentences (Unicode Standard Annex #29, by `Intl.Segmenter`), and
 * what is longer than `maxTokens` between words. Every character that isn't white space is in exactly one.
 */
export function* piecesOf(text: string, sections: readonly Section[], maxTokens: number): Generator<Piece> {
  let paragraph = 0;
  for (const [section, { start }] of sections.entries()) {
    const end = sections[section + 1]?.start ?? text.length;
    for (const part of paragraphsOf(text, start, end)) {
      for (const sentence of sentencesOf(text, part)) {
        for (const piece of splitLong(text, sentence, maxTokens)) yield { ...piece, paragraph, section };
      }
      paragraph += 1;
    }
  }
}

/** The same pieces, with how long each is. */
export function unitsOf(text: string, sections: readonly Section[], maxTokens: number): Unit[] {
  return Array.from(piecesOf(text, sections, maxTokens), (piece) => ({
    ...piece,
    tokens: estimateTokens(text.slice(piece.start, piece.end)),
  }));
}

function* paragraphsOf(text: string, start: number, end: number): Generator<Span> {
  const body = text.slice(start, end);
  // A heading's line is a paragraph of its own only by the empty line after it; so be it where there is none.
  let from = 0;
  for (const found of body.matchAll(PARAGRAPH_BREAK)) {
    yield { start: start + from, end: start + found.index };
    from = found.index + found[0].length;
  }
  yield { start: start + from, end };
}

const sentences = new Intl.Segmenter("en", { granularity: "sentence" });

function* sentencesOf(text: string, { start, end }: Span): Generator<Span> {
  // A line's end within a paragraph ends no sentence; a space of the same length keeps the positions.
  const body = text.slice(start, end).replace(/[\r\n\u0085\u2028\u2029]/g, " ");
  let from = 0;
  for (const { index, segment } of sentences.segment(body)) {
    const to = index + segment.length;
    if (to < body.length && ABBREVIATION.test(body.slice(Math.max(from, to - 20), to).trimEnd())) continue;
    const trimmed = trim(body, from, to);
    if (trimmed !== null) yield { start: start + trimmed.start, end: start + trimmed.end };
    from = to;
  }
}

/** The part without white space at its ends; null if nothing is left. */
function trim(text: string, start: number, end: number): Span | null {
  const part = text.slice(start, end);
  const core = part.trim();
  if (core === "") return null;
  const from = start + part.indexOf(core);
  return { start: from, end: from + core.length };
}
