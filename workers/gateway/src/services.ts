import type { HealthRpc, UserDataRpc } from "@crescendai/contracts";
import type { ServiceName } from "./routes.ts";

/** The binding of a service that answers routes. */
export function serviceBinding(env: GatewayEnv, service: Exclude<ServiceName, "gateway">): Fetcher {
  switch (service) {
    case "upload":
      return env.UPLOAD;
    case "recordings":
      return env.RECORDINGS;
    case "context":
      return env.CONTEXT;
    case "feedback":
      return env.FEEDBACK;
  }
}

/** Every service of the mesh by its name, as what health is asked of. */
export function healthServices(env: GatewayEnv): Record<string, () => ReturnType<HealthRpc["health"]>> {
  return {
    upload: () => env.UPLOAD.health(),
    recordings: () => env.RECORDINGS.health(),
    context: () => env.CONTEXT.health(),
    chat: () => env.CHAT.health(),
    rag: () => env.RAG.health(),
    feedback: () => env.FEEDBACK.health(),
    "dedalus-orchestrator": () => env.ORCHESTRATOR.health(),
  };
}

/**
 * Every service that holds data on users, in the order in which they are erased: recordings first, because work
 * under way elsewhere ends when it finds its recording gone.
 */
export function userDataServices(env: GatewayEnv): Record<string, UserDataRpc> {
  return {
    recordings: {
      exportUser: (caller) => env.RECORDINGS.exportUser(caller),
      eraseUser: (caller) => env.RECORDINGS.eraseUser(caller),
      auditTrail: (userId, limit) => env.RECORDINGS.auditTrail(userId, limit),
    },
    feedback: {
      exportUser: (caller) => env.FEEDBACK.exportUser(caller),
      eraseUser: (caller) => env.FEEDBACK.eraseUser(caller),
      auditTrail: (userId, limit) => env.FEEDBACK.auditTrail(userId, limit),
    },
    context: {
      exportUser: (caller) => env.CONTEXT.exportUser(caller),
      eraseUser: (caller) => env.CONTEXT.eraseUser(caller),
      auditTrail: (userId, limit) => env.CONTEXT.auditTrail(userId, limit),
    },
  };
}
