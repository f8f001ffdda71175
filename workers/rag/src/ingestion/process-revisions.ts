import { ok, type Result } from "@crescendai/contracts";
import { type Statement, timestamp } from "@crescendai/worker-kit";
import type { Library } from "../library.ts";
import { removeSuperseded } from "../removal.ts";
import { findIncomplete } from "../tables/chunks.ts";
import { switchOver } from "../tables/documents.ts";
import { findWorks, markReady, markWaiting, type RevisionWork } from "../tables/revision-works.ts";
import { breathe } from "./breathe.ts";
import { cutRevisions } from "./cut-revisions.ts";
import { embedChunks } from "./embed-chunks.ts";
import { delayAfter } from "./policy.ts";
import type { TakenRevision } from "./taken-revision.ts";

/** What an administrator reads while the model or the index doesn't answer. */
const WAITS_FOR_VECTORS =
  "Found by its words already; its vectors are missing, because the model or the index did not answer. It is tried again.";

/**
 * Goes through all that is left to do of revisions that the caller has taken up: reads them, cuts them into chunks, has
 * these embedded, and lets search see each as soon as it is whole. Where the model or the index doesn't answer, search
 * sees them by their words, and they are taken up again later. What replaced or hid one meanwhile ends it.
 *
 * Several small ones take hardly longer than one. If they fail together, each is tried alone, so that none holds up the
 * others.
 *
 * @returns DATABASE_ERROR if not even that could be written down: then the lease runs out, and the sweep goes on.
 */
export async function processRevisions(
  library: Library,
  revisions: readonly TakenRevision[],
): Promise<Result<null>> {
  const together = await processTogether(library, revisions);
  if (together.ok || revisions.length === 1) return together;
  let result: Result<null> = ok(null);
  for (const revision of revisions) {
    const alone = await processTogether(library, [revision]);
    if (!alone.ok) result = alone;
  }
  return result;
}

async function processTogether(library: Library, revisions: readonly TakenRevision[]): Promise<Result<null>> {
  const { database, embeddingModel, log } = library;
  const found = await findWorks(database, revisions);
  if (!found.ok) return found;
  const works = await cutRevisions(library, found.value, revisions);
  if (!works.ok) return works;
  if (works.value.length > 0) {
    const embedded = await embedChunks(library, works.value);
    const incomplete = embedded.ok
      ? ok(new Set<string>())
      : await findIncomplete(database, works.value, embeddingModel);
    if (!incomplete.ok) return incomplete;
    const finished = await database.write(
      ...works.value.flatMap((work) => finish(work, embeddingModel, incomplete.value, Date.now())),
    );
    if (!finished.ok) return finished;
    if (!embedded.ok) {
      const { code, message } = embedded.error;
      log.warn("vectors are missing", { count: incomplete.value.size, code, cause: message });
    }
  }
  const documentIds = [...new Set(revisions.map(({ document_id }) => document_id))];
  return await removeSuperseded(library, documentIds);
}

/** Goes through all that is left to do of one revision behind an answer, which doesn't wait for it. */
export async function processBehindAnswer(library: Library, revision: TakenRevision): Promise<void> {
  await breathe();
  await processRevisions(library, [revision]);
}

/** Lets search see a revision, and says whether that was all or its vectors are to come. */
function finish(
  work: RevisionWork,
  model: string,
  incomplete: ReadonlySet<string>,
  now: number,
): Statement[] {
  return [
    switchOver(work.document_id, work.revision, timestamp(now)),
    incomplete.has(work.document_id)
      ? markWaiting(work, WAITS_FOR_VECTORS, timestamp(now + delayAfter(work.attempts)))
      : markReady(work, model, timestamp(now)),
  ];
}
