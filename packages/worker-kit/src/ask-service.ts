import { failed, type Result } from "@crescendai/contracts";
import { describeCause, type Logger } from "./log.ts";

/** Seconds after which a service that didn't answer is likely there again. */
const RETRY_AFTER_SECONDS = 5;

/**
 * Asks a sibling over RPC. That it can't be reached, or answers with an exception, is an error like any other:
 * SERVICE_UNAVAILABLE, with the cause in the log.
 */
export async function askService<Value>(
  service: string,
  log: Logger,
  ask: () => Promise<Result<Value>>,
): Promise<Result<Value>> {
  try {
    return await ask();
  } catch (cause) {
    log.error("service did not answer", {
      code: "SERVICE_UNAVAILABLE",
      cause: `${service}: ${describeCause(cause)}`,
    });
    return failed({
      code: "SERVICE_UNAVAILABLE",
      message: `The service ${service} does not answer just now. Please try again in a moment.`,
      retryAfter: RETRY_AFTER_SECONDS,
    });
  }
}
