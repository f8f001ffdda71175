import { type DocumentMediaType, failed, ok, type Result } from "@crescendai/contracts";
import { describeCause, timestamp } from "@crescendai/worker-kit";
import type { Library } from "../library.ts";
import { announceObjects } from "../tables/unclaimed-objects.ts";
import { OBJECT_GRACE_MS } from "./policy.ts";

interface Original {
  readonly bytes: Uint8Array;
  readonly mediaType: DocumentMediaType;
}

/**
 * Puts the bytes of those originals that have no object yet into the bucket, each under a key of its own, and adds these
 * to `objectKeys`. A trace of each is written first: what no revision claims is removed by the sweep.
 */
export async function storeOriginals<Item extends Original>(
  { database, bucket, log }: Library,
  originals: readonly Item[],
  objectKeys: Map<Item, string>,
): Promise<Result<null>> {
  const fresh = originals
    .filter((original) => !objectKeys.has(original))
    .map((original) => ({ original, key: `documents/${crypto.randomUUID()}` }));
  if (fresh.length === 0) return ok(null);
  const removeAfter = timestamp(Date.now() + OBJECT_GRACE_MS);
  const announced = await database.write(
    announceObjects(
      fresh.map(({ key }) => key),
      removeAfter,
    ),
  );
  if (!announced.ok) return announced;
  try {
    await Promise.all(
      fresh.map(({ original: { bytes, mediaType }, key }) =>
        bucket.put(key, bytes, { httpMetadata: { contentType: mediaType } }),
      ),
    );
  } catch (cause) {
    log.error("original not stored", { code: "STORAGE_ERROR", cause: describeCause(cause) });
    return failed({
      code: "STORAGE_ERROR",
      message: "The document could not be stored just now. Please send it again in a moment.",
    });
  }
  for (const { original, key } of fresh) objectKeys.set(original, key);
  return ok(null);
}
