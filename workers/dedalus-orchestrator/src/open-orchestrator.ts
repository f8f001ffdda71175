import { type CompletionRequest, failed, ok, type Result } from "@crescendai/contracts";
import { createLogger, openDatabase } from "@crescendai/worker-kit";
import { openCompletionCache } from "./completion-cache.ts";
import { readConfiguration } from "./configuration.ts";
import type { Orchestrator } from "./orchestrator.ts";
import { RETRY_POLICY, TIME_LIMITS } from "./policy.ts";
import { openClient } from "./provider/client.ts";

/**
 * What the environment gives for one request. CONFIGURATION_ERROR where it isn't as it must be; what is wrong stands in the
 * log.
 */
export function openOrchestrator(
  env: DedalusOrchestratorEnv,
  waitUntil: (work: Promise<unknown>) => void,
  request: Pick<CompletionRequest, "user_id" | "request_id">,
): Result<Orchestrator> {
  const log = createLogger("dedalus-orchestrator", { request_id: request.request_id, user: request.user_id });
  const configuration = readConfiguration(env);
  if (!configuration.ok) {
    log.error("not configured", { code: "CONFIGURATION_ERROR", cause: configuration.error });
    return failed({
      code: "CONFIGURATION_ERROR",
      message: "The language model is not configured. The server's operator has to look.",
    });
  }
  return ok({
    configuration: configuration.value,
    client: openClient(configuration.value, carrierOf(env)),
    database: openDatabase(env.DB, log),
    cache: openCompletionCache(env.CACHE, log),
    log,
    limits: TIME_LIMITS,
    retry: RETRY_POLICY,
    wait: (milliseconds, signal) => scheduler.wait(milliseconds, { signal }),
    random: Math.random,
    now: Date.now,
    waitUntil,
  });
}

/** What carries requests to the provider: the service that is bound for it, else the internet. */
function carrierOf({ PROVIDER }: DedalusOrchestratorEnv): typeof fetch {
  return PROVIDER === undefined
    ? (input, init) => fetch(input, init)
    : (input, init) => PROVIDER.fetch(input, init);
}
