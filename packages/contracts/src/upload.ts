import * as v from "valibot";
import { maxCharacters, Sha256Schema, UuidSchema } from "./common.ts";

/** Largest audio file, in bytes: 50 MB as the web client counts them (50 · 1024 · 1024). */
export const MAX_AUDIO_BYTES = 50 * 1024 * 1024;

/** Longest filename, in characters: what common file systems take. */
const MAX_FILENAME_LENGTH = 255;

/** The `metadata` part of an upload. Size and format are judged on the bytes; `type` is only what the client thinks. */
export const UploadMetadataSchema = v.strictObject({
  originalName: v.pipe(
    v.string(),
    v.minLength(1, "must not be empty"),
    maxCharacters(MAX_FILENAME_LENGTH),
    v.regex(/^\P{Cc}*$/u, "must not contain control characters"),
    v.check((name) => name.isWellFormed(), "must be well-formed text"),
  ),
  size: v.pipe(v.number(), v.integer(), v.minValue(0)),
  type: v.pipe(v.string(), maxCharacters(MAX_FILENAME_LENGTH)),
  hash: v.optional(Sha256Schema),
});
export type UploadMetadata = v.InferOutput<typeof UploadMetadataSchema>;

/** Answer of `POST /api/v1/upload`. */
export const UploadAnswerSchema = v.strictObject({
  id: UuidSchema,
  status: v.literal("uploaded"),
  message: v.string(),
  original_filename: v.string(),
});
export type UploadAnswer = v.InferOutput<typeof UploadAnswerSchema>;

/** `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header): visible ASCII, as long as a sensible key is. */
export const IdempotencyKeySchema = v.pipe(
  v.string(),
  v.regex(/^[\x21-\x7e]{1,255}$/, "must be 1 to 255 visible ASCII characters"),
);
