import { failed, ok, type Result } from "@crescendai/contracts";
import { describeCause, timestamp } from "@crescendai/worker-kit";
import type { Library } from "../library.ts";
import { embed } from "../models.ts";
import { findGone, findUnembedded, markEmbedded, type UnembeddedChunk } from "../tables/chunks.ts";
import { extendLeases, type RevisionWork } from "../tables/revision-works.ts";
import { INDEX_SILENT, removeVectors } from "../vectors.ts";
import { breathe } from "./breathe.ts";
import { embeddingText } from "./new-chunks.ts";
import { LEASE_MS } from "./policy.ts";

/** Chunks embedded and indexed at once: what Workers AI takes in one call. */
const BATCH = 100;

type Described = Pick<
  RevisionWork,
  "document_id" | "revision" | "title" | "author" | "document_type" | "level"
>;

/** A chunk to be embedded, with the revision that it is of. */
interface Task {
  readonly chunk: UnembeddedChunk;
  readonly work: Described;
}

/**
 * Gives every chunk of these revisions that has none a vector of the configured model, batch after batch; what is done
 * stays done if a later batch fails.
 *
 * @returns AI_SERVICE_ERROR if the model fails, SERVICE_UNAVAILABLE if the index does.
 */
export async function embedChunks(library: Library, works: readonly Described[]): Promise<Result<null>> {
  const { database, models, embeddingModel } = library;
  const byDocument = new Map(works.map((work) => [work.document_id, work]));
  for (;;) {
    const chunks = await findUnembedded(database, works, embeddingModel, BATCH);
    if (!chunks.ok) return chunks;
    const tasks = chunks.value.flatMap((chunk): Task[] => {
      const work = byDocument.get(chunk.document_id);
      return work === undefined ? [] : [{ chunk, work }];
    });
    if (tasks.length === 0) return ok(null);
    const texts = tasks.map(({ chunk, work }) => embeddingText(work, chunk));
    const vectors = await embed(models, embeddingModel, texts);
    if (!vectors.ok) return vectors;
    const indexed = await indexVectors(library, tasks, vectors.value);
    if (!indexed.ok) return indexed;
    const seqs = tasks.map(({ chunk }) => chunk.seq);
    const until = timestamp(Date.now() + LEASE_MS);
    const marked = await database.write(markEmbedded(seqs, embeddingModel), extendLeases(works, until));
    if (!marked.ok) return marked;
    await breathe();
    if (marked.value[0] === tasks.length) continue;
    const removed = await removeOrphans(library, tasks);
    if (!removed.ok) return removed;
  }
}

async function indexVectors(
  { vectors: index, embeddingModel, log }: Library,
  tasks: readonly Task[],
  vectors: readonly number[][],
): Promise<Result<null>> {
  try {
    await index.upsert(
      tasks.map(({ chunk, work }, position) => ({
        id: chunk.id,
        values: vectors[position] ?? [],
        namespace: embeddingModel,
        metadata: {
          document_id: work.document_id,
          revision: work.revision,
          document_type: work.document_type,
          level: work.level,
          ...(work.author === null ? {} : { author: work.author }),
        },
      })),
    );
    return ok(null);
  } catch (cause) {
    log.warn("vectors not indexed", { count: tasks.length, cause: describeCause(cause) });
    return failed(INDEX_SILENT);
  }
}

/** Some chunks are gone in the meantime: whoever removed them may have removed their vectors before they were there. */
async function removeOrphans(library: Library, tasks: readonly Task[]): Promise<Result<null>> {
  const gone = await findGone(
    library.database,
    tasks.map(({ chunk }) => chunk.id),
  );
  return gone.ok ? await removeVectors(library, gone.value) : gone;
}
