import { WorkerEntrypoint } from "cloudflare:workers";
import type { AuditEntry, Caller, ChatRpc, Result, ServiceHealth } from "@crescendai/contracts";
import {
  checkHealth,
  createLogger,
  createServiceRouter,
  openDatabase,
  readAuditLog,
} from "@crescendai/worker-kit";
import { forgetRecording } from "./forget.ts";
import { routes } from "./routes.ts";
import { eraseUser, exportUser } from "./user-data.ts";

export { SessionConversation } from "./conversation/session-conversation.ts";

const router = createServiceRouter("chat", routes);

/** Owns the conversations with the coach. */
export default class ChatService extends WorkerEntrypoint<ChatEnv> implements ChatRpc {
  readonly #log = createLogger("chat");
  readonly #database = openDatabase(this.env.DB, this.#log);

  override fetch(request: Request): Promise<Response> {
    return router(request, this.env);
  }

  health(): Promise<ServiceHealth> {
    return checkHealth({ DB: () => this.env.DB.prepare("SELECT 1").first() });
  }

  forgetRecording(recordingId: string): Promise<Result<null>> {
    return forgetRecording(this.#database, recordingId);
  }

  exportUser(caller: Caller): Promise<Result<unknown>> {
    return exportUser(this.#database, caller);
  }

  eraseUser(caller: Caller): Promise<Result<null>> {
    return eraseUser(this.env, this.#database, caller, this.#log);
  }

  auditTrail(userId: string, limit: number): Promise<Result<AuditEntry[]>> {
    return readAuditLog(this.#database, userId, limit);
  }
}
