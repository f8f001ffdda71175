import { WorkerEntrypoint } from "cloudflare:workers";
import {
  type AuditEntry,
  type Caller,
  type FinishedUpload,
  type ListRecordingsQuery,
  ok,
  type PendingUpload,
  type Recording,
  type RecordingStatus,
  type RecordingsRpc,
  type Result,
  type ServiceHealth,
  type StoredRecording,
} from "@crescendai/contracts";
import {
  checkHealth,
  createLogger,
  createServiceRouter,
  openDatabase,
  readAuditLog,
  timestamp,
} from "@crescendai/worker-kit";
import { finishDeletion, unfinishedDeletions } from "./deletion.ts";
import { listPage } from "./list-page.ts";
import { routes } from "./routes.ts";
import { findStale, removePending, touchPending } from "./tables/pending-uploads.ts";
import { findRecording, findUnfinished, updateStatus } from "./tables/recordings.ts";
import { beginUpload, completeUpload, giveUpUpload } from "./uploads.ts";
import { eraseUser, exportUser } from "./user-data.ts";

/** Stale uploads handed out at once: as many as a sweep clears within its time. */
const MAX_STALE_UPLOADS = 100;

/** Unfinished recordings handed out at once: as many as a sweep looks after within its time. */
const MAX_UNFINISHED_RECORDINGS = 100;

const router = createServiceRouter("recordings", routes);

/** Owns the recordings: their rows, and reading and deleting their bytes. */
export default class RecordingsService extends WorkerEntrypoint<RecordingsEnv> implements RecordingsRpc {
  readonly #log = createLogger("recordings");
  readonly #database = openDatabase(this.env.DB, this.#log);

  override fetch(request: Request): Promise<Response> {
    return router(request, this.env);
  }

  health(): Promise<ServiceHealth> {
    return checkHealth({
      DB: () => this.env.DB.prepare("SELECT 1").first(),
      AUDIO: () => this.env.AUDIO.head("health"),
    });
  }

  beginUpload(upload: PendingUpload): Promise<Result<null>> {
    return beginUpload(this.#database, upload, timestamp(Date.now()));
  }

  async touchUpload(id: string): Promise<Result<null>> {
    const written = await this.#database.write(touchPending(id, timestamp(Date.now())));
    return written.ok ? ok(null) : written;
  }

  completeUpload(upload: FinishedUpload): Promise<Result<{ recording: Recording; repeated: boolean }>> {
    return completeUpload(this.#database, upload, timestamp(Date.now()));
  }

  giveUpUpload(id: string): Promise<Result<boolean>> {
    return giveUpUpload(this.#database, id, timestamp(Date.now()));
  }

  async abandonUpload(id: string): Promise<Result<null>> {
    const written = await this.#database.write(removePending(id));
    return written.ok ? ok(null) : written;
  }

  staleUploads(before: string): Promise<Result<PendingUpload[]>> {
    return findStale(this.#database, before, MAX_STALE_UPLOADS);
  }

  getRecording(userId: string, id: string): Promise<Result<StoredRecording | null>> {
    return findRecording(this.#database, userId, id);
  }

  listRecordings(
    userId: string,
    query: ListRecordingsQuery,
  ): Promise<Result<{ recordings: Recording[]; total: number }>> {
    return listPage(this.#database, userId, query);
  }

  async setStatus(id: string, status: RecordingStatus): Promise<Result<boolean>> {
    const written = await this.#database.write(updateStatus(id, status, timestamp(Date.now())));
    return written.ok ? ok(written.value[0] > 0) : written;
  }

  unfinishedRecordings(before: string): Promise<Result<Pick<StoredRecording, "id" | "user_id">[]>> {
    return findUnfinished(this.#database, before, MAX_UNFINISHED_RECORDINGS);
  }

  unfinishedDeletions(): Promise<Result<string[]>> {
    return unfinishedDeletions(this.#database);
  }

  finishDeletion(id: string): Promise<Result<null>> {
    return finishDeletion(this.#database, this.env.AUDIO, id, this.#log);
  }

  exportUser(caller: Caller): Promise<Result<unknown>> {
    return exportUser(this.#database, caller);
  }

  eraseUser(caller: Caller): Promise<Result<null>> {
    return eraseUser(this.#database, this.env.AUDIO, caller, this.#log);
  }

  auditTrail(userId: string, limit: number): Promise<Result<AuditEntry[]>> {
    return readAuditLog(this.#database, userId, limit);
  }
}
