import { ok, type Passage, type PassageSearch, type Result, type SearchRequest } from "@crescendai/contracts";
import { searchCache } from "./caches.ts";
import { excerptOf } from "./excerpt.ts";
import { facetsWanted } from "./filters.ts";
import { type Found, findPassages } from "./find-passages.ts";
import type { JudgedPassage } from "./judge-passages.ts";
import { readLibraryState } from "./library-state.ts";
import { readLibraryVersion } from "./library-version.ts";
import { aboveFloor } from "./relevance.ts";
import type { SearchContext } from "./search-context.ts";
import { finderOf } from "./weighted-terms.ts";

/** The passages that are about a question, the best of each document first; from the cache if nothing has changed. */
export async function searchLibrary(
  context: SearchContext,
  request: SearchRequest,
): Promise<Result<PassageSearch>> {
  const version = await readLibraryVersion(context);
  if (!version.ok) return version;
  const { generation } = version.value;
  const madeFrom = [request, generation, context.embeddingModel, context.rerankingModel];
  return await context.caches.through(searchCache, madeFrom, async () => {
    const state = await readLibraryState(context, request.q, facetsWanted(request).length === 0);
    if (!state.ok) return state;
    const found = await findPassages(context, request, state.value, request.limit);
    if (!found.ok) return found;
    const { mode, complete } = found.value;
    const value = { query: request.q, mode, results: resultsOf(found.value, request.limit) };
    // What was found in the library as it has become meanwhile isn't kept for what it was.
    return ok({ value, keep: complete && state.value.generation === generation });
  });
}

function resultsOf({ passages, question }: Found, limit: number): Passage[] {
  const finder = finderOf(question.terms);
  return aboveFloor(passages)
    .slice(0, limit)
    .map((judged) => passageOf(judged, excerptOf(judged.passage.text, question.terms, finder)));
}

function passageOf({ passage, relevance }: JudgedPassage, excerpt: string): Passage {
  return {
    chunk_id: passage.id,
    document_id: passage.document_id,
    title: passage.title,
    author: passage.author,
    section: passage.section,
    excerpt,
    relevance: Math.round(relevance * 1000) / 1000,
    source: sourceOf(passage),
    material: "quoted",
    text: passage.text,
    page: passage.page,
    char_start: passage.char_start,
    char_end: passage.char_end,
  };
}

function sourceOf({ source_key, filename, title, page }: JudgedPassage["passage"]): string {
  const place = source_key ?? filename ?? title;
  return page === null ? place : `${place}, page ${page}`;
}
