import type { ServiceRoute } from "@crescendai/worker-kit";

/** None: nothing of this service is public, its siblings call it over RPC. */
export const routes: readonly ServiceRoute<DedalusOrchestratorEnv>[] = [];
