import * as contracts from "@crescendai/contracts";
import type { RouteLike } from "@crescendai/worker-kit";
import type { GenericSchema } from "valibot";

/** Who answers a route: a service behind its binding, or the gateway itself. */
export type ServiceName = "gateway" | "upload" | "recordings" | "context" | "feedback" | "rag" | "chat";

/** Who may call: anybody, an identified user, an administrator. */
export type Access = "public" | "user" | "admin";

/** What a request counts as against the caller's limits; null: not against any (design §5). */
export type RateCategory = "upload" | "chat" | "feedback" | "write" | "read" | "administration";

/** Requests a minute that a user has in each category. */
export const RATE_LIMITS: Readonly<Record<RateCategory, number>> = {
  upload: 20,
  chat: 30,
  feedback: 30,
  write: 60,
  read: 300,
  // Administrators bring whole collections in, a document a request: faster than the library takes them.
  administration: 3000,
};

/** Largest JSON body, in bytes. */
const MAX_JSON_BYTES = 1024 * 1024;
/** What multipart adds to a file at most, in bytes: boundaries, part headers and the metadata part. */
const MULTIPART_OVERHEAD_BYTES = 256 * 1024;
/** What JSON adds to a document's text at most, in bytes, where it isn't made to: escaped quotes and ends of lines. */
const JSON_TEXT_OVERHEAD_BYTES = 2 * 1024 * 1024;

/** A multipart form with a file, and JSON on it in a part named `metadata`. */
export interface FileForm {
  /** Name of the part that is the file. */
  readonly file: string;
  readonly metadata: GenericSchema;
  readonly metadataRequired: boolean;
}

export interface Route extends RouteLike {
  readonly service: ServiceName;
  readonly access: Access;
  readonly rateCategory: RateCategory | null;
  /** Largest body, in bytes, counted as it arrives. */
  readonly maxBodyBytes: number;
  readonly summary: string;
  readonly params?: GenericSchema;
  readonly query?: GenericSchema;
  /** A JSON body. */
  readonly body?: GenericSchema;
  /** A form, instead of JSON or besides it. */
  readonly form?: FileForm;
  /** Answers by status; "audio", "document", "html" and "events" (server-sent events) are bytes of that kind. */
  readonly answers: Readonly<
    Record<number, GenericSchema | "audio" | "document" | "html" | "empty" | "json" | "events">
  >;
  /** Of an answer that may be something else too, if the client asks for it. */
  readonly alternative?: GenericSchema;
  /** Headers of the request that mean something here. */
  readonly requestHeaders?: readonly string[];
}

const json = { maxBodyBytes: MAX_JSON_BYTES } as const;

function health(path: string): Route {
  return {
    ...json,
    method: "GET",
    path,
    service: "gateway",
    access: "public",
    rateCategory: null,
    summary: "Whether every service answers, and which one doesn't",
    answers: { 200: contracts.HealthSchema, 503: contracts.HealthSchema },
  };
}

/**
 * The table of routes. Dispatch, authentication, limits, 404 and 405, the OpenAPI document and the API reference
 * are read from it: a route that isn't here doesn't exist.
 */
