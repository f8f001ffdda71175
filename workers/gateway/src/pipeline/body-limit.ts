import { failed, ok, type Result, type ServiceError } from "@crescendai/contracts";
import { readInChunks } from "@crescendai/worker-kit";

/** A body that is let through up to a limit. */
export interface LimitedBody {
  readonly body: ReadableStream<Uint8Array> | null;
  /** Whether more came than the limit allows, whatever the header claimed. */
  readonly exceeded: () => boolean;
}

/**
 * Limits a body to `maxBytes`: at once if its Content-Length says that it is larger, otherwise on the bytes that
 * arrive. Reading past the limit fails for whoever reads; no more than one chunk is held.
 */
export function limitBody(request: Request, maxBytes: number): Result<LimitedBody> {
  const claimed = request.headers.get("content-length");
  if (claimed !== null && Number(claimed) > maxBytes) return failed(payloadTooLarge(maxBytes));
  if (request.body === null) return ok({ body: null, exceeded: () => false });
  const { readable, writable } = new IdentityTransformStream();
  let arrived = 0;
  const passOn = async (source: ReadableStream<Uint8Array>) => {
    const writer = writable.getWriter();
    try {
      for await (const chunk of readInChunks(source)) {
        arrived += chunk.byteLength;
        if (arrived > maxBytes) throw new Error("the body is larger than its limit");
        await writer.write(chunk);
      }
      await writer.close();
    } catch (cause) {
      await writer.abort(cause).catch(() => undefined);
    }
  };
  void passOn(request.body);
  return ok({ body: readable, exceeded: () => arrived > maxBytes });
}

/** Bytes of a megabyte as the web client counts them. */
const MEGABYTE = 1024 * 1024;

export function payloadTooLarge(maxBytes: number): ServiceError {
  return {
    code: "PAYLOAD_TOO_LARGE",
    message: `The request is larger than ${Math.floor(maxBytes / MEGABYTE)} MB.`,
  };
}
