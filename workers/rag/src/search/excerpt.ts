import { piecesOf } from "../chunking/units.ts";
import { finderOf, type WeightedTerm } from "./weighted-terms.ts";

/** Most characters of an excerpt, in UTF-16 code units: three or four lines on a telephone. */
const MAX_EXCERPT = 400;

/** Tokens of the longest piece: some 400 characters of English. */
const MAX_PIECE_TOKENS = 90;

/** Share of the question's information that a sentence is worth for standing further on: prefers the first of equals. */
const POSITION_PENALTY = 1e-4;

/**
 * The sentences of a passage that answer a question best: neighbours, word for word, as many as fit. Of equally good
 * ones the first.
 *
 * @param finder of the terms: one does for all passages.
 */
export function excerptOf(text: string, terms: readonly WeightedTerm[], finder = finderOf(terms)): string {
  const pieces = [...piecesOf(text, [{ start: 0, path: [] }], MAX_PIECE_TOKENS)].filter(
    ({ start, end }) => !HEADING.test(text.slice(start, end)),
  );
  const termsIn = pieces.map(({ start, end }) => {
    const stems = finder.findIn(text.slice(start, end));
    return terms.filter(({ forms }) => forms.some(({ stem }) => stems.has(stem)));
  });
  let best = { score: Number.NEGATIVE_INFINITY, start: 0, end: Math.min(text.length, MAX_EXCERPT) };
  for (const [first, { start }] of pieces.entries()) {
    const covered = new Set<WeightedTerm>();
    let score = -first * POSITION_PENALTY;
    for (let last = first; last < pieces.length; last += 1) {
      const end = pieces[last]?.end ?? 0;
      if (end - start > MAX_EXCERPT && last > first) break;
      for (const term of termsIn[last] ?? []) {
        if (!covered.has(term)) score += term.weight;
        covered.add(term);
      }
      // What fits behind the best sentences is what they go on with.
      if (score >= best.score) best = { score, start, end };
    }
  }
  return wholeCharacters(text.slice(best.start, best.start + Math.min(best.end - best.start, MAX_EXCERPT)));
}

/** A line of Markdown that is a heading: its words are in the section already. */
const HEADING = /^ {0,3}#{1,6}\s/;

/** Without half a character at its end. */
function wholeCharacters(text: string): string {
  return /[\uD800-\uDBFF]$/.test(text) ? text.slice(0, -1) : text;
}
