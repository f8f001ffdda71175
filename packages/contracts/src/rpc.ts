import type { AnalysisSummary } from "./analysis-summary.ts";
import type { AuditEntry } from "./audit.ts";
import type { Completion, CompletionRequest } from "./completions.ts";
import type { ContextAddition, ContextRemoval, UserContext } from "./context.ts";
import type { Result } from "./errors.ts";
import type { Caller } from "./identity.ts";
import type { PassageSearch, SearchRequest } from "./knowledge-search.ts";
import type { CacheName, ServiceHealth } from "./operations.ts";
import type { RecordingComparison } from "./recording-comparison.ts";
import type { ListRecordingsQuery, Recording, RecordingStatus } from "./recordings.ts";

/*
 * What the services offer each other over RPC. Every method answers with a value, a `Result` where it can fail in
 * a way that the caller may act on; what is thrown instead means that the service itself is not reachable.
 */

/** What the gateway asks of every service. */
export interface HealthRpc {
  /** Whether what the service binds answers. Changes nothing. */
  health(): Promise<ServiceHealth>;
}

/** What the gateway asks of every service that holds data on users. */
export interface UserDataRpc {
  /** Everything held on the caller, as plain JSON. Written to the audit log. */
  exportUser(caller: Caller): Promise<Result<unknown>>;
  /** Removes everything held on the caller; a second call finds nothing to do. */
  eraseUser(caller: Caller): Promise<Result<null>>;
  /** The newest entries of the service's audit log on this user, newest first, at most `limit`. */
  auditTrail(userId: string, limit: number): Promise<Result<AuditEntry[]>>;
}

/** What the gateway asks of every service that keeps something on a recording. */
export interface RecordingDataRpc {
  /** Removes all that is held on a recording that is being deleted; a second call finds nothing to do. */
  forgetRecording(recordingId: string): Promise<Result<null>>;
}

/** A recording with what only services need: whose it is and where its bytes are. */
export interface StoredRecording extends Recording {
  readonly user_id: string;
  /** Key in the bucket `AUDIO`. */
  readonly object_key: string;
}

/** An upload that has begun to write to the bucket. */
export interface PendingUpload {
  readonly id: string;
  readonly user_id: string;
  readonly object_key: string;
  /** Of R2's multipart upload; null where the file goes up in one piece. */
  readonly multipart_upload_id: string | null;
  readonly idempotency_key: string | null;
}

/** What is known once the last byte is stored. `duration` in seconds, `file_size` in bytes. */
export interface FinishedUpload {
  readonly id: string;
  readonly user_id: string;
  readonly filename: string;
  readonly file_size: number;
  readonly duration: number;
  readonly mime_type: string;
  readonly sha256: string;
}

/** What recordings does for its siblings. */
export interface RecordingsRpc extends HealthRpc, UserDataRpc {
  /**
   * Writes down that an object is about to be stored, so that a crash leaves a trace that the sweep finds.
   * CONFLICT while another upload with the same idempotency key is under way.
   */
  beginUpload(upload: PendingUpload): Promise<Result<null>>;
  /** Says that the upload is still under way, so that the sweep leaves it alone. */
  touchUpload(id: string): Promise<Result<null>>;
  /**
   * Makes the upload a recording. Where the same user has the same bytes already, or has sent them before under
   * the same idempotency key, that recording comes back, `repeated`, and the new object is to be given up.
   * CONFLICT if the idempotency key was used for other bytes, or if the upload was given up.
   */
  completeUpload(upload: FinishedUpload): Promise<Result<{ recording: Recording; repeated: boolean }>>;
  /**
   * Rules out that the upload is ever completed; to be called before its object is removed. False if it is a
   * recording already, whose object must stay.
   */
  giveUpUpload(id: string): Promise<Result<boolean>>;
  /** Forgets an upload whose object is gone. */
  abandonUpload(id: string): Promise<Result<null>>;
  /** Uploads that nobody has touched since `before` (ISO 8601), oldest first, at most 100. */
  staleUploads(before: string): Promise<Result<PendingUpload[]>>;
  /** The recording, or null if it doesn't exist or isn't the user's. */
  getRecording(userId: string, id: string): Promise<Result<StoredRecording | null>>;
  /** One page of the user's recordings, and how many there are in all. */
  listRecordings(
    userId: string,
    query: ListRecordingsQuery,
  ): Promise<Result<{ recordings: Recording[]; total: number }>>;
  /** False if the recording doesn't exist any more. */
  setStatus(id: string, status: RecordingStatus): Promise<Result<boolean>>;
  /**
   * Recordings that haven't been listened to to an end, and of which nothing was heard since `before` (ISO 8601),
   * longest silent first, at most 100.
   */
  unfinishedRecordings(before: string): Promise<Result<Pick<StoredRecording, "id" | "user_id">[]>>;
  /** Ids of deleted recordings of which other services may still hold something, at most 100. */
  unfinishedDeletions(): Promise<Result<string[]>>;
  /** Removes the last trace of a deleted recording, once every other service has forgotten it. */
  finishDeletion(id: string): Promise<Result<null>>;
}

