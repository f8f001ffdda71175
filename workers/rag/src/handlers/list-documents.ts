import { ListDocumentsQuerySchema, ok } from "@crescendai/contracts";
import { type Handler, jsonResponse, openDatabase, paginationOf, validate } from "@crescendai/worker-kit";
import { countDocuments, listDocuments } from "../tables/documents.ts";

/** `GET /api/v1/knowledge/documents`: one page of the documents, newest first. */
export const listDocumentsHandler: Handler<RagEnv> = async (_request, { env, query, log }) => {
  const wanted = validate(ListDocumentsQuerySchema, query, "query");
  if (!wanted.ok) return wanted;
  const database = openDatabase(env.DB, log);
  const [documents, total] = await Promise.all([
    listDocuments(database, wanted.value),
    countDocuments(database, wanted.value),
  ]);
  if (!documents.ok) return documents;
  if (!total.ok) return total;
  return ok(
    jsonResponse({ documents: documents.value, pagination: paginationOf(wanted.value, total.value) }),
  );
};
