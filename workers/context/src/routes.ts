import type { ServiceRoute } from "@crescendai/worker-kit";
import { getContextHandler } from "./handlers/get-context.ts";
import { putContextHandler } from "./handlers/put-context.ts";

export const routes: readonly ServiceRoute<ContextEnv>[] = [
  { method: "GET", path: "/api/v1/context", handler: getContextHandler },
  { method: "PUT", path: "/api/v1/context", handler: putContextHandler },
];
