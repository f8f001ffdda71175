import { failed, type Result } from "@crescendai/contracts";
import { describeCause, withTimeLimit } from "@crescendai/worker-kit";
import { embeddingText } from "../ingestion/new-chunks.ts";
import { rerank } from "../models.ts";
import type { PassageRow } from "../tables/passages.ts";
import type { SearchContext } from "./search-context.ts";

/** Milliseconds after which the reranker counts as silent. */
const LIMIT_MS = 2000;

/** The reranker's score of each passage, 0…1, by its id. AI_SERVICE_ERROR if it doesn't answer. */
export async function rerankPassages(
  { models, rerankingModel, log }: SearchContext,
  question: string,
  passages: readonly PassageRow[],
): Promise<Result<ReadonlyMap<string, number>>> {
  const texts = passages.map((passage) => embeddingText(passage, passage));
  const ranked = await withTimeLimit(rerank(models, rerankingModel, question, texts), LIMIT_MS).catch(
    (cause: unknown) => failed({ code: "AI_SERVICE_ERROR", message: describeCause(cause) } as const),
  );
  if (!ranked.ok) {
    log.warn("not reranked", { code: ranked.error.code, cause: ranked.error.message });
    return ranked;
  }
  const scores = ranked.value.map(({ id, score }) => [passages[id]?.id ?? "", score] as const);
  return { ok: true, value: new Map(scores) };
}
