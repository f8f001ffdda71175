import type { Result, UserContext } from "@crescendai/contracts";
import { describeCause, type HandlerContext } from "@crescendai/worker-kit";

/**
 * What the caller told us about themselves; null where it can't be had just now. Feedback without it is still true, so a
 * fault here costs only the fit.
 */
export async function readContext({
  env,
  caller,
  log,
}: HandlerContext<FeedbackEnv>): Promise<UserContext | null> {
  try {
    const context: Result<UserContext> = await env.CONTEXT.getContext(caller.userId);
    if (context.ok) return context.value;
    log.warn("context not read", { code: context.error.code });
  } catch (cause) {
    log.warn("context not read", { cause: describeCause(cause) });
  }
  return null;
}
