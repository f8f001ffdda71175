import { WorkerEntrypoint } from "cloudflare:workers";
import type {
  AuditEntry,
  Caller,
  ContextAddition,
  ContextRpc,
  Result,
  ServiceHealth,
  UserContext,
} from "@crescendai/contracts";
import {
  checkHealth,
  createLogger,
  createServiceRouter,
  openDatabase,
  readAuditLog,
} from "@crescendai/worker-kit";
import { mergeContext } from "./merge-context.ts";
import { routes } from "./routes.ts";
import { findContext } from "./tables/user-context.ts";
import { eraseUser, exportUser } from "./user-data.ts";

const router = createServiceRouter("context", routes);

/** Owns what players tell us about themselves: goals, constraints, repertoire, level, style. */
export default class ContextService extends WorkerEntrypoint<ContextEnv> implements ContextRpc {
  readonly #database = openDatabase(this.env.DB, createLogger("context"));

  override fetch(request: Request): Promise<Response> {
    return router(request, this.env);
  }

  health(): Promise<ServiceHealth> {
    return checkHealth({ DB: () => this.env.DB.prepare("SELECT 1").first() });
  }

  getContext(userId: string): Promise<Result<UserContext>> {
    return findContext(this.#database, userId);
  }

  mergeContext(caller: Caller, addition: ContextAddition): Promise<Result<UserContext>> {
    return mergeContext(this.#database, caller, addition, () => Date.now());
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
