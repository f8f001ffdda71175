import { failed, ok, type Result } from "@crescendai/contracts";
import { describeCause } from "@crescendai/worker-kit";
import type { Library } from "./library.ts";

export const INDEX_SILENT = {
  code: "SERVICE_UNAVAILABLE",
  message: "The index of vectors does not answer just now.",
} as const;

/** Removes vectors, at most 1,000; those that aren't there are no matter. */
export async function removeVectors({ vectors, log }: Library, ids: string[]): Promise<Result<null>> {
  try {
    if (ids.length > 0) await vectors.deleteByIds(ids);
    return ok(null);
  } catch (cause) {
    log.warn("vectors not removed", { count: ids.length, cause: describeCause(cause) });
    return failed(INDEX_SILENT);
  }
}
