import { WorkerEntrypoint } from "cloudflare:workers";
import type { HealthRpc, ServiceHealth } from "@crescendai/contracts";
import { checkHealth, createServiceRouter } from "@crescendai/worker-kit";
import { routes } from "./routes.ts";

const router = createServiceRouter("dedalus-orchestrator", routes);

/** Will be the only worker that talks to a language model. */
export default class DedalusOrchestratorService
  extends WorkerEntrypoint<DedalusOrchestratorEnv>
  implements HealthRpc
{
  override fetch(request: Request): Promise<Response> {
    return router(request, this.env);
  }

  health(): Promise<ServiceHealth> {
    return checkHealth({});
  }
}
