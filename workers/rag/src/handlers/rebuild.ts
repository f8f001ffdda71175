import { ok } from "@crescendai/contracts";
import { auditStatement, type Handler, jsonResponse, timestamp } from "@crescendai/worker-kit";
import { openLibrary } from "../library.ts";
import { finishDue } from "../sweep.ts";
import { forgetVectors } from "../tables/revision-works.ts";
import { countLive, rebuildWords } from "../tables/search-state.ts";

/** Milliseconds that the answer waits for vectors; the sweep goes on with those that are left. */
const TIME_BUDGET_MS = 20_000;

/**
 * `POST /api/v1/knowledge/rebuild`: makes the full-text index anew from the tables, at once, and every vector, document
 * after document. Search goes on meanwhile: the old vectors stay until they are overwritten.
 */
export const rebuildHandler: Handler<RagEnv> = async (_request, { env, caller, log }) => {
  const library = openLibrary(env, log);
  const milliseconds = Date.now();
  const now = timestamp(milliseconds);
  const written = await library.database.write(
    ...rebuildWords(),
    ...forgetVectors(now),
    auditStatement(caller, "knowledge.rebuild", null, now),
  );
  if (!written.ok) return written;
  await finishDue(library, milliseconds, milliseconds + TIME_BUDGET_MS);
  const size = await countLive(library.database);
  if (!size.ok) return size;
  return ok(jsonResponse({ message: "The index is made anew.", ...size.value }));
};
