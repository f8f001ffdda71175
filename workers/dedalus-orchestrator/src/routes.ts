import type { ServiceRoute } from "@crescendai/worker-kit";

/** None yet: this service answers `health` and nothing else. */
export const routes: readonly ServiceRoute<DedalusOrchestratorEnv>[] = [];
