import { ok, PostLibrarySchema } from "@crescendai/contracts";
import { type Handler, jsonResponse, readJson } from "@crescendai/worker-kit";
import { syncLibrary } from "../ingestion/sync-library.ts";
import { openLibrary } from "../library.ts";

/** `POST /api/v1/knowledge/library`: files of the library that are new, changed or gone. */
export const postLibraryHandler: Handler<RagEnv> = async (request, { env, caller, log }) => {
  const wanted = await readJson(request, PostLibrarySchema);
  if (!wanted.ok) return wanted;
  const answer = await syncLibrary(openLibrary(env, log), caller, wanted.value);
  return answer.ok ? ok(jsonResponse(answer.value)) : answer;
};
