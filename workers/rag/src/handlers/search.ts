import { ok, type Passage, type SearchAnswer, SearchQuerySchema } from "@crescendai/contracts";
import { type Handler, jsonResponse, validate } from "@crescendai/worker-kit";
import { openSearch } from "../search/search-context.ts";
import { searchLibrary } from "../search/search-library.ts";

/** `GET /api/v1/knowledge/search`: the passages that are about a question, best first. */
export const searchHandler: Handler<RagEnv> = async (_request, { env, query, log }) => {
  const wanted = validate(SearchQuerySchema, query, "query");
  if (!wanted.ok) return wanted;
  const found = await searchLibrary(openSearch(env, log), wanted.value);
  if (!found.ok) return found;
  const answer: SearchAnswer = { ...found.value, results: found.value.results.map(withoutText) };
  return ok(jsonResponse(answer));
};

function withoutText({ text, page, char_start, char_end, ...result }: Passage) {
  return result;
}
