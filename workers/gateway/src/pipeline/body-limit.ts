import { failed, ok, type Result, type ServiceError } from "@crescendai/contracts";
import { readInChunks } from "@crescendai/worker-kit";

/** A body that is let through up to a limit. */
export interface LimitedBody {
  readonly body: ReadableStream<Uint8Array> | null;
  /** Whether more came than the limit allows, whatever the header claimed. */
  readonly exceeded: () => boolean;
  /** Lets nothing more through and reads the rest away; ends when all of it has come, or as much as is read. */
  readonly discardRest: () => Promise<void>;
}

/**
 * Limits a body to `maxBytes`: at once if its Content-Length says that it is larger, otherwise on the bytes that
 * arrive. Reading past the limit fails for whoever reads; no more than one chunk is held.
 */
export function limitBody(request: Request, maxBytes: number): Result<LimitedBody> {
  const claimed = request.headers.get("content-length");
  if (claimed !== null && Number(claimed) > maxBytes) return failed(payloadTooLarge(maxBytes));
  if (request.body === null) {
    return ok({ body: null, exceeded: () => false, discardRest: () => Promise.resolve() });
  }
  const { readable, writable } = new IdentityTransformStream();
  const writer = writable.getWriter();
  let arrived = 0;
  const ended = passOn(request.body, writer, (bytes) => {
    arrived += bytes;
    return arrived <= maxBytes;
  });
  return ok({
    body: readable,
    exceeded: () => arrived > maxBytes,
    discardRest: async () => {
      // Whoever was to read may have stopped without a word: then a write would wait for ever.
      await abort(writer, new Error("nobody reads the rest"));
      await ended;
    },
  });
}

/** Passes chunks on while `allowed` says so and the writer takes them; what comes after that is read away. */
async function passOn(
  source: ReadableStream<Uint8Array>,
  writer: WritableStreamDefaultWriter<Uint8Array>,
  allowed: (bytes: number) => boolean,
): Promise<void> {
  let passing = true;
  let discarded = 0;
  try {
    for await (const chunk of readInChunks(source)) {
      if (passing) passing = allowed(chunk.byteLength) && (await accepts(writer, chunk));
      if (!passing) {
        if (discarded === 0) await abort(writer, new Error("the body is larger than its limit"));
        discarded += chunk.byteLength;
        if (discarded > MAX_DISCARDED_BYTES) return;
      }
    }
    if (passing) await writer.close();
  } catch (cause) {
    await abort(writer, cause);
  }
}

async function accepts(writer: WritableStreamDefaultWriter<Uint8Array>, chunk: Uint8Array): Promise<boolean> {
  return await writer.write(chunk).then(
    () => true,
    () => false,
  );
}

async function abort(writer: WritableStreamDefaultWriter<Uint8Array>, cause: unknown): Promise<void> {
  await writer.abort(cause).catch(() => undefined);
}

/** Bytes of a body that are read away at most, once nobody wants them any more. */
const MAX_DISCARDED_BYTES = 128 * 1024 * 1024;

/** Milliseconds that an error waits for the rest of a body to come in: on a busy machine, half of it was too little for 60 MB. */
const LINGER_MS = 3000;

/**
 * Waits a little for a refused body to end. Many clients write their whole body before they look for an answer, and
 * never see it if the connection closes on them; whoever sends slowly gets the answer in the middle.
 */
export async function linger(ended: Promise<void>): Promise<void> {
  await Promise.race([ended, scheduler.wait(LINGER_MS)]);
}

/** Reads away a body that nobody has begun to read. */
export async function discardBody(body: ReadableStream<Uint8Array> | null): Promise<void> {
  if (body === null || body.locked) return;
  let discarded = 0;
  try {
    for await (const chunk of readInChunks(body)) {
      discarded += chunk.byteLength;
      if (discarded > MAX_DISCARDED_BYTES) return;
    }
  } catch {
    // The sender is gone: nobody is left to see anything.
  }
}

/** Bytes of a megabyte as the web client counts them. */
const MEGABYTE = 1024 * 1024;

/** The error of a body over `maxBytes`, named in whole megabytes of 2^20 bytes. */
export function payloadTooLarge(maxBytes: number): ServiceError {
  return {
    code: "PAYLOAD_TOO_LARGE",
    message: `The request is larger than ${Math.floor(maxBytes / MEGABYTE)} MB.`,
  };
}
