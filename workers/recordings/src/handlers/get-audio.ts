import { failed, ok, type Result, type StoredRecording } from "@crescendai/contracts";
import { describeCause, type Handler, type Logger } from "@crescendai/worker-kit";
import { allowsRange, type ByteRange, matchesNoneMatch, parseRange } from "../range.ts";
import { findOwnRecording } from "./find-own-recording.ts";

/**
 * `GET /api/v1/recordings/:id/audio`: the bytes as they were sent, whole or in part (RFC 9110 §13, §14).
 * The entity tag is the SHA-256 of the bytes, so it holds for ever.
 */
export const getAudioHandler: Handler<RecordingsEnv> = async (request, context) => {
  const found = await findOwnRecording(context);
  if (!found.ok) return found;
  const recording = found.value;
  const headers = entityHeaders(recording);
  const etag = entityTag(recording);
  if (matchesNoneMatch(request.headers.get("if-none-match"), etag)) {
    return ok(new Response(null, { status: 304, headers }));
  }
  const mayBePart = allowsRange(request.headers.get("if-range"), etag, new Date(recording.created_at));
  const range = parseRange(mayBePart ? request.headers.get("range") : null, recording.file_size);
  if (range.kind === "unsatisfiable") return ok(rangeNotSatisfiable(recording));
  const body = await readObject(context.env.AUDIO, recording.object_key, range, context.log);
  return body.ok ? ok(audioResponse(recording, range, headers, body.value)) : body;
};

function entityTag(recording: StoredRecording): string {
  return `"${recording.sha256}"`;
}

function entityHeaders(recording: StoredRecording): Headers {
  return new Headers({
    etag: entityTag(recording),
    "last-modified": new Date(recording.created_at).toUTCString(),
    "accept-ranges": "bytes",
    // The bytes behind an id never change, but whether the caller may have them is asked every time.
    "cache-control": "private, no-cache",
    vary: "Authorization, X-API-Key, X-User-ID",
  });
}

function audioResponse(
  recording: StoredRecording,
  range: ByteRange,
  headers: Headers,
  body: ReadableStream,
): Response {
  headers.set("content-type", recording.mime_type);
  headers.set("content-disposition", contentDisposition(recording.filename));
  if (range.kind !== "part") {
    headers.set("content-length", String(recording.file_size));
    return new Response(body, { status: 200, headers });
  }
  const last = range.offset + range.length - 1;
  headers.set("content-range", `bytes ${range.offset}-${last}/${recording.file_size}`);
  headers.set("content-length", String(range.length));
  return new Response(body, { status: 206, headers });
}

/** 416 with the size that there is (RFC 9110 §15.5.17). */
function rangeNotSatisfiable(recording: StoredRecording): Response {
  return new Response(null, {
    status: 416,
    headers: { "content-range": `bytes */${recording.file_size}`, etag: entityTag(recording) },
  });
}

async function readObject(
  bucket: R2Bucket,
  key: string,
  range: ByteRange,
  log: Logger,
): Promise<Result<ReadableStream>> {
  try {
    const object = await bucket.get(
      key,
      range.kind === "part" ? { range: { offset: range.offset, length: range.length } } : {},
    );
    if (object !== null) return ok(object.body);
    log.error("object of a recording is missing", { code: "STORAGE_ERROR" });
  } catch (cause) {
    log.error("storage failed", { code: "STORAGE_ERROR", cause: describeCause(cause) });
  }
  return failed({
    code: "STORAGE_ERROR",
    message: "The audio could not be read just now. Please try again.",
  });
}

/** A name for saving the file, with its Unicode form as RFC 6266 and RFC 8187 have it. */
function contentDisposition(filename: string): string {
  const ascii = filename.replace(/[^\x20-\x7e]|["\\%]/g, "_");
  const encoded = encodeURIComponent(filename).replace(/['()*]/g, (character) => {
    return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  });
  return `inline; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
