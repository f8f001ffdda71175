/*
 * By which words a passage shows that it is about one place of a piece: what helps there says nothing of the moment that was
 * heard, of which nobody knows which bar it is.
 */

const NUMBERED = /\b(?:bars?|measures?|mm?\.|variations?|var\.|nos?\.|movements?|episodes?|page)\s*\d/iu;

/** "B-flat minor, passionate, …": how a list of variations or sections names each. */
const KEY_FIRST = /^(?:in )?[A-G](?:[- ](?:flat|sharp))? (?:major|minor)\b/u;

/** Headings of a part of a piece, rather than of a side of playing it. */
const PART =
  /\b(?:variations?|theme|trio|coda|cadenza|episodes?|middle|refrain|development|recapitulation|exposition|opening|return|movement|bars?|beginning|end|[A-G](?:[- ](?:flat|sharp))? (?:major|minor))\b/iu;

const HEADING = /^ {0,3}#{1,6}\s+(.*)$/gmu;

/** Whether a text names the place that it is about: a bar, a variation, a section by its key. */
export function namesPlace(text: string): boolean {
  return NUMBERED.test(text) || KEY_FIRST.test(text.replace(/[*_]/gu, ""));
}

/** Whether the heading that an excerpt of a passage on a piece stands under is that of a part of the piece. */
export function isUnderPart(
  { text, section }: { readonly text: string; readonly section: string },
  excerpt: string,
): boolean {
  const before = text.slice(0, Math.max(0, text.indexOf(excerpt)));
  const nearest = [...before.matchAll(HEADING)].at(-1)?.[1];
  return PART.test(nearest ?? section.split(" › ").at(-1) ?? "");
}
