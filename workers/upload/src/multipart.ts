import { failed, ok, type Result } from "@crescendai/contracts";
import { readInChunks } from "@crescendai/worker-kit";
import { Busboy, type BusboyInstance } from "@fastify/busboy";

/** One part of a multipart body, its bytes streaming in. */
export interface Part {
  readonly name: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** What is done with a part; anything but `ok` ends the reading at once. */
export type PartReader = (part: Part) => Promise<Result<null>>;

/** Most parts of an upload: two are needed, and a few more do no harm. */
const MAX_PARTS = 10;
/** Most header lines of a part; browsers send two. */
const MAX_HEADER_PAIRS = 20;
/** Longest name of a part, in bytes. */
const MAX_NAME_BYTES = 200;

/**
 * Reads a `multipart/form-data` body (RFC 7578) as it streams in, part after part, holding no more than what is
 * just being read: the reader's pace is the body's pace.
 *
 * @returns the first error that `read` gives; UNSUPPORTED_MEDIA_TYPE if the body says it is something else;
 * VALIDATION_ERROR for a body that is not well-formed or ends before its last boundary.
 */
export async function readMultipart(request: Request, read: PartReader): Promise<Result<null>> {
  const contentType = request.headers.get("content-type") ?? "";
  if (!/^multipart\/form-data\s*(;|$)/i.test(contentType)) {
    return failed({
      code: "UNSUPPORTED_MEDIA_TYPE",
      message: "Send the recording as multipart/form-data with the parts audio and metadata.",
    });
  }
  if (request.body === null) return malformed("The body is empty.");
  const parser = createParser(contentType);
  return parser === null
    ? malformed("The Content-Type names no boundary.")
    : await pump(request.body, parser, read);
}

function createParser(contentType: string): BusboyInstance | null {
  try {
    return new Busboy({
      headers: { "content-type": contentType },
      // Every part as a stream of its raw bytes, so that nothing is decoded that nobody asked to have decoded.
      isPartAFile: () => true,
      limits: { parts: MAX_PARTS, headerPairs: MAX_HEADER_PAIRS, fieldNameSize: MAX_NAME_BYTES },
    });
  } catch {
    return null;
  }
}

async function pump(
  body: ReadableStream<Uint8Array>,
  parser: BusboyInstance,
  read: PartReader,
): Promise<Result<null>> {
  const stopped = Promise.withResolvers<Result<null>>();
  const finished = Promise.withResolvers<Result<null>>();
  const parts: Promise<Result<null>>[] = [];
  parser.on("file", (name, bytes) => {
    const part = read({ name, bytes }).then((result) => {
      if (!result.ok) stopped.resolve(result);
      // What a reader left is of no interest to anybody, but must pass for the next part to come.
      bytes.resume();
      return result;
    });
    part.catch((cause) => stopped.reject(cause));
    parts.push(part);
  });
  parser.on("partsLimit", () => stopped.resolve(malformed(`The body has more than ${MAX_PARTS} parts.`)));
  parser.on("error", () => {
    stopped.resolve(malformed("The body breaks off, or is not well-formed multipart. Please send it again."));
  });
  parser.on("finish", () => finished.resolve(ok(null)));

  const written = writeAll(body, parser, stopped.promise);
  const early = await Promise.race([stopped.promise, written.then(() => finished.promise)]);
  if (!early.ok) return early;
  const results = await Promise.all(parts);
  return results.find((result) => !result.ok) ?? ok(null);
}

async function writeAll(
  body: ReadableStream<Uint8Array>,
  parser: BusboyInstance,
  stopped: Promise<unknown>,
): Promise<void> {
  let stop = false;
  const stopping = stopped.then(
    () => {
      stop = true;
    },
    () => {
      stop = true;
    },
  );
  try {
    for await (const chunk of readInChunks(body)) {
      if (stop) return;
      const accepted = new Promise<void>((resolve) => {
        parser.write(chunk, () => resolve());
      });
      await Promise.race([accepted, stopping]);
    }
  } catch {
    parser.emit("error", new Error("the body could not be read to its end"));
    return;
  }
  if (!stop) parser.end();
}

function malformed(message: string): Result<never> {
  return failed({ code: "VALIDATION_ERROR", message, errors: [{ path: "", message }] });
}
