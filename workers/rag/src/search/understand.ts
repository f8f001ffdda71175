import { ok, type Result } from "@crescendai/contracts";
import type { Database } from "@crescendai/worker-kit";
import { findWordsLike, type WordStatistics } from "../tables/index-words.ts";
import { isEnglish } from "./english.ts";
import { type Term, termOf, termsOf, withCorrections } from "./question.ts";
import { beginningsLike, lengthsLike, mayBeMisspelt, nearestWord, wordWithStem } from "./spelling.ts";
import { bestPossibleScore } from "./vagueness.ts";
import { type WeightedTerm, weightTerms } from "./weighted-terms.ts";

/** A question as it is looked for. */
export interface UnderstoodQuestion {
  /** With misspelt words put right. */
  readonly text: string;
  /** The words that say something, each with what it is worth in this library. */
  readonly terms: readonly WeightedTerm[];
  /** The BM25 of a passage that has every word, see {@link bestPossibleScore}. */
  readonly bestPossible: number;
}

interface ReadTerm extends Omit<WeightedTerm, "weight"> {
  /** Chunks that have it, by spelling, as far as they were counted. */
  readonly chunksByForm: readonly number[];
}

/**
 * Reads a question: what its words are worth, and what those may be meant for that occur nowhere.
 *
 * @param statistics of the question's words.
 */
export async function understandQuestion(
  database: Database,
  statistics: WordStatistics,
  question: string,
): Promise<Result<UnderstoodQuestion>> {
  const terms = termsOf(question);
  if (terms.length === 0) return ok({ text: question, terms: [], bestPossible: 0 });
  const corrections = new Map<string, string>();
  const read: ReadTerm[] = [];
  for (const { asked, answer } of await Promise.all(
    terms.map(async (asked) => ({ asked, answer: await readTerm(database, statistics, asked) })),
  )) {
    if (!answer.ok) return answer;
    if (answer.value.certainty < 1) corrections.set(asked.forms[0].word, answer.value.forms[0].word);
    read.push(answer.value);
  }
  return ok({
    text: withCorrections(question, corrections),
    terms: weightTerms(read, statistics.total),
    bestPossible: bestPossibleScore(
      read.map(({ chunksByForm }) => chunksByForm),
      statistics.total,
    ),
  });
}

/** A word as it is looked for: put right if it occurs nowhere and can be. */
async function readTerm(
  database: Database,
  { total, chunksWith }: WordStatistics,
  term: Term,
): Promise<Result<ReadTerm>> {
  const chunksByForm = term.forms.map(({ stem }) => chunksWith.get(stem) ?? 0);
  const chunks = chunksByForm.reduce((sum, count) => sum + count, 0);
  const corrected = chunks === 0 && total > 0 ? await correctionOf(database, term) : ok(null);
  if (!corrected.ok) return corrected;
  return ok(corrected.value ?? { ...term, chunks, chunksByForm, certainty: 1 });
}

/**
 * What a word was probably meant for that occurs nowhere; null if that can't be told, or if it is right as it stands and the
 * library just has nothing on it.
 */
async function correctionOf(database: Database, { forms }: Term): Promise<Result<ReadTerm | null>> {
  const [{ word, stem }] = forms;
  if (!mayBeMisspelt(word) || isEnglish(word)) return ok(null);
  const { shortest, longest } = lengthsLike(stem);
  const like = await findWordsLike(database, beginningsLike(stem), shortest, longest);
  if (!like.ok) return like;
  const nearest = nearestWord(stem, like.value);
  const meant = nearest === null ? null : wordWithStem(nearest.stem, word);
  if (nearest === null || meant === null) return ok(null);
  const { chunks, certainty } = nearest;
  return ok({ ...termOf(meant), chunks, chunksByForm: [chunks], certainty });
}
