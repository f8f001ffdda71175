import { ok, type Result } from "@crescendai/contracts";
import { readSearchState } from "../tables/search-state.ts";
import type { SearchContext } from "./search-context.ts";

/** Changes whenever a search may find something else: with the documents, their vectors and the models. */
export async function readKnowledgeVersion({
  database,
  embeddingModel,
  rerankingModel,
}: SearchContext): Promise<Result<string>> {
  const state = await readSearchState(database, embeddingModel);
  if (!state.ok) return state;
  const { generation, vectorsComplete } = state.value;
  return ok([generation, vectorsComplete ? "vectors" : "words", embeddingModel, rerankingModel].join(" "));
}
