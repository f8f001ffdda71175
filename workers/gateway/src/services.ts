import type { CacheRpc, HealthRpc, UserDataRpc } from "@crescendai/contracts";
import { askService, type Logger } from "@crescendai/worker-kit";
import type { ServiceName } from "./routes/route.ts";

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
    case "rag":
      return env.RAG;
    case "chat":
      return env.CHAT;
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

/** Every service that keeps something in a cache. */
export function cacheServices(env: GatewayEnv, log: Logger): CacheRpc[] {
  return [
    {
      invalidateCaches: (caller, caches) =>
        askService("rag", log, () => env.RAG.invalidateCaches(caller, [...caches])),
    },
    {
      invalidateCaches: (caller, caches) =>
        askService("feedback", log, () => env.FEEDBACK.invalidateCaches(caller, [...caches])),
    },
    {
      invalidateCaches: (caller, caches) =>
        askService("dedalus-orchestrator", log, () => env.ORCHESTRATOR.invalidateCaches(caller, [...caches])),
    },
  ];
}

/**
 * Every service that holds data on users, in the order in which they are erased: recordings first, because work
 * under way elsewhere ends when it finds its recording gone.
 */
export function userDataServices(env: GatewayEnv, log: Logger): Record<string, UserDataRpc> {
  return {
    recordings: {
      exportUser: (caller) => askService("recordings", log, () => env.RECORDINGS.exportUser(caller)),
      eraseUser: (caller) => askService("recordings", log, () => env.RECORDINGS.eraseUser(caller)),
      auditTrail: (user, limit) =>
        askService("recordings", log, () => env.RECORDINGS.auditTrail(user, limit)),
    },
    // Before what an answer under way may still write to.
    chat: {
      exportUser: (caller) => askService("chat", log, () => env.CHAT.exportUser(caller)),
      eraseUser: (caller) => askService("chat", log, () => env.CHAT.eraseUser(caller)),
      auditTrail: (user, limit) => askService("chat", log, () => env.CHAT.auditTrail(user, limit)),
    },
    feedback: {
      exportUser: (caller) => askService("feedback", log, () => env.FEEDBACK.exportUser(caller)),
      eraseUser: (caller) => askService("feedback", log, () => env.FEEDBACK.eraseUser(caller)),
      auditTrail: (user, limit) => askService("feedback", log, () => env.FEEDBACK.auditTrail(user, limit)),
    },
    context: {
      exportUser: (caller) => askService("context", log, () => env.CONTEXT.exportUser(caller)),
      eraseUser: (caller) => askService("context", log, () => env.CONTEXT.eraseUser(caller)),
      auditTrail: (user, limit) => askService("context", log, () => env.CONTEXT.auditTrail(user, limit)),
    },
    rag: {
      exportUser: (caller) => askService("rag", log, () => env.RAG.exportUser(caller)),
      eraseUser: (caller) => askService("rag", log, () => env.RAG.eraseUser(caller)),
      auditTrail: (user, limit) => askService("rag", log, () => env.RAG.auditTrail(user, limit)),
    },
    "dedalus-orchestrator": {
      exportUser: (caller) =>
        askService("dedalus-orchestrator", log, () => env.ORCHESTRATOR.exportUser(caller)),
      eraseUser: (caller) =>
        askService("dedalus-orchestrator", log, () => env.ORCHESTRATOR.eraseUser(caller)),
      auditTrail: (user, limit) =>
        askService("dedalus-orchestrator", log, () => env.ORCHESTRATOR.auditTrail(user, limit)),
    },
  };
}
