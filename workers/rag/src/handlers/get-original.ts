import { failed, ok } from "@crescendai/contracts";
import { describeCause, type Handler, openDatabase } from "@crescendai/worker-kit";
import { findOriginal } from "../tables/revisions.ts";
import { findNamedDocument, noSuchDocument } from "./find-document.ts";

/**
 * `GET /api/v1/knowledge/documents/:id/original`: the bytes as they were sent, to be saved and not to be shown: what is
 * in them is somebody else's.
 */
export const getOriginalHandler: Handler<RagEnv> = async (_request, { env, params, log }) => {
  const database = openDatabase(env.DB, log);
  const document = await findNamedDocument(database, params);
  if (!document.ok) return document;
  const { id, filename, media_type } = document.value;
  const original = await findOriginal(database, id);
  if (!original.ok) return original;
  if (original.value === null) return failed(noSuchDocument(id));
  let object: R2ObjectBody | null;
  try {
    object = await env.DOCUMENTS.get(original.value.object_key);
  } catch (cause) {
    log.error("original not read", { code: "STORAGE_ERROR", document_id: id, cause: describeCause(cause) });
    return failed({
      code: "STORAGE_ERROR",
      message: "The original could not be read just now. Please try again.",
    });
  }
  if (object === null) return failed(noSuchDocument(id));
  return ok(
    new Response(object.body, {
      headers: {
        "content-type": media_type === "application/pdf" ? media_type : `${media_type}; charset=utf-8`,
        "content-length": String(object.size),
        "content-disposition": attachment(filename ?? `document${EXTENSIONS[media_type]}`),
        "cache-control": "no-store",
      },
    }),
  );
};

const EXTENSIONS = {
  "text/markdown": ".md",
  "text/plain": ".txt",
  "text/html": ".html",
  "application/pdf": ".pdf",
} as const;

/** RFC 6266 with RFC 8187: a name in ASCII for everybody, the true one for whoever understands it. */
function attachment(filename: string): string {
  const ascii = filename.replace(/[^\x20-\x7e]|["\\%]/g, "_");
  const encoded = encodeURIComponent(filename).replace(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16)}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
