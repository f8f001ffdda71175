import { WorkerEntrypoint } from "cloudflare:workers";
import type {
  AuditEntry,
  CacheName,
  Caller,
  Completion,
  CompletionRequest,
  OrchestratorRpc,
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
import { complete } from "./complete.ts";
import { openCompletionCache } from "./completion-cache.ts";
import { openOrchestrator } from "./open-orchestrator.ts";
import { routes } from "./routes.ts";
import { stream } from "./streaming/stream.ts";
import { eraseUser, exportUser } from "./user-data.ts";

const router = createServiceRouter("dedalus-orchestrator", routes);

/** The only worker that talks to a language model. */
export default class DedalusOrchestratorService
  extends WorkerEntrypoint<DedalusOrchestratorEnv>
  implements OrchestratorRpc<ReadableStream<Uint8Array>>
{
  readonly #log = createLogger("dedalus-orchestrator");
  readonly #database = openDatabase(this.env.DB, this.#log);

  override fetch(request: Request): Promise<Response> {
    return router(request, this.env);
  }

  health(): Promise<ServiceHealth> {
    return checkHealth({
      DB: () => this.env.DB.prepare("SELECT 1").first(),
      CACHE: () => this.env.CACHE.get("health"),
    });
  }

  async complete(request: CompletionRequest): Promise<Result<Completion>> {
    const opened = this.#open(request);
    return opened.ok ? await complete(opened.value, request) : opened;
  }

  async stream(request: CompletionRequest): Promise<Result<ReadableStream<Uint8Array>>> {
    const opened = this.#open(request);
    return opened.ok ? await stream(opened.value, request) : opened;
  }

  exportUser(caller: Caller): Promise<Result<unknown>> {
    return exportUser(this.#database, caller);
  }

  eraseUser(caller: Caller): Promise<Result<null>> {
    return eraseUser(this.#database, openCompletionCache(this.env.CACHE, this.#log), caller);
  }

  invalidateCaches(_caller: Caller, caches: readonly CacheName[]): Promise<Result<CacheName[]>> {
    return openCompletionCache(this.env.CACHE, this.#log).invalidate(caches);
  }

  auditTrail(userId: string, limit: number): Promise<Result<AuditEntry[]>> {
    return readAuditLog(this.#database, userId, limit);
  }

  #open(request: CompletionRequest) {
    return openOrchestrator(this.env, (work) => this.ctx.waitUntil(work), request);
  }
}
