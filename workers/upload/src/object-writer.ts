import { failed, ok, type Result, type ServiceError } from "@crescendai/contracts";
import { describeCause, type Logger } from "@crescendai/worker-kit";
import { abortMultipart } from "./abort-multipart.ts";

/**
 * Bytes of a part: the smallest that R2 takes for any part but the last, so that as little as possible is held.
 * One such buffer an upload is all the memory that an upload needs for its bytes.
 */
export const PART_BYTES = 5 * 1024 * 1024;

/** Writes an object to the bucket as its bytes come, a part at a time. */
export interface ObjectWriter {
  /** Takes the next bytes; answers when there is room for more. */
  write(bytes: Uint8Array): Promise<Result<null>>;
  /** Makes the object visible. Nothing of a file below one part's size is stored before this. */
  finish(): Promise<Result<null>>;
  /** Whether anything of the object may be in the bucket. */
  readonly begun: boolean;
  /** Takes nothing more; answers once what is under way has ended. */
  stop(): Promise<void>;
  /** Removes whatever was stored; the object may never have been there. */
  remove(): Promise<Result<null>>;
}

/** Told before the first byte is stored: the id of the multipart upload, or null for an object in one piece. */
export type Announce = (multipartUploadId: string | null) => Promise<Result<null>>;

/**
 * Writes an object of unknown length to R2, in parts of {@link PART_BYTES}, or in one piece if it is smaller.
 *
 * @param key asked for when the object is created, which is when the format is known.
 * @param announce called before anything is stored; what it refuses isn't begun.
 * @param progressed called after each part.
 */
export function createObjectWriter(options: {
  readonly bucket: R2Bucket;
  readonly key: () => string;
  readonly announce: Announce;
  readonly progressed: () => Promise<unknown>;
  readonly log: Logger;
}): ObjectWriter {
  const { bucket, log } = options;
  const parts: R2UploadedPart[] = [];
  let buffer = new Uint8Array(0);
  let filled = 0;
  let multipart: R2MultipartUpload | null = null;
  let begun = false;
  let stopped = false;
  let underWay: Promise<unknown> = Promise.resolve();

  const storing = (work: () => Promise<Result<null>>): Promise<Result<null>> => {
    const stored = work().catch((cause: unknown) => {
      log.error("storage failed", { code: "STORAGE_ERROR", cause: describeCause(cause) });
      return failed({
        code: "STORAGE_ERROR" as const,
        message: "The recording could not be stored. Please try again.",
      });
    });
    underWay = stored;
    return stored;
  };

  const storePart = async (): Promise<Result<null>> => {
    if (multipart === null) {
      begun = true;
      multipart = await bucket.createMultipartUpload(options.key());
      const announced = await options.announce(multipart.uploadId);
      if (!announced.ok) return announced;
    }
    parts.push(await multipart.uploadPart(parts.length + 1, buffer.subarray(0, filled)));
    filled = 0;
    await options.progressed();
    return ok(null);
  };

  const storeWhole = async (): Promise<Result<null>> => {
    begun = true;
    const announced = await options.announce(null);
    if (!announced.ok) return announced;
    await bucket.put(options.key(), buffer.subarray(0, filled));
    return ok(null);
  };

  return {
    get begun() {
      return begun;
    },

    async write(bytes) {
      let rest = bytes;
      while (rest.length > 0) {
        if (stopped) return failed(STOPPED);
        if (filled === PART_BYTES) {
          const stored = await storing(storePart);
          if (!stored.ok) return stored;
        }
        const taken = rest.subarray(0, PART_BYTES - filled);
        buffer = withRoom(buffer, filled, filled + taken.length);
        buffer.set(taken, filled);
        filled += taken.length;
        rest = rest.subarray(taken.length);
      }
      return ok(null);
    },

    finish: () =>
      storing(async () => {
        if (stopped) return failed(STOPPED);
        if (multipart === null) return storeWhole();
        if (filled > 0) {
          const stored = await storePart();
          if (!stored.ok) return stored;
        }
        await multipart.complete(parts);
        return ok(null);
      }),

    async stop() {
      stopped = true;
      await underWay;
    },

    remove: () =>
      storing(async () => {
        if (multipart !== null) await abortMultipart(multipart);
        await bucket.delete(options.key());
        return ok(null);
      }),
  };
}

/** What a write gets that comes after the end; nobody waits for its answer any more. */
const STOPPED: ServiceError = { code: "STORAGE_ERROR", message: "The upload was given up." };

/** The buffer, or a larger one with the same content: it doubles up to a part's size. */
function withRoom(buffer: Uint8Array<ArrayBuffer>, filled: number, needed: number): Uint8Array<ArrayBuffer> {
  if (needed <= buffer.length) return buffer;
  const larger = new Uint8Array(Math.min(PART_BYTES, Math.max(needed, buffer.length * 2)));
  larger.set(buffer.subarray(0, filled));
  return larger;
}
