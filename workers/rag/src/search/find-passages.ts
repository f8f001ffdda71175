import { ok, type Result, type SearchMode, type SearchRequest } from "@crescendai/contracts";
import type { WordStatistics } from "../tables/index-words.ts";
import type { Facet } from "../tables/passages.ts";
import { matchChunks } from "../tables/word-matches.ts";
import { facetsWanted } from "./filters.ts";
import { fuse, type Match, rankDocuments, type Scored } from "./fusion.ts";
import { type JudgedPassage, judgePassages } from "./judge-passages.ts";
import type { LibraryState } from "./library-state.ts";
import { passagesOf } from "./remembered-passages.ts";
import { rerankPassages } from "./reranking.ts";
import type { SearchContext } from "./search-context.ts";
import { findByMeaning } from "./semantic.ts";
import { Stopwatch } from "./stopwatch.ts";
import { type UnderstoodQuestion, understandQuestion } from "./understand.ts";
import { vaguenessOf } from "./vagueness.ts";
import { LEXICAL_CANDIDATES, wordQueries } from "./word-queries.ts";

/**
 * How much a cosine counts beside a share of the best possible BM25, and how much more of that in the vaguest of questions than
 * in one whose words are all found; and how much a document's further passages count beside its best, of those found by
 * words the less the clearer a question is. Chosen by the evaluation on its development questions and on two foreign collections.
 */
const SEMANTIC_WEIGHT = 0.25;
const MORE_IF_VAGUE = 1.5;
const LEXICAL_CARRY = 0.5;
const SEMANTIC_CARRY = 0.5;

/** Documents of which the reranker reads the best two passages: what it moves up from further down is seldom right. */
const RERANKED = 16;

/** What each step of a search gave. */
export interface Found {
  readonly question: UnderstoodQuestion;
  readonly mode: SearchMode;
  /** Whether every step answered: then the same will come of it next time. */
  readonly complete: boolean;
  /** Ids of documents, best first. */
  readonly lexical: readonly string[];
  readonly semantic: readonly string[];
  readonly fused: readonly string[];
  /** The best passages, in the order in which they are shown: the best of each document first. */
  readonly passages: readonly JudgedPassage[];
  /** How long each step took, in milliseconds; the two halves go on side by side. */
  readonly milliseconds: Readonly<Record<string, number>>;
}

/**
 * Looks for passages by words and by meaning at once, fuses both rankings of documents, and has the best documents'
 * passages read by the reranker. What doesn't answer is left out, as long as one half does.
 *
 * @param state of the library, as it was just now.
 * @param wanted documents to be judged, at least, if as many are found.
 */
export async function findPassages(
  context: SearchContext,
  request: SearchRequest,
  { generation, statistics, vectorsComplete, rarest }: LibraryState,
  wanted: number,
): Promise<Result<Found>> {
  const watch = new Stopwatch();
  const understood = await watch.time("understanding", () =>
    understandQuestion(context.database, statistics, request.q),
  );
  if (!understood.ok) return understood;
  const question = understood.value;
  const facets = facetsWanted(request);
  const [lexical, semantic] = await Promise.all([
    watch.time("lexical", () => findByWords(context, question, statistics, facets, rarest)),
    vectorsComplete ? watch.time("semantic", () => findMeaning(context, question, facets)) : null,
  ]);
  if (!lexical.ok && semantic?.ok !== true) return lexical;
  const words = lexical.ok ? lexical.value.matches : [];
  const meanings = semantic?.ok ? semantic.value : [];
  const best = words[0]?.score ?? 0;
  // Among headings alone a word is rarer than in the whole index, and so worth more than was reckoned with.
  const bestPossible = Math.max(question.bestPossible, best);
  const vagueness = vaguenessOf(best, bestPossible);
  const weights = {
    words: 1 / (bestPossible || 1),
    meaning: SEMANTIC_WEIGHT * (1 + MORE_IF_VAGUE * vagueness),
  };
  const nearer = aboveTheLast(meanings);
  const byWords = rankDocuments(words, LEXICAL_CARRY * vagueness);
  const byMeaning = rankDocuments(nearer, SEMANTIC_CARRY);
  const documents = fuse([
    { scored: byWords, weight: weights.words },
    { scored: byMeaning, weight: weights.meaning },
  ]);
  const fused = keysOf(documents);
  const chosen = choosePassages(fused, words, nearer, weights, wanted);
  const rows = await watch.time("reading", () =>
    passagesOf(context.database, { generation, total: statistics.total }, [
      ...chosen.toRerank,
      ...chosen.others,
    ]),
  );
  if (!rows.ok) return rows;
  const toRerank = new Set(chosen.toRerank);
  const read = rows.value.filter(({ id }) => toRerank.has(id));
  // Models that are silent already aren't waited for again.
  const modelsAnswer = semantic === null || semantic.ok || semantic.error.code !== "AI_SERVICE_ERROR";
  const scores = modelsAnswer
    ? await watch.time("reranking", () => rerankPassages(context, question.text, read))
    : null;
  return ok({
    question,
    complete: lexical.ok && lexical.value.complete && semantic?.ok === true && scores?.ok === true,
    mode: modeOf(lexical.ok, semantic?.ok === true, scores?.ok === true),
    lexical: keysOf(byWords),
    semantic: keysOf(byMeaning),
    fused,
    milliseconds: watch.milliseconds,
    passages: judgePassages(
      question.terms,
      rows.value,
      documents,
      meanings,
      scores?.ok ? scores.value : null,
    ),
  });
}

