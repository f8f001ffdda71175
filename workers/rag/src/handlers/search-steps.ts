import { ok, type SearchSteps, SearchStepsQuerySchema } from "@crescendai/contracts";
import { type Handler, jsonResponse, validate } from "@crescendai/worker-kit";
import { findPassages } from "../search/find-passages.ts";
import { readLibraryState } from "../search/library-state.ts";
import { openSearch } from "../search/search-context.ts";
import { readSourceKeys } from "../tables/passages.ts";

/** Documents that every step ranks at most. */
const DEPTH = 100;

/** `GET /api/v1/knowledge/search/steps`: what each step of a search makes of a question, uncached. */
export const searchStepsHandler: Handler<RagEnv> = async (_request, { env, query, log }) => {
  const wanted = validate(SearchStepsQuerySchema, query, "query");
  if (!wanted.ok) return wanted;
  const context = openSearch(env, log);
  const state = await readLibraryState(context, wanted.value.q, false);
  if (!state.ok) return state;
  const request = { ...wanted.value, limit: DEPTH };
  const found = await findPassages(context, request, state.value, DEPTH);
  if (!found.ok) return found;
  const { question, mode, lexical, semantic, fused, passages, milliseconds } = found.value;
  const sources = await readSourceKeys(context.database, fused);
  if (!sources.ok) return sources;
  const documents = (ids: readonly string[]) =>
    ids
      .slice(0, DEPTH)
      .map((document_id) => ({ document_id, source_key: sources.value.get(document_id) ?? null }));
  const relevances = new Map(
    passages.toReversed().map(({ passage, relevance }) => [passage.document_id, relevance]),
  );
  const reranked = new Set(passages.map(({ passage }) => passage.document_id));
  const steps: SearchSteps = {
    query: question.text,
    mode,
    milliseconds,
    lexical: documents(lexical),
    semantic: documents(semantic),
    fused: documents(fused),
    reranked: documents([...reranked]).map((document) => ({
      ...document,
      relevance: relevances.get(document.document_id) ?? 0,
    })),
  };
  return ok(jsonResponse(steps));
};
