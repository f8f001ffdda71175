import { WorkerEntrypoint } from "cloudflare:workers";
import type { HealthRpc, ServiceHealth } from "@crescendai/contracts";
import { checkHealth, createLogger, createServiceRouter } from "@crescendai/worker-kit";
import { routes } from "./routes.ts";
import { sweepStaleUploads } from "./sweep.ts";

const router = createServiceRouter("upload", routes);

/** Receives recordings: writes their bytes, has them registered and has them analysed. */
export default class UploadService extends WorkerEntrypoint<UploadEnv> implements HealthRpc {
  override fetch(request: Request): Promise<Response> {
    return router(request, this.env);
  }

  override async scheduled(controller: ScheduledController): Promise<void> {
    await sweepStaleUploads(this.env, controller.scheduledTime, createLogger("upload"));
  }

  health(): Promise<ServiceHealth> {
    return checkHealth({ AUDIO: () => this.env.AUDIO.head("health") });
  }
}
