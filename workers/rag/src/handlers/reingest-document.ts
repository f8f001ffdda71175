import { waitUntil } from "cloudflare:workers";
import { failed, type Result } from "@crescendai/contracts";
import { auditStatement, type Handler, timestamp } from "@crescendai/worker-kit";
import { LEASE_MS, MAX_PROMPT_BYTES } from "../ingestion/policy.ts";
import { processBehindAnswer, processRevisions } from "../ingestion/process-revisions.ts";
import { openLibrary } from "../library.ts";
import { advanceDocument, isNewest } from "../tables/documents.ts";
import { findOriginal, insertRevision } from "../tables/revisions.ts";
import { answerDocument } from "./answer-document.ts";
import { findNamedDocument, noSuchDocument } from "./find-document.ts";

/** `POST /api/v1/knowledge/documents/:id/reingest`: reads a document's original anew, as a new revision. */
export const reingestDocumentHandler: Handler<RagEnv> = async (_request, { env, caller, params, log }) => {
  const library = openLibrary(env, log);
  const { database } = library;
  const document = await findNamedDocument(database, params);
  if (!document.ok) return document;
  const { id } = document.value;
  const original = await findOriginal(database, id);
  if (!original.ok) return original;
  if (original.value === null) return failed(noSuchDocument(id));
  const { revision: before, content_hash: contentHash, given, object_key: objectKey } = original.value;
  const milliseconds = Date.now();
  const now = timestamp(milliseconds);
  const written = await database.write(
    advanceDocument(id, before, contentHash, now),
    insertRevision({
      documentId: id,
      revision: before + 1,
      metadata: document.value,
      given,
      filename: original.value.filename,
      mediaType: original.value.media_type,
      sizeBytes: original.value.size_bytes,
      contentHash,
      objectKey,
      now,
      leaseUntil: timestamp(milliseconds + LEASE_MS),
    }),
    auditStatement(caller, "document.reingest", id, now, isNewest(id, before + 1)),
  );
  if (!written.ok) return written;
  if (written.value[0] === 0) return conflict(id);
  const taken = { document_id: id, revision: before + 1, read: null };
  if (original.value.size_bytes > MAX_PROMPT_BYTES) waitUntil(processBehindAnswer(library, taken));
  else await processRevisions(library, [taken]);
  return await answerDocument(database, id, 200);
};

function conflict(id: string): Result<never> {
  return failed({
    code: "CONFLICT",
    message: `Somebody else is changing document ${id} just now. Please try again in a moment.`,
    retryAfter: 1,
  });
}
