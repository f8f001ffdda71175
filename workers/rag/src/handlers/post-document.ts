import { waitUntil } from "cloudflare:workers";
import type { Handler } from "@crescendai/worker-kit";
import { processBehindAnswer, processRevisions } from "../ingestion/process-revisions.ts";
import { receiveSubmission } from "../ingestion/receive-submission.ts";
import { storeDocuments } from "../ingestion/store-documents.ts";
import { openLibrary } from "../library.ts";
import { answerDocument } from "./answer-document.ts";

/**
 * `POST /api/v1/knowledge/documents`: stores a document. A small one is worked through before the answer (201); of a
 * large one the answer says where to ask (202): the platform gives it half a minute more, and the sweep finishes what is
 * left. The same bytes again are the same document (200).
 */
export const postDocumentHandler: Handler<RagEnv> = async (request, { env, caller, log }) => {
  const submission = await receiveSubmission(request);
  if (!submission.ok) return submission;
  const library = openLibrary(env, log);
  const stored = await storeDocuments(library, caller, [submission.value]);
  if (!stored.ok) return stored;
  const [document] = stored.value;
  if (document === undefined) throw new Error("unreachable: one was sent, one is stored");
  const { id, revision, outcome } = document;
  if (outcome !== "unchanged") {
    const { read } = submission.value;
    const taken = { document_id: id, revision, read };
    if (read === null) waitUntil(processBehindAnswer(library, taken));
    else await processRevisions(library, [taken]);
  }
  return await answerDocument(library.database, id, outcome === "created" ? 201 : 200);
};
