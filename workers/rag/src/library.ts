import { type Database, type Logger, openDatabase } from "@crescendai/worker-kit";
import type { ModelRunner } from "./models.ts";
import type { VectorIndex } from "./vector-index.ts";

/** What holds the library, and what works on it. */
export interface Library {
  readonly database: Database;
  /** Originals. */
  readonly bucket: R2Bucket;
  readonly models: ModelRunner;
  readonly vectors: VectorIndex;
  /** Makes the vectors; also their namespace in the index, so that those of two models never meet in a query. */
  readonly embeddingModel: string;
  readonly log: Logger;
}

export function openLibrary(env: RagEnv, log: Logger): Library {
  return {
    database: openDatabase(env.DB, log),
    bucket: env.DOCUMENTS,
    models: env.AI,
    vectors: env.VECTORIZE,
    embeddingModel: env.EMBEDDING_MODEL,
    log,
  };
}
