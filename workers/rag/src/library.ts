import { type Database, type Logger, openDatabase } from "@crescendai/worker-kit";
import { announcingWrites } from "./announced-writes.ts";
import type { LibraryGeneration } from "./durable-objects/library-generation.ts";
import type { ModelRunner } from "./models.ts";
import type { VectorIndex } from "./vector-index.ts";

/** What holds the library, and what works on it. */
export interface Library {
  readonly database: Database;
  /**
   * What knows the library's version; every write of `database` is announced to it. For each call anew: once its object is
   * reset, a stub may fail ever after (Cloudflare, "Durable Objects: Error handling").
   */
  readonly generation: () => DurableObjectStub<LibraryGeneration>;
  /** Originals. */
  readonly bucket: R2Bucket;
  readonly models: ModelRunner;
  readonly vectors: VectorIndex;
  /** Makes the vectors; also their namespace in the index, so that those of two models never meet in a query. */
  readonly embeddingModel: string;
  readonly log: Logger;
}

export function openLibrary(env: RagEnv, log: Logger): Library {
  const generation = () => env.LIBRARY_GENERATION.getByName("library");
  return {
    database: announcingWrites(openDatabase(env.DB, log), generation, log),
    generation,
    bucket: env.DOCUMENTS,
    models: env.AI,
    vectors: env.VECTORIZE,
    embeddingModel: env.EMBEDDING_MODEL,
    log,
  };
}
