import { WorkerEntrypoint } from "cloudflare:workers";
import {
  type AuditEntry,
  type Caller,
  type FeedbackRpc,
  ok,
  type Result,
  type ServiceHealth,
} from "@crescendai/contracts";
import {
  checkHealth,
  createLogger,
  createServiceRouter,
  openDatabase,
  readAuditLog,
} from "@crescendai/worker-kit";
import { embeddedAnalyser } from "./analysers/embedded.ts";
import { consumeQueue } from "./jobs/consume-queue.ts";
import { sweepStuckJobs } from "./jobs/sweep.ts";
import { routes } from "./routes.ts";
import { removeJobOfRecording } from "./tables/analyses.ts";
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
    await consumeQueue(batch, this.env, this.#database, embeddedAnalyser, this.#log);
  }

  override async scheduled(controller: ScheduledController): Promise<void> {
    await sweepStuckJobs(this.env, this.#database, controller.scheduledTime, this.#log);
  }

  health(): Promise<ServiceHealth> {
    return checkHealth({
      DB: () => this.env.DB.prepare("SELECT 1").first(),
      AUDIO: () => this.env.AUDIO.head("health"),
    });
  }

  async forgetRecording(recordingId: string): Promise<Result<null>> {
    const written = await this.#database.write(removeJobOfRecording(recordingId));
    return written.ok ? ok(null) : written;
  }

  exportUser(caller: Caller): Promise<Result<unknown>> {
    return exportUser(this.#database, caller);
  }

  eraseUser(caller: Caller): Promise<Result<null>> {
    return eraseUser(this.#database, caller);
  }

  auditTrail(userId: string, limit: number): Promise<Result<AuditEntry[]>> {
    return readAuditLog(this.#database, userId, limit);
  }
}