export const routes: readonly Route[] = [
  health("/health"),
  health("/api/health"),
  health("/api/v1/health"),
  {
    ...json,
    method: "GET",
    path: "/api/status",
    service: "gateway",
    access: "user",
    rateCategory: "read",
    summary: "Errors by code, requests and latencies by route, hits and misses by cache",
    answers: { 200: contracts.StatusSchema },
  },
  {
    ...json,
    method: "GET",
    path: "/openapi.json",
    service: "gateway",
    access: "public",
    rateCategory: null,
    summary: "This interface as an OpenAPI 3.1 document",
    answers: { 200: "json" },
  },
  {
    ...json,
    method: "GET",
    path: "/docs",
    service: "gateway",
    access: "public",
    rateCategory: null,
    summary: "This interface as a page to read",
    answers: { 200: "html" },
  },
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
  {
    ...json,
    method: "GET",
    path: "/api/v1/context",
    service: "context",
    access: "user",
    rateCategory: "read",
    summary: "Your goals, constraints, repertoire, level and preferred style of feedback",
    answers: { 200: contracts.UserContextSchema },
  },
  {
    ...json,
    method: "PUT",
    path: "/api/v1/context",
    service: "context",
    access: "user",
    rateCategory: "write",
    summary: "Replace your context; what is left out goes back to its default",
    body: contracts.PutContextSchema,
    answers: { 200: contracts.PutContextAnswerSchema },
  },
  {
    ...json,
    method: "POST",
    path: "/api/v1/analyze",
    service: "feedback",
    access: "user",
    rateCategory: "feedback",
    summary: "Have a recording listened to; asked twice, the same job",
    body: contracts.AnalyzeRequestSchema,
    answers: { 200: contracts.AnalyzeAnswerSchema },
  },
  {
    ...json,
    method: "GET",
    path: "/api/v1/job/:job_id",
    service: "feedback",
    access: "user",
    rateCategory: "read",
    summary: "How far a job is",
    params: contracts.JobParamsSchema,
    answers: { 200: contracts.JobSchema },
  },
  {
    ...json,
    method: "GET",
    path: "/api/v1/result/:job_id",
    service: "feedback",
    access: "user",
    rateCategory: "read",
    summary: "What was heard, moment by moment, and what to practise next",
    params: contracts.JobParamsSchema,
    answers: { 200: contracts.AnalysisResultSchema },
  },
  {
    ...json,
    method: "POST",
    path: "/api/v1/feedback/:id",
    service: "feedback",
    access: "user",
    rateCategory: "feedback",
    summary: "Feedback on a recording; waits a while for an analysis under way",
    params: contracts.IdParamsSchema,
    body: contracts.FeedbackRequestSchema,
    requestHeaders: ["Prefer"],
    answers: { 200: contracts.FeedbackSchema, 202: contracts.FeedbackPendingSchema },
  },
  {
    ...json,
    method: "GET",
    path: "/api/v1/feedback/:id/history",
    service: "feedback",
    access: "user",
    rateCategory: "read",
    summary: "What was said about a recording, each time it was something new",
    params: contracts.IdParamsSchema,
    query: contracts.FeedbackHistoryQuerySchema,
    answers: { 200: contracts.FeedbackHistorySchema },
  },
  {
    ...json,
    method: "POST",
    path: "/api/v1/chat",
    service: "chat",
    access: "user",
    rateCategory: "chat",
    summary:
      "Ask the coach; the answer comes as events while it is made, or whole as JSON (Accept: application/json, or stream: false)",
    body: contracts.PostChatSchema,
    answers: { 200: "events" },
    alternative: contracts.ChatAnswerSchema,
  },
  {
    ...json,
    method: "POST",
    path: "/api/v1/chat/sessions",
    service: "chat",
    access: "user",
    rateCategory: "write",
    summary: "Begin a conversation with the coach, on one of your recordings if you like",
    body: contracts.CreateSessionSchema,
    answers: { 200: contracts.ChatSessionSchema },
  },
  {
    ...json,
    method: "GET",
    path: "/api/v1/chat/sessions",
    service: "chat",
    access: "user",
    rateCategory: "read",
    summary: "List your conversations, the one last talked in first",
    query: contracts.ListSessionsQuerySchema,
    answers: { 200: contracts.ChatSessionListSchema },
  },
  {
    ...json,
    method: "GET",
    path: "/api/v1/chat/sessions/:session_id",
    service: "chat",
    access: "user",
    rateCategory: "read",
    summary: "A conversation with its messages",
    params: contracts.SessionParamsSchema,
    answers: { 200: contracts.ChatSessionDetailSchema },
  },
  {
    ...json,
    method: "DELETE",
    path: "/api/v1/chat/sessions/:session_id",
    service: "chat",
    access: "user",
    rateCategory: "write",
    summary: "Delete a conversation with all that was said in it",
    params: contracts.SessionParamsSchema,
    answers: { 200: contracts.ChatSessionDeletedSchema },
  },
  {
    ...json,
    method: "GET",
    path: "/api/v1/chat/sessions/:session_id/stream",
    service: "chat",
    access: "user",
    rateCategory: "read",
    summary: "Take up the newest answer again: its events after Last-Event-ID, those to come included",
    params: contracts.SessionParamsSchema,
    requestHeaders: ["Last-Event-ID"],
    answers: { 200: "events" },
  },
  {
    ...json,
    method: "POST",
    path: "/api/v1/chat/sessions/:session_id/stop",
    service: "chat",
    access: "user",
    rateCategory: "write",
    summary: "End the answer under way; what was said is kept",
    params: contracts.SessionParamsSchema,
    answers: { 200: contracts.TurnStoppedSchema },
  },
  {
    ...json,
    method: "GET",
    path: "/api/v1/knowledge/search",
    service: "rag",
    access: "user",
    rateCategory: "read",
    summary: "Passages of the library that are about a question, best first",
    query: contracts.SearchQuerySchema,
    answers: { 200: contracts.SearchAnswerSchema },
  },
  {
    ...json,
    method: "GET",
    path: "/api/v1/knowledge/search/steps",
    service: "rag",
    access: "admin",
    rateCategory: "administration",
    summary: "What each step of a search makes of a question: by words, by meaning, fused, reranked",
    query: contracts.SearchStepsQuerySchema,
    answers: { 200: contracts.SearchStepsSchema },
  },
  {
    method: "POST",
    path: "/api/v1/knowledge/documents",
    service: "rag",
    access: "admin",
    rateCategory: "administration",
    maxBodyBytes: contracts.MAX_DOCUMENT_BYTES + JSON_TEXT_OVERHEAD_BYTES,
    summary:
      "Add a document to the library: Markdown, plain text, HTML or PDF, up to 10 MB; sent twice, it is one",
    form: { file: "file", metadata: contracts.DocumentMetadataSchema, metadataRequired: false },
    body: contracts.PostDocumentSchema,
    answers: {
      200: contracts.DocumentSchema,
      201: contracts.DocumentSchema,
      202: contracts.DocumentSchema,
    },
  },
  {
    ...json,
    method: "GET",
    path: "/api/v1/knowledge/documents",
    service: "rag",
    access: "admin",
    rateCategory: "administration",
    summary: "List the documents of the library, newest first",
    query: contracts.ListDocumentsQuerySchema,
    answers: { 200: contracts.DocumentListSchema },
  },
  {
    ...json,
    method: "GET",
    path: "/api/v1/knowledge/documents/:id",
    service: "rag",
    access: "admin",
    rateCategory: "administration",
    summary: "What is known of a document, and how far the work on it is",
    params: contracts.IdParamsSchema,
    answers: { 200: contracts.DocumentSchema },
  },
  {
    ...json,
    method: "DELETE",
    path: "/api/v1/knowledge/documents/:id",
    service: "rag",
    access: "admin",
    rateCategory: "administration",
    summary: "Delete a document with its passages, its place in the indexes and its original",
    params: contracts.IdParamsSchema,
    answers: { 200: contracts.DocumentDeletedSchema },
  },
  {
    ...json,
    method: "GET",
    path: "/api/v1/knowledge/documents/:id/chunks",
    service: "rag",
    access: "admin",
    rateCategory: "administration",
    summary: "The passages that a document was cut into",
    params: contracts.IdParamsSchema,
    query: contracts.ListChunksQuerySchema,
    answers: { 200: contracts.ChunkListSchema },
  },
  {
    ...json,
    method: "GET",
    path: "/api/v1/knowledge/documents/:id/original",
    service: "rag",
    access: "admin",
    rateCategory: "administration",
    summary: "The bytes of a document, as they were sent",
    params: contracts.IdParamsSchema,
    answers: { 200: "document" },
  },
  {
    ...json,
    method: "POST",
    path: "/api/v1/knowledge/documents/:id/reingest",
    service: "rag",
    access: "admin",
    rateCategory: "administration",
    summary: "Read a document's original anew",
    params: contracts.IdParamsSchema,
    answers: { 200: contracts.DocumentSchema, 202: contracts.DocumentSchema },
  },
  {
    ...json,
    method: "GET",
    path: "/api/v1/knowledge/library",
    service: "rag",
    access: "admin",
    rateCategory: "administration",
    summary: "Which files of the library are held, with the hash of each",
    answers: { 200: contracts.LibraryManifestSchema },
  },
  {
    method: "POST",
    path: "/api/v1/knowledge/library",
    service: "rag",
    access: "admin",
    rateCategory: "administration",
    maxBodyBytes: contracts.MAX_DOCUMENT_BYTES,
    summary:
      "Bring the library up to its files: those that are new or changed, and the paths of those that are gone",
    body: contracts.PostLibrarySchema,
    answers: { 200: contracts.LibraryAnswerSchema },
  },
  {
    ...json,
    method: "POST",
    path: "/api/v1/knowledge/rebuild",
    service: "rag",
    access: "admin",
    rateCategory: "administration",
    summary: "Make the library's full-text index and its vectors anew",
    answers: { 200: contracts.RebuiltSchema },
  },
  {
    ...json,
    method: "POST",
    path: "/api/v1/admin/cache/invalidate",
    service: "gateway",
    access: "admin",
    rateCategory: "administration",
    summary: "Forget what caches hold: all of them, or those named",
    body: contracts.InvalidateCachesSchema,
    answers: { 200: contracts.CachesInvalidatedSchema },
  },
  {
    ...json,
    method: "GET",
    path: "/api/v1/audit",
    service: "gateway",
    access: "user",
    rateCategory: "read",
    summary: "The audit log: who wrote, deleted or read what of yours; an administrator may name a user",
    query: contracts.AuditQuerySchema,
    answers: { 200: contracts.AuditLogSchema },
  },
  {
    ...json,
    method: "GET",
    path: "/api/v1/me/export",
    service: "gateway",
    access: "user",
    rateCategory: "write",
    summary: "Everything held on you",
    answers: { 200: contracts.UserExportSchema },
  },
  {
    ...json,
    method: "DELETE",
    path: "/api/v1/me",
    service: "gateway",
    access: "user",
    rateCategory: "write",
    summary: "Erase everything held on you, everywhere",
    answers: { 200: contracts.UserErasedSchema },
  },
];
