import { ok, type Result } from "@crescendai/contracts";
import type { Database } from "@crescendai/worker-kit";
import { editDistance } from "@crescendai/worker-kit/edit-distance";
import { findWordsLike, type WordStatistics } from "../tables/index-words.ts";
import { type Term, termOf, termsOf, withCorrections } from "./question.ts";
import { editsAllowed, nearestWord, wordWithStem } from "./spelling.ts";
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

/**
 * What is left of the certainty that a word is the one that was meant, for each letter that had to be changed: it may be
 * a word that the library just doesn't have.
 */
const CERTAINTY_AN_EDIT = 0.5;

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
  for (const { forms } of terms) {
    const chunks = forms.reduce((sum, { stem }) => sum + (chunksWith.get(stem) ?? 0), 0);
    const corrected = chunks === 0 && total > 0 ? await correctionOf(database, { forms }) : ok(null);
    if (!corrected.ok) return corrected;
    if (corrected.value !== null) corrections.set(forms[0].word, corrected.value.forms[0].word);
    read.push(corrected.value ?? { forms, chunks, certainty: 1 });
  }
  return ok({
    text: withCorrections(question, corrections),
    terms: weightTerms(read, total),
    bestPossible: bestPossibleScore(read, total),
  });
}

/** What a word was probably meant for that occurs nowhere; null if that can't be told. */
async function correctionOf(database: Database, { forms }: Term): Promise<Result<ReadTerm | null>> {
  const [{ word, stem }] = forms;
  const edits = editsAllowed(word, stem);
  if (edits === 0) return ok(null);
  // Hardly anybody gets the first letter wrong, but for one that is silent, left out or swapped with the second.
  for (const prefix of [stem.slice(0, 1), stem.slice(1, 2)]) {
    const like = await findWordsLike(database, prefix, stem.length - edits, stem.length + edits);
    if (!like.ok) return like;
    const nearest = nearestWord(stem, edits, like.value);
    const meant = nearest === null ? null : wordWithStem(nearest.stem, word);
    if (nearest !== null && meant !== null) {
      const certainty = CERTAINTY_AN_EDIT ** editDistance(stem, nearest.stem);
      return ok({ ...termOf(meant), chunks: nearest.chunks, certainty });
    }
  }
  return ok(null);
}
