import {
  failed,
  IdParamsSchema,
  type KnowledgeDocument,
  ok,
  type Result,
  type ServiceError,
} from "@crescendai/contracts";
import { type Database, validate } from "@crescendai/worker-kit";
import { findDocument } from "../tables/documents.ts";

/** The document that the path names; NOT_FOUND if there is none. */
export async function findNamedDocument(
  database: Database,
  params: Readonly<Record<string, string>>,
): Promise<Result<KnowledgeDocument>> {
  const named = validate(IdParamsSchema, params, "path");
  if (!named.ok) return named;
  const document = await findDocument(database, named.value.id);
  if (!document.ok) return document;
  return document.value === null ? failed(noSuchDocument(named.value.id)) : ok(document.value);
}

export function noSuchDocument(id: string): ServiceError {
  return { code: "NOT_FOUND", message: `There is no document ${id}.` };
}
