import { ListChunksQuerySchema, ok } from "@crescendai/contracts";
import { type Handler, jsonResponse, openDatabase, paginationOf, validate } from "@crescendai/worker-kit";
import { listChunks } from "../tables/chunks.ts";
import { findNamedDocument } from "./find-document.ts";

/** `GET /api/v1/knowledge/documents/:id/chunks`: the passages that a document was cut into, in their order. */
export const listChunksHandler: Handler<RagEnv> = async (_request, { env, params, query, log }) => {
  const wanted = validate(ListChunksQuerySchema, query, "query");
  if (!wanted.ok) return wanted;
  const database = openDatabase(env.DB, log);
  const document = await findNamedDocument(database, params);
  if (!document.ok) return document;
  const { id, revision, chunk_count } = document.value;
  const chunks = await listChunks(database, id, revision, wanted.value);
  if (!chunks.ok) return chunks;
  const pagination = paginationOf(wanted.value, chunk_count);
  return ok(jsonResponse({ document_id: id, chunks: chunks.value, pagination }));
};
