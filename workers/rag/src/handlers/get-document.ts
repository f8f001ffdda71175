import { ok } from "@crescendai/contracts";
import { type Handler, jsonResponse, openDatabase } from "@crescendai/worker-kit";
import { findNamedDocument } from "./find-document.ts";

/** `GET /api/v1/knowledge/documents/:id`: what is known of a document, and how far it is. */
export const getDocumentHandler: Handler<RagEnv> = async (_request, { env, params, log }) => {
  const document = await findNamedDocument(openDatabase(env.DB, log), params);
  return document.ok ? ok(jsonResponse(document.value)) : document;
};
