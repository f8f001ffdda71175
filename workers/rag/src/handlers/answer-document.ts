import { failed, ok, type Result } from "@crescendai/contracts";
import { type Database, jsonResponse } from "@crescendai/worker-kit";
import { findDocument } from "../tables/documents.ts";
import { noSuchDocument } from "./find-document.ts";

/** Seconds after which it makes sense to ask how far a document is. */
const RETRY_AFTER_SECONDS = 2;

/** A document as it stands after it was stored: 202 while work on it is left, else `doneStatus`. */
export async function answerDocument(
  database: Database,
  id: string,
  doneStatus: 200 | 201,
): Promise<Result<Response>> {
  const document = await findDocument(database, id);
  if (!document.ok) return document;
  if (document.value === null) return failed(noSuchDocument(id));
  const location = `/api/v1/knowledge/documents/${id}`;
  const unfinished = document.value.status === "pending" || document.value.status === "processing";
  return ok(
    unfinished
      ? jsonResponse(document.value, 202, { location, "retry-after": String(RETRY_AFTER_SECONDS) })
      : jsonResponse(document.value, doneStatus, { location }),
  );
}
