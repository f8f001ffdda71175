import { failed, ok, type Result } from "@crescendai/contracts";
import { describeCause, type Logger } from "@crescendai/worker-kit";

/** Removes objects from the bucket; one that isn't there any more is no error. */
export async function deleteObjects(
  bucket: R2Bucket,
  keys: readonly string[],
  log: Logger,
): Promise<Result<null>> {
  if (keys.length === 0) return ok(null);
  try {
    await bucket.delete([...keys]);
    return ok(null);
  } catch (cause) {
    log.error("storage failed", { code: "STORAGE_ERROR", cause: describeCause(cause) });
    return failed({
      code: "STORAGE_ERROR",
      message: "The audio could not be removed just now. Please try again.",
    });
  }
}