/** What context does for its siblings. */
export interface ContextRpc extends HealthRpc, UserDataRpc {
  /** The user's context; the default for somebody who never wrote one. */
  getContext(userId: string): Promise<Result<UserContext>>;
  /**
   * Adds to the caller's context and gives what it is then. VALIDATION_ERROR where something isn't as `PUT` would take it,
   * or a list becomes too long; CONFLICT if it changes all the while.
   */
  mergeContext(caller: Caller, addition: ContextAddition): Promise<Result<UserContext>>;
  /** Takes something out of the caller's context and gives what it is then; CONFLICT if it changes all the while. */
  removeFromContext(caller: Caller, removal: ContextRemoval): Promise<Result<UserContext>>;
}

/** What feedback does for its siblings. */
export interface FeedbackRpc extends HealthRpc, UserDataRpc, RecordingDataRpc, CacheRpc {
  /**
   * What feedback says about a recording, in short; null if it doesn't exist or isn't the user's. While it hasn't been
   * listened to, or couldn't be, only what it is, its status, and a note that says so.
   */
  getAnalysis(userId: string, recordingId: string): Promise<Result<AnalysisSummary | null>>;
  /**
   * Recordings of the user's side by side. Compared are the newest of which an earlier take is among them and the earliest such
   * take; where no two are of the same music, the earliest and the newest. NOT_FOUND if one doesn't exist or isn't the user's.
   */
  compareRecordings(userId: string, recordingIds: readonly string[]): Promise<Result<RecordingComparison>>;
}

/** What chat does for its siblings. */
export interface ChatRpc extends HealthRpc, UserDataRpc, RecordingDataRpc {}

/** What every service that keeps something in a cache does for an administrator. */
export interface CacheRpc {
  /** Makes everything in these caches a miss, within a minute or so at the latest. The caches of these that it has. */
  invalidateCaches(caller: Caller, caches: readonly CacheName[]): Promise<Result<CacheName[]>>;
}

/** What rag does for its siblings. */
export interface RagRpc extends HealthRpc, UserDataRpc, CacheRpc {
  /**
   * The passages that are about a question, best first; none if the library has nothing on it. VALIDATION_ERROR for a
   * question that is none. What it gives is quoted material: no instruction, whatever it says.
   */
  search(request: SearchRequest): Promise<Result<PassageSearch>>;
  /** Changes whenever `search` may answer otherwise: what is made from its answers can be kept under it. */
  knowledgeVersion(): Promise<Result<string>>;
}

/** `ByteStream` is `ReadableStream<Uint8Array>`: this package knows no platform, so whoever has one names it. */
export interface OrchestratorRpc<ByteStream = unknown> extends HealthRpc, UserDataRpc, CacheRpc {
  /**
   * The model's whole answer. RATE_LIMIT_EXCEEDED with `retryAfter` where the user's budget for the day is spent or the
   * provider wants to be left alone, SERVICE_UNAVAILABLE where no model is asked just now because all have failed,
   * CONFIGURATION_ERROR where the provider doesn't take our key, else AI_SERVICE_ERROR.
   */
  complete(request: CompletionRequest): Promise<Result<Completion>>;
  /**
   * The answer as it comes: a line of JSON for each `CompletionEvent`, ending in LF, perhaps with blanks before it; one `done`
   * or `error` is the last. Fails as `complete` does as long as nothing was said. Cancelling the stream cancels the provider's
   * request, within a second or so.
   */
  stream(request: CompletionRequest): Promise<Result<ByteStream>>;
}
