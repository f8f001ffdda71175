import { type ReadText, readText } from "./read-text.ts";
import { LIMITING_MEANINGS, QUALITIES } from "./vocabulary.ts";

/** Why a rewording is refused. */
export type Fault = "form" | "length" | "time" | "number" | "citation" | "question" | "words" | "order";

/** How long a rewording may be: shares of the original's length, and characters that a short one may have besides. */
const SHORTEST = 0.6;
const LONGEST = 1.6;
const SLACK = 20;

/** Plain text of one line: letters of the Latin script, digits, and the marks of a sentence. No Markdown, no address. */
const PLAIN = /^[\p{Script=Latin}\d .,:;!?'’()–—\-−+±%“”[\]…]*$/u;
const CITATION = /\[\d+\]/gu;
/** A dot or colon inside of a word makes an address of it. */
const ADDRESS = /\p{L}[.:]\p{L}/u;

/** A place is a moment, or a stretch from one to another; a text that names more speaks of several. */
const TIMES_OF_A_PLACE = 2;

/**
 * What is wrong with a rewording; null if it says what the original says. It may put joining words and words of the same
 * meaning for others (`vocabulary.ts`); it must say everything else that the original says, and nothing that it doesn't:
 * every moment, number with its unit, source, denial, doubt and direction. And in the same order, because "louder than" has
 * two sides; only where it happens may be said first, and a quality behind what it qualifies. In doubt it is refused.
 */
export function findFault(original: string, rewording: string): Fault | null {
  if (!isPlain(original, rewording)) return "form";
  const { length } = rewording;
  if (length > LONGEST * original.length + SLACK || length < SHORTEST * original.length) return "length";
  const [before, after] = [readText(original), readText(rewording)];
  if (!isSame(before.citations, after.citations)) return "citation";
  if (!isSame(before.times, after.times)) return "time";
  if (!isSame(before.figures, after.figures)) return "number";
  if (before.questions !== after.questions) return "question";
  if (!isSame(before.weights.toSorted(), after.weights.toSorted())) return "words";
  return ordersOf(before).some((order) => isSame(order, after.weights)) ? null : "order";
}

function isPlain(original: string, rewording: string): boolean {
  if (!PLAIN.test(rewording) || ADDRESS.test(rewording)) return false;
  if (/[[\]]/u.test(rewording.replace(CITATION, ""))) return false;
  // Sentences: from a capital or a number to a full stop.
  const begins = /^\p{Ll}/u.test(original) || /^[\p{Lu}\d(“−+]/u.test(rewording);
  const ends = /[.!?”)\]]$/u.test(rewording);
  return begins && ends && rewording === rewording.trim();
}

/** The orders in which the weights of a text may come. */
function ordersOf(text: ReadText): string[][] {
  const orders = [[...text.weights], ...withQualityBehind(text)];
  const { times, weights } = text;
  const at = weights.indexOf(times[0] ?? "");
  const isOnePlace =
    times.length > 0 &&
    times.length <= TIMES_OF_A_PLACE &&
    isSame(weights.slice(at, at + times.length), times);
  // "After 0:14" isn't at 0:14.
  if (!isOnePlace || LIMITING_MEANINGS.has(weights[at - 1] ?? "")) return orders;
  return [
    ...orders,
    ...orders.map((order) => [...times, ...order.filter((weight) => !times.includes(weight))]),
  ];
}

/** The orders in which a quality that the text begins with comes later in its clause. */
function withQualityBehind({ weights, inFirstClause }: ReadText): string[][] {
  const [first, ...others] = weights;
  if (first === undefined || !QUALITIES.has(first)) return [];
  return Array.from({ length: inFirstClause - 1 }, (_, index) => others.toSpliced(index + 1, 0, first));
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((value, index) => value === other[index]);
}
