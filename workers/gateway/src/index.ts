import { WorkerEntrypoint } from "cloudflare:workers";
import { createLogger } from "@crescendai/worker-kit";
import { sweepDeletions } from "./deletion.ts";
import { handleRequest } from "./handle-request.ts";

export { Metrics } from "./durable-objects/metrics.ts";
export { RateLimiter } from "./durable-objects/rate-limiter.ts";

/** The one worker that faces the internet. */
export default class Gateway extends WorkerEntrypoint<GatewayEnv> {
  override fetch(request: Request): Promise<Response> {
    return handleRequest(request, this.env, this.ctx);
  }

  override async scheduled(): Promise<void> {
    await sweepDeletions(this.env, createLogger("gateway"));
  }
}
