import { WorkerEntrypoint } from "cloudflare:workers";
import type {
  AuditEntry,
  Caller,
  ContextAddition,
  ContextRemoval,
  ContextRpc,
  PutContext,
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
import { changeContext } from "./change-context.ts";
import { addTo, takeFrom } from "./changes.ts";
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
    return this.#change(caller, (context) => addTo(context, addition));
  }

  removeFromContext(caller: Caller, removal: ContextRemoval): Promise<Result<UserContext>> {
    return this.#change(caller, (context) => takeFrom(context, removal));
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

  #change(caller: Caller, change: (context: UserContext) => PutContext): Promise<Result<UserContext>> {
    return changeContext(this.#database, caller, change, () => Date.now());
  }
}
