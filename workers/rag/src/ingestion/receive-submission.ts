import {
  type DocumentMetadata,
  DocumentMetadataSchema,
  failed,
  MAX_DOCUMENT_BYTES,
  ok,
  PostDocumentSchema,
  type Result,
} from "@crescendai/contracts";
import { hex, parseJson, readJson, validate } from "@crescendai/worker-kit";
import { mediaTypeOf } from "../reading/media-type.ts";
import { decodeText, readDocument } from "../reading/read-document.ts";
import { MAX_PROMPT_BYTES } from "./policy.ts";
import type { Submission } from "./store-documents.ts";

/** A document as it came in, before anybody looked into it. */
type Received = Pick<Submission, "bytes" | "mediaType" | "given" | "filename">;

/**
 * Reads a document from a request, as a form with a file or as JSON with a text, and looks into it as far as the answer
 * may wait: a small one is read, of a large text at least the encoding is checked.
 *
 * @returns UNSUPPORTED_MEDIA_TYPE for formats that can't be read, PAYLOAD_TOO_LARGE, or VALIDATION_ERROR for a document
 * that isn't of its format or holds no text.
 */
export async function receiveSubmission(request: Request): Promise<Result<Submission>> {
  const contentType = request.headers.get("content-type") ?? "";
  const received = /^multipart\/form-data\s*(;|$)/i.test(contentType)
    ? await receiveForm(request)
    : await receiveJson(request);
  if (!received.ok) return received;
  const { bytes, mediaType } = received.value;
  if (bytes.length > MAX_DOCUMENT_BYTES) return failed(TOO_LARGE);
  if (bytes.length === 0) return invalid("file", "is empty");
  const contentHash = hex(await crypto.subtle.digest("SHA-256", bytes));
  const submission = { ...received.value, contentHash, sourceKey: null, read: null };
  if (bytes.length > MAX_PROMPT_BYTES) {
    const text = mediaType === "application/pdf" ? ok("") : decodeText(bytes);
    return text.ok ? ok(submission) : text;
  }
  const read = await readDocument(bytes, mediaType);
  return read.ok ? ok({ ...submission, read: read.value }) : read;
}

const TOO_LARGE = {
  code: "PAYLOAD_TOO_LARGE",
  message: "The document is larger than 10 MB. Send it in parts, a PDF without its scanned pages.",
} as const;

async function receiveForm(request: Request): Promise<Result<Received>> {
  let form: FormData;
  try {
    form = await request.formData();
  } catch {
    return invalid("", "The body is not well-formed multipart, or breaks off. Please send it again");
  }
  const [file, ...otherFiles] = form.getAll("file");
  if (!(file instanceof File) || otherFiles.length > 0) {
    return invalid("file", "must be there once: send the document as a file part named file");
  }
  const given = await readMetadata(form.getAll("metadata"));
  if (!given.ok) return given;
  const filename = baseName(file.name);
  const bytes = new Uint8Array(await file.arrayBuffer());
  const mediaType = mediaTypeOf(bytes, file.type, filename);
  if (mediaType === null) {
    return failed({
      code: "UNSUPPORTED_MEDIA_TYPE",
      message:
        "Documents are read as Markdown, plain text, HTML or PDF. Send one of these, with its media type.",
    });
  }
  return ok({ bytes, mediaType, given: given.value, filename: filename === "" ? null : filename });
}

async function readMetadata(parts: readonly (File | string)[]): Promise<Result<DocumentMetadata>> {
  const [part, ...others] = parts;
  if (part === undefined) return ok({});
  if (others.length > 0) return invalid("metadata", "must be there once");
  const bytes = part instanceof File ? await part.arrayBuffer() : new TextEncoder().encode(part);
  const json = parseJson(bytes, "metadata");
  return json.ok ? validate(DocumentMetadataSchema, json.value, "metadata") : json;
}

async function receiveJson(request: Request): Promise<Result<Received>> {
  const body = await readJson(request, PostDocumentSchema);
  if (!body.ok) return body;
  const { text, media_type, metadata } = body.value;
  return ok({
    bytes: new TextEncoder().encode(text),
    mediaType: media_type,
    given: metadata,
    filename: null,
  });
}

/** Longest filename kept, in characters: what common file systems take. */
const MAX_FILENAME_LENGTH = 255;

/** The last part of a path, in one line. */
function baseName(name: string): string {
  const base = name.split(/[/\\]/).at(-1) ?? "";
  const line = base
    .toWellFormed()
    .replace(/\p{Cc}+/gu, "")
    .trim();
  return Array.from(line).slice(0, MAX_FILENAME_LENGTH).join("");
}

function invalid(path: string, message: string): Result<never> {
  return failed({
    code: "VALIDATION_ERROR",
    message: `${path} ${message}.`.trimStart(),
    errors: [{ path, message }],
  });
}
