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
  /** The BM25 that no passage can exceed. */
  readonly bestPossible: number;
}

type ReadTerm = Omit<WeightedTerm, "weight">;

/**
 * Reads a question: what its words are worth, and what those may be meant for that occur nowhere.
 *
 * @param statistics of the question's words.
 */
export async function understandQuestion(
  database: Database,
  { total, chunksWith }: WordStatistics,
  question: string,
): Promise<Result<UnderstoodQuestion>> {
  const terms = termsOf(question);
  if (terms.length === 0) return ok({ text: question, terms: [], bestPossible: 0 });
  const corrections = new Map<string, string>();
  const read: ReadTerm[] = [];
  for (const term of terms) {
    const chunks = term.forms.reduce((sum, { stem }) => sum + (chunksWith.get(stem) ?? 0), 0);
    const corrected = chunks === 0 && total > 0 ? await correctionOf(database, term) : ok(null);
    if (!corrected.ok) return corrected;
    if (corrected.value !== null) corrections.set(term.forms[0].word, corrected.value.forms[0].word);
    read.push(corrected.value ?? { ...term, chunks, certainty: 1 });
  }
  return ok({
    text: withCorrections(question, corrections),
    terms: weightTerms(read, total),
    bestPossible: bestPossibleScore(read, total),
  });
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
  return ok({ ...termOf(meant), chunks: nearest.chunks, certainty: nearest.certainty });
}
