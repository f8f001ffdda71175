import { WorkerEntrypoint } from "cloudflare:workers";
import type { HealthRpc, ServiceHealth } from "@crescendai/contracts";
import { checkHealth, createServiceRouter } from "@crescendai/worker-kit";
import { routes } from "./routes.ts";

const router = createServiceRouter("chat", routes);

/** Will hold the conversations with the coach. */
export default class ChatService extends WorkerEntrypoint<ChatEnv> implements HealthRpc {
  override fetch(request: Request): Promise<Response> {
    return router(request, this.env);
  }

  health(): Promise<ServiceHealth> {
    return checkHealth({});
  }
}
