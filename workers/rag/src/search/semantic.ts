import { failed, ok, type Result } from "@crescendai/contracts";
import { describeCause, withTimeLimit } from "@crescendai/worker-kit";
import { embed } from "../models.ts";
import { type Facet, keepFiled, readPlaces } from "../tables/passages.ts";
import { vectorFilter } from "./filters.ts";
import type { Match } from "./fusion.ts";
import type { SearchContext } from "./search-context.ts";
import { inOrderOfPlaces, tiedIds } from "./ties.ts";

/** Milliseconds after which a model or the index counts as silent: somebody waits for an answer, and there is another. */
const MODEL_LIMIT_MS = 2000;
const INDEX_LIMIT_MS = 1000;

/** The most vectors that Vectorize gives for one query. */
const MAX_MATCHES = 100;

/**
 * The chunks nearest to a question by meaning, best first; their score is the cosine, −1…1.
 *
 * @returns AI_SERVICE_ERROR if the model doesn't answer, SERVICE_UNAVAILABLE if the index doesn't.
 */
export async function findByMeaning(
  context: SearchContext,
  question: string,
  facets: readonly Facet[],
): Promise<Result<readonly Match[]>> {
  const [vector, wanted] = await Promise.all([
    embedQuestion(context, question),
    vectorFilter(context.database, facets),
  ]);
  if (!vector.ok) return vector;
  if (!wanted.ok) return wanted;
  // A text without a known word has no direction: nothing is near it.
  if (wanted.value === null || vector.value.every((component) => component === 0)) return ok([]);
  const { filter, incomplete } = wanted.value;
  const found = await queryIndex(context, vector.value, filter);
  const nearest = found.ok ? await settleTies(context, found.value) : found;
  if (!nearest.ok || !incomplete) return nearest;
  const kept = await keepFiled(
    context.database,
    nearest.value.map(({ id }) => id),
    facets,
  );
  if (!kept.ok) return kept;
  const ids = new Set(kept.value);
  return ok(nearest.value.filter(({ id }) => ids.has(id)));
}

/** Equally near chunks in the order of what they are from: the index has them in that of their ids, which are random. */
async function settleTies(
  { database }: SearchContext,
  matches: readonly Match[],
): Promise<Result<readonly Match[]>> {
  const tied = tiedIds(matches);
  if (tied.length === 0) return ok(matches);
  const places = await readPlaces(database, tied);
  return places.ok ? ok(inOrderOfPlaces(matches, places.value)) : places;
}

function embedQuestion(
  { models, embeddingModel, caches, embeddingCache }: SearchContext,
  question: string,
): Promise<Result<number[]>> {
  return caches.through(embeddingCache, [embeddingModel, question], async () => {
    const silent = { code: "AI_SERVICE_ERROR", message: "The embedding model does not answer." } as const;
    const vectors = await withTimeLimit(embed(models, embeddingModel, [question]), MODEL_LIMIT_MS).catch(() =>
      failed(silent),
    );
    if (!vectors.ok) return vectors;
    const [vector] = vectors.value;
    return vector === undefined ? failed(silent) : ok({ value: vector, keep: true });
  });
}

async function queryIndex(
  { vectors, embeddingModel, log }: SearchContext,
  vector: number[],
  filter: VectorizeVectorMetadataFilter | undefined,
): Promise<Result<readonly Match[]>> {
  try {
    const { matches } = await withTimeLimit(
      vectors.query(vector, {
        topK: MAX_MATCHES,
        namespace: embeddingModel,
        returnMetadata: "indexed",
        ...(filter === undefined ? {} : { filter }),
      }),
      INDEX_LIMIT_MS,
    );
    return ok(
      matches.flatMap(({ id, score, metadata }) => {
        const document = metadata?.["document_id"];
        return typeof document === "string" ? [{ id, score, document_id: document }] : [];
      }),
    );
  } catch (cause) {
    log.warn("index not asked", { cause: describeCause(cause) });
    return failed({ code: "SERVICE_UNAVAILABLE", message: "The index of vectors does not answer just now." });
  }
}
