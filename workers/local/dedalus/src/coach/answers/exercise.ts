import type { Passage } from "../tool-results.ts";
import { sentencesOf, sharedWords } from "../words.ts";

/** Sentences that are quoted of a passage, at most. */
const MAX_SENTENCES = 3;

/** Words with which sentences begin that tell somebody to do something. */
const TELLING = new Set(
  `begin choose clap count hold imagine keep let lift listen mark move play practice practise press put record repeat set sing
  slow start stop take tap try use work`.split(/\s+/),
);

function tellsToDo(sentence: string): boolean {
  return TELLING.has(/^\p{L}+/u.exec(sentence)?.[0].toLowerCase() ?? "");
}

/**
 * What the best passage says to do, word for word, with its number and title; null if no passage has anything to say.
 *
 * @param words what it is to be about.
 * @param needed how many of them a passage must have: search finds the nearest there is, which may still be far.
 */
export function exerciseFrom(
  passages: readonly Passage[],
  words: readonly string[],
  needed: number,
): string | null {
  const ranked = passages
    .map((passage, rank) => ({ passage, rank, shared: sharedWords(words, textOf(passage)) }))
    .filter(({ shared }) => shared >= needed)
    .toSorted((a, b) => b.shared - a.shared || a.rank - b.rank);
  const [best] = ranked;
  if (best === undefined) return null;
  const quoted = bestSentences(best.passage, words);
  if (quoted.length === 0) return null;
  const { number, title, author } = best.passage;
  return `${quoted.join(" ")} [${number}]\n\n[${number}] ${title}${author === null ? "" : `, ${author}`}`;
}

function textOf({ title, section, excerpt }: Passage): string {
  return `${title} ${section} ${excerpt}`;
}

/** The sentences that share most with the question or say what to do, in the order of the passage. */
function bestSentences({ excerpt }: Passage, words: readonly string[]): string[] {
  return sentencesOf(excerpt)
    .map((sentence, place) => ({
      sentence,
      place,
      worth: sharedWords(words, sentence) + (tellsToDo(sentence) ? 2 : 0),
    }))
    .toSorted((a, b) => b.worth - a.worth || a.place - b.place)
    .slice(0, MAX_SENTENCES)
    .toSorted((a, b) => a.place - b.place)
    .map(({ sentence }) => sentence);
}
