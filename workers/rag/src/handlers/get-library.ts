import { ok } from "@crescendai/contracts";
import { type Handler, jsonResponse, openDatabase } from "@crescendai/worker-kit";
import { readLibraryManifest } from "../tables/documents.ts";

/** `GET /api/v1/knowledge/library`: which files of the library are held, with the hash of each. */
export const getLibraryHandler: Handler<RagEnv> = async (_request, { env, log }) => {
  const manifest = await readLibraryManifest(openDatabase(env.DB, log));
  return manifest.ok ? ok(jsonResponse(manifest.value)) : manifest;
};
