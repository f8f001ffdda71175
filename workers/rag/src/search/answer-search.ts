import {
  type PassageSearch,
  type Result,
  type SearchRequest,
  SearchRequestSchema,
} from "@crescendai/contracts";
import { validate } from "@crescendai/worker-kit";
import type { SearchContext } from "./search-context.ts";
import { searchLibrary } from "./search-library.ts";

/** Answers a sibling's search. VALIDATION_ERROR for a request that isn't of the contract. */
export async function answerSearch(
  context: SearchContext,
  request: SearchRequest,
): Promise<Result<PassageSearch>> {
  const wanted = validate(SearchRequestSchema, request, "request");
  return wanted.ok ? await searchLibrary(context, wanted.value) : wanted;
}