/** What was found by words. */
interface FoundByWords {
  readonly matches: readonly Match[];
  /** False if a wider query would have been needed, and failed. */
  readonly complete: boolean;
}

/**
 * Passages by words: those of the narrowest query that finds enough, or, where a filter leaves only some, of the widest. If that
 * fails, what a narrower one found is better than nothing.
 *
 * @param read what was read together with the state: needn't be asked for again.
 */
async function findByWords(
  { database }: SearchContext,
  { terms }: UnderstoodQuestion,
  { total }: WordStatistics,
  facets: readonly Facet[],
  read: LibraryState["rarest"],
): Promise<Result<FoundByWords>> {
  const queries = wordQueries(terms, total);
  let matches: readonly Match[] = [];
  for (const { match, enough } of facets.length === 0 ? queries : queries.slice(-1)) {
    const found =
      read?.query === match && facets.length === 0
        ? ok(read.matches)
        : await matchChunks(database, match, facets, LEXICAL_CANDIDATES);
    if (!found.ok) return matches.length === 0 ? found : ok({ matches, complete: false });
    matches = found.value;
    if (matches.length >= enough) break;
  }
  return ok({ matches, complete: true });
}

/** Passages by meaning: none where nothing was asked, since a model finds something near any text. */
async function findMeaning(
  context: SearchContext,
  { text, terms }: UnderstoodQuestion,
  facets: readonly Facet[],
): Promise<Result<readonly Match[]>> {
  return terms.length === 0 ? ok([]) : await findByMeaning(context, text, facets);
}

/** All texts of a kind are a little alike: what counts is how much more than the last that was found. */
function aboveTheLast(matches: readonly Match[]): Match[] {
  const least = matches.at(-1)?.score ?? 0;
  return matches.map((match) => ({ ...match, score: match.score - least }));
}

/**
 * Ids of the passages that stand for the best documents: the best two of each for the reranker.
 *
 * @returns those for the reranker, and one of each further document that is wanted.
 */
function choosePassages(
  documents: readonly string[],
  words: readonly Match[],
  meanings: readonly Match[],
  weights: { readonly words: number; readonly meaning: number },
  wanted: number,
): { readonly toRerank: readonly string[]; readonly others: readonly string[] } {
  const documentOf = new Map([...words, ...meanings].map(({ id, document_id }) => [id, document_id]));
  const scored = (matches: readonly Match[]) => matches.map(({ id, score }) => ({ key: id, score }));
  const ranked = fuse([
    { scored: scored(words), weight: weights.words },
    { scored: scored(meanings), weight: weights.meaning },
  ]);
  const ofDocument = Map.groupBy(ranked, ({ key }) => documentOf.get(key) ?? "");
  const placed = (place: number) =>
    documents.flatMap((document) => ofDocument.get(document)?.[place]?.key ?? []);
  const best = placed(0);
  return {
    toRerank: [...best.slice(0, RERANKED), ...placed(1).slice(0, RERANKED)],
    others: best.slice(RERANKED, wanted),
  };
}

function keysOf(scored: readonly Scored[]): string[] {
  return scored.map(({ key }) => key);
}

function modeOf(lexical: boolean, semantic: boolean, reranked: boolean): SearchMode {
  if (!semantic) return "lexical";
  if (!lexical) return "semantic";
  return reranked ? "hybrid+reranked" : "hybrid";
}
