import { WorkerEntrypoint } from "cloudflare:workers";
import type {
  AnalysisSummary,
  AuditEntry,
  CacheName,
  Caller,
  FeedbackRpc,
  RecordingComparison,
  Result,
  ServiceHealth,
} from "@crescendai/contracts";
import {
  checkHealth,
  createLogger,
  createServiceRouter,
  openDatabase,
  readAuditLog,
} from "@crescendai/worker-kit";
import { chooseAnalyser } from "./analysers/choose-analyser.ts";
import { openAnswerCache } from "./answers/answer-cache.ts";
import { forgetAbout } from "./forget.ts";
import { consumeQueue } from "./jobs/consume-queue.ts";
import { sweepStuckJobs, sweepUnfinishedRecordings } from "./jobs/sweep.ts";
import { compareRecordings } from "./readings/compare-recordings.ts";
import { getAnalysis } from "./readings/get-analysis.ts";
import { routes } from "./routes.ts";
import { eraseUser, exportUser } from "./user-data.ts";

const router = createServiceRouter("feedback", routes);

/** Listens to recordings and says what was heard and what to practise. */
export default class FeedbackService extends WorkerEntrypoint<FeedbackEnv> implements FeedbackRpc {
  readonly #log = createLogger("feedback");
  readonly #database = openDatabase(this.env.DB, this.#log);

  override fetch(request: Request): Promise<Response> {
    return router(request, this.env);
  }

  override async queue(batch: MessageBatch<unknown>): Promise<void> {
    const analyse = chooseAnalyser(this.env, this.#database, this.#log);
    await consumeQueue(batch, this.env, this.#database, analyse, this.#log);
  }

  override async scheduled(controller: ScheduledController): Promise<void> {
    const now = controller.scheduledTime;
    await sweepStuckJobs(this.env, this.#database, now, this.#log);
    await sweepUnfinishedRecordings(this.env, this.#database, now, this.#log);
  }

  health(): Promise<ServiceHealth> {
    return checkHealth({
      DB: () => this.env.DB.prepare("SELECT 1").first(),
      AUDIO: () => this.env.AUDIO.head("health"),
    });
  }

  getAnalysis(userId: string, recordingId: string): Promise<Result<AnalysisSummary | null>> {
    return getAnalysis(this.env, this.#database, userId, recordingId, this.#log);
  }

  compareRecordings(userId: string, recordingIds: readonly string[]): Promise<Result<RecordingComparison>> {
    return compareRecordings(this.env, this.#database, userId, recordingIds, this.#log);
  }

  forgetRecording(recordingId: string): Promise<Result<null>> {
    return forgetAbout(this.env, this.#database, recordingId);
  }

  invalidateCaches(_caller: Caller, caches: readonly CacheName[]): Promise<Result<CacheName[]>> {
    return openAnswerCache(this.env, this.#log).invalidate(caches);
  }

  exportUser(caller: Caller): Promise<Result<unknown>> {
    return exportUser(this.#database, caller);
  }

  eraseUser(caller: Caller): Promise<Result<null>> {
    return eraseUser(this.env, this.#database, caller);
  }

  auditTrail(userId: string, limit: number): Promise<Result<AuditEntry[]>> {
    return readAuditLog(this.#database, userId, limit);
  }
}
