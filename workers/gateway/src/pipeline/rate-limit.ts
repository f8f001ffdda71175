import { failed, ok, type Result } from "@crescendai/contracts";
import { describeCause, type Logger } from "@crescendai/worker-kit";
import { RATE_LIMITS, type RateCategory } from "../routes/route.ts";

/** Seconds of the window that limits count in. */
const WINDOW_SECONDS = 60;

/** The headers of a limited answer (draft-ietf-httpapi-ratelimit-headers-10). */
export type RateLimitHeaders = Record<string, string>;

/** Whether a request may pass, RATE_LIMIT_EXCEEDED if not, and the headers that say what is left. */
export interface RateLimitOutcome {
  readonly headers: RateLimitHeaders;
  readonly result: Result<null>;
}

/**
 * Counts a request against the user's limit of its category. Should the counter itself fail, the request passes:
 * a broken counter must not stop the players.
 */
export async function limitRate(
  env: GatewayEnv,
  userId: string,
  category: RateCategory,
  log: Logger,
): Promise<RateLimitOutcome> {
  const limit = RATE_LIMITS[category];
  const policy = `"${category}";q=${limit};w=${WINDOW_SECONDS}`;
  try {
    const limiter = env.RATE_LIMITER.getByName(userId);
    const decision = await limiter.take(category, { limit, windowMs: WINDOW_SECONDS * 1000 });
    const headers = {
      "ratelimit-policy": policy,
      ratelimit: `"${category}";r=${decision.remaining};t=${decision.resetSeconds}`,
    };
    return { headers, result: decision.allowed ? ok(null) : tooMany(limit, category, decision.resetSeconds) };
  } catch (cause) {
    log.error("rate limiter failed", { cause: describeCause(cause) });
    return { headers: { "ratelimit-policy": policy }, result: ok(null) };
  }
}

function tooMany(limit: number, category: RateCategory, seconds: number): Result<never> {
  return failed({
    code: "RATE_LIMIT_EXCEEDED",
    message: `More than ${limit} ${category} requests in a minute. Try again in ${seconds} s.`,
    retryAfter: seconds,
  });
}

/**
 * The shield in front of authentication: a coarse limit by address, on the platform's own counter, that keeps a
 * flood away from everything that costs more. What it counts is per location, so it is set far above any user's
 * limits. Requests without an address (only in tests) pass.
 */
export async function shieldAddress(env: GatewayEnv, request: Request): Promise<Result<null>> {
  const address = request.headers.get("cf-connecting-ip");
  if (address === null) return ok(null);
  const { success } = await env.ADDRESS_SHIELD.limit({ key: address });
  return success
    ? ok(null)
    : failed({
        code: "RATE_LIMIT_EXCEEDED",
        message: "Too many requests from this address. Try again in a minute.",
        retryAfter: WINDOW_SECONDS,
      });
}
