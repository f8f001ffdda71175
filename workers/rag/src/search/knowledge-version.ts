import { ok, type Result } from "@crescendai/contracts";
import { readLibraryVersion } from "./library-version.ts";
import type { SearchContext } from "./search-context.ts";

/** Changes whenever a search may find something else: with the documents, their vectors and the models. */
export async function readKnowledgeVersion(context: SearchContext): Promise<Result<string>> {
  const { embeddingModel, rerankingModel } = context;
  const version = await readLibraryVersion(context);
  if (!version.ok) return version;
  const { generation, vectorsComplete } = version.value;
  return ok([generation, vectorsComplete ? "vectors" : "words", embeddingModel, rerankingModel].join(" "));
}
