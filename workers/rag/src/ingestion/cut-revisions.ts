import { failed, ok, type Result } from "@crescendai/contracts";
import { describeCause, type Statement, timestamp } from "@crescendai/worker-kit";
import type { Library } from "../library.ts";
import { type ReadDocument, readDocument } from "../reading/read-document.ts";
import { insertChunks } from "../tables/chunks.ts";
import { isNewest } from "../tables/documents.ts";
import { markFailed, markRead, markWaiting, type RevisionWork } from "../tables/revision-works.ts";
import { facetsOf, resolveMetadata } from "./metadata.ts";
import { newChunksOf } from "./new-chunks.ts";
import { delayAfter } from "./policy.ts";
import type { TakenRevision } from "./taken-revision.ts";

/** What an administrator reads where there is no original to read. */
const WAITS_FOR_ORIGINAL = "Its original could not be read just now. It is tried again.";
const ORIGINAL_GONE = "Its original is not in the storage any more. Send the document again.";

/**
 * Reads the revisions that weren't read yet, and writes their chunks.
 *
 * @returns those that have their chunks now; the others have ended, for now or for good.
 */
export async function cutRevisions(
  library: Library,
  works: readonly RevisionWork[],
  taken: readonly TakenRevision[],
): Promise<Result<RevisionWork[]>> {
  const cut: RevisionWork[] = [];
  const statements: Statement[] = [];
  for (const work of works) {
    if (work.status === "failed") continue;
    if (work.status !== "pending") {
      cut.push(work);
      continue;
    }
    const known = taken.find(
      ({ document_id, revision }) => document_id === work.document_id && revision === work.revision,
    );
    const read = known?.read == null ? await readOriginal(library, work) : ok(known.read);
    if (!read.ok) {
      statements.push(read.error);
      continue;
    }
    const metadata = resolveMetadata(work.given, read.value.metadata, work.filename, read.value.text);
    const chunks = newChunksOf(read.value);
    const onlyIf = isNewest(work.document_id, work.revision);
    statements.push(
      ...insertChunks(work.document_id, work.revision, chunks, facetsOf(metadata), onlyIf),
      markRead(work, metadata, chunks.length),
    );
    cut.push({ ...work, ...metadata });
  }
  if (statements.length === 0) return ok(cut);
  const written = await library.database.write(...statements);
  return written.ok ? ok(cut) : written;
}

/** What was read, or what is to be written down instead. */
async function readOriginal(
  { bucket, log }: Library,
  work: RevisionWork,
): Promise<Result<ReadDocument, Statement>> {
  let bytes: Uint8Array;
  try {
    const object = await bucket.get(work.object_key);
    if (object === null) return failed(markFailed(work, ORIGINAL_GONE));
    bytes = await object.bytes();
  } catch (cause) {
    log.warn("original not read", { document_id: work.document_id, cause: describeCause(cause) });
    return failed(markWaiting(work, WAITS_FOR_ORIGINAL, timestamp(Date.now() + delayAfter(work.attempts))));
  }
  const read = await readDocument(bytes, work.media_type);
  return read.ok ? read : failed(markFailed(work, read.error.message));
}
