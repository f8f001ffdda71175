import * as contracts from "@crescendai/contracts";
import { json, type Route } from "./route.ts";

/** What multipart adds to a file at most, in bytes: boundaries, part headers and the metadata part. */
const MULTIPART_OVERHEAD_BYTES = 256 * 1024;

/** Recordings: sending, listing, fetching back, deleting. */
export const recordingsRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/api/v1/upload",
    service: "upload",
    access: "user",
    rateCategory: "upload",
    maxBodyBytes: contracts.MAX_AUDIO_BYTES + MULTIPART_OVERHEAD_BYTES,
    summary: "Send a recording: WAV, MP3, M4A or FLAC, up to 50 MB",
    form: { file: "audio", metadata: contracts.UploadMetadataSchema, metadataRequired: true },
    requestHeaders: ["Idempotency-Key"],
    answers: { 200: contracts.UploadAnswerSchema },
  },
  {
    ...json,
    method: "GET",
    path: "/api/v1/recordings",
    service: "recordings",
    access: "user",
    rateCategory: "read",
    summary: "List your recordings",
    query: contracts.ListRecordingsQuerySchema,
    answers: { 200: contracts.RecordingListSchema },
  },
  {
    ...json,
    method: "GET",
    path: "/api/v1/recordings/:id",
    service: "recordings",
    access: "user",
    rateCategory: "read",
    summary: "What is known of one recording",
    params: contracts.IdParamsSchema,
    answers: { 200: contracts.RecordingSchema },
  },
  {
    ...json,
    method: "DELETE",
    path: "/api/v1/recordings/:id",
    service: "recordings",
    access: "user",
    rateCategory: "write",
    summary: "Delete a recording with its audio, analysis and feedback",
    params: contracts.IdParamsSchema,
    answers: { 200: contracts.RecordingDeletedSchema },
  },
  {
    ...json,
    method: "GET",
    path: "/api/v1/recordings/:id/audio",
    service: "recordings",
    access: "user",
    rateCategory: "read",
    summary: "The bytes of a recording, as they were sent",
    params: contracts.IdParamsSchema,
    requestHeaders: ["Range", "If-None-Match", "If-Range"],
    answers: { 200: "audio", 206: "audio", 304: "empty", 416: "empty" },
  },
];
