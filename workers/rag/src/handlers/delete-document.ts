import { failed, ok } from "@crescendai/contracts";
import { type Handler, jsonResponse } from "@crescendai/worker-kit";
import { deleteDocuments } from "../deletion.ts";
import { openLibrary } from "../library.ts";
import { findNamedDocument, noSuchDocument } from "./find-document.ts";

/** `DELETE /api/v1/knowledge/documents/:id`: hides a document at once and removes all that was made of it. */
export const deleteDocumentHandler: Handler<RagEnv> = async (_request, { env, caller, params, log }) => {
  const library = openLibrary(env, log);
  const document = await findNamedDocument(library.database, params);
  if (!document.ok) return document;
  const { id } = document.value;
  const deleted = await deleteDocuments(library, caller, [id]);
  if (!deleted.ok) return deleted;
  // Somebody else deleted it since it was found.
  if (deleted.value.length === 0) return failed(noSuchDocument(id));
  return ok(jsonResponse({ message: "The document and all that was made of it are deleted.", id }));
};
