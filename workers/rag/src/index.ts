import { WorkerEntrypoint } from "cloudflare:workers";
import type {
  AuditEntry,
  CacheName,
  Caller,
  PassageSearch,
  RagRpc,
  Result,
  SearchRequest,
  ServiceHealth,
} from "@crescendai/contracts";
import {
  checkHealth,
  createLogger,
  createServiceRouter,
  openDatabase,
  readAuditLog,
} from "@crescendai/worker-kit";
import { openLibrary } from "./library.ts";
import { routes } from "./routes.ts";
import { answerSearch } from "./search/answer-search.ts";
import { invalidateCaches } from "./search/invalidate-caches.ts";
import { readKnowledgeVersion } from "./search/knowledge-version.ts";
import { openSearch } from "./search/search-context.ts";
import { sweep } from "./sweep.ts";
import { eraseUser, exportUser } from "./user-data.ts";

export { LibraryGeneration } from "./durable-objects/library-generation.ts";

const router = createServiceRouter("rag", routes);

/** Holds the library of piano pedagogy and searches it. */
export default class RagService extends WorkerEntrypoint<RagEnv> implements RagRpc {
  readonly #log = createLogger("rag");
  readonly #database = openDatabase(this.env.DB, this.#log);

  override fetch(request: Request): Promise<Response> {
    return router(request, this.env);
  }

  override scheduled(controller: ScheduledController): Promise<void> {
    return sweep(openLibrary(this.env, this.#log), controller.scheduledTime);
  }

  health(): Promise<ServiceHealth> {
    return checkHealth({
      DB: () => this.env.DB.prepare("SELECT 1").first(),
      DOCUMENTS: () => this.env.DOCUMENTS.head("health"),
    });
  }

  search(request: SearchRequest): Promise<Result<PassageSearch>> {
    return answerSearch(openSearch(this.env, this.#log), request);
  }

  knowledgeVersion(): Promise<Result<string>> {
    return readKnowledgeVersion(openSearch(this.env, this.#log));
  }

  invalidateCaches(caller: Caller, caches: readonly CacheName[]): Promise<Result<CacheName[]>> {
    return invalidateCaches(openSearch(this.env, this.#log), caller, caches);
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
