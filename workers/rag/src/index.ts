import { WorkerEntrypoint } from "cloudflare:workers";
import type { HealthRpc, ServiceHealth } from "@crescendai/contracts";
import { checkHealth, createServiceRouter } from "@crescendai/worker-kit";
import { routes } from "./routes.ts";

const router = createServiceRouter("rag", routes);

/** Will hold the library of piano pedagogy and search it. */
export default class RagService extends WorkerEntrypoint<RagEnv> implements HealthRpc {
  override fetch(request: Request): Promise<Response> {
    return router(request, this.env);
  }

  health(): Promise<ServiceHealth> {
    return checkHealth({});
  }
}
