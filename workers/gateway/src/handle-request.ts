import { type Caller, ERROR_CODES, type ErrorCode, failed, ok, type Result } from "@crescendai/contracts";
import {
  allowedMethods,
  CACHE_COUNTS_HEADER,
  callerFields,
  createLogger,
  createRouteMatcher,
  describeCause,
  ERROR_CODE_HEADER,
  problemResponse,
  type RouteMatch,
  readCacheCounts,
} from "@crescendai/worker-kit";
import { dispatch, type GatewayContext } from "./dispatch.ts";
import { authenticate } from "./pipeline/authenticate.ts";
import { discardBody, linger } from "./pipeline/body-limit.ts";
import { corsHeaders, preflightHeaders } from "./pipeline/cors.ts";
import { countRequest } from "./pipeline/metrics.ts";
import { limitRate, shieldAddress } from "./pipeline/rate-limit.ts";
import { REQUEST_ID_HEADER, requestIdOf, traceparentOf } from "./pipeline/request-identifiers.ts";
import { securityHeaders } from "./pipeline/security-headers.ts";
import type { Route } from "./routes/route.ts";
import { routes } from "./routes.ts";

const matchRoute = createRouteMatcher(routes);

/** What a request has come to, for its answer, its line in the log and the count. */
interface Outcome {
  readonly result: Result<Response>;
  readonly route: Route | null;
  readonly caller: Caller | null;
  /** Of the limits that were looked at. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * The whole way of a request: identifiers, preflight, shield, route, identity, limits, the service, and the headers
 * that every answer carries.
 */
export async function handleRequest(
  request: Request,
  env: GatewayEnv,
  execution: ExecutionContext,
): Promise<Response> {
  const started = Date.now();
  const requestId = requestIdOf(request.headers);
  const traceparent = traceparentOf(request.headers);
  const log = createLogger("gateway", { request_id: requestId, traceparent });
  const outcome = await answerRequest(request, { requestId, traceparent }, { env, log });
  const { result, route, caller } = outcome;
  if (!result.ok) await linger(discardBody(request.body));
  const answer = result.ok ? result.value : problemResponse(result.error, requestId);
  const code = errorCodeOf(answer);
  const milliseconds = Date.now() - started;
  const routeName = route === null ? "unknown" : `${route.method} ${route.path}`;
  log.info("request", {
    ...(caller === null ? {} : callerFields(caller)),
    method: request.method,
    route: routeName,
    status: answer.status,
    duration: milliseconds,
    ...(code === null ? {} : { code }),
  });
  const caches = readCacheCounts(answer.headers);
  execution.waitUntil(countRequest(env, { route: routeName, milliseconds, code, caches }, Date.now()));
  return finish(request, answer, {
    ...securityHeaders(env.ENVIRONMENT),
    ...corsHeaders(request, env.CORS_ALLOWED_ORIGINS),
    ...outcome.headers,
    [REQUEST_ID_HEADER]: requestId,
  });
}

async function answerRequest(
  request: Request,
  trace: Pick<Caller, "requestId" | "traceparent">,
  context: GatewayContext,
): Promise<Outcome> {
  const { env, log } = context;
  let outcome: Outcome = { result: ok(new Response()), route: null, caller: null, headers: {} };
  try {
    const url = new URL(request.url);
    const shielded = await shieldAddress(env, request);
    if (!shielded.ok) return { ...outcome, result: shielded };
    if (request.method === "OPTIONS") return { ...outcome, result: await preflight(request, url, env) };
    const match = await matchRoute(request.method, url);
    if (!match.ok) return { ...outcome, result: match };
    outcome = { ...outcome, route: match.value.route };
    return await answerRoute(request, match.value, trace, context, outcome);
  } catch (cause) {
    log.error("request failed", { cause: describeCause(cause) });
    return {
      ...outcome,
      result: failed({
        code: "INTERNAL_ERROR",
        message: "Something went wrong on our side. Please try again; if it stays, tell us the request id.",
      }),
    };
  }
}

async function answerRoute(
  request: Request,
  match: RouteMatch<Route>,
  trace: Pick<Caller, "requestId" | "traceparent">,
  context: GatewayContext,
  outcome: Outcome,
): Promise<Outcome> {
  const { env, log } = context;
  const { route } = match;
  if (route.access === "public") {
    return { ...outcome, result: await dispatch(request, match, null, context) };
  }
  const identity = await authenticate(request.headers, env);
  if (!identity.ok) return { ...outcome, result: identity };
  const caller: Caller = { ...identity.value, ...trace };
  if (route.access === "admin" && caller.role !== "admin") {
    const result = failed({ code: "FORBIDDEN" as const, message: "This is for administrators." });
    return { ...outcome, caller, result };
  }
  if (route.rateCategory === null) {
    return { ...outcome, caller, result: await dispatch(request, match, caller, context) };
  }
  const { headers, result: limited } = await limitRate(env, caller.userId, route.rateCategory, log);
  const result = limited.ok ? await dispatch(request, match, caller, context) : limited;
  return { ...outcome, caller, headers, result };
}

/** Answers `OPTIONS`: the methods of the path, and to a page of an allowed origin what it may send. */
async function preflight(request: Request, url: URL, env: GatewayEnv): Promise<Result<Response>> {
  const reachable = await Promise.all(routes.map(({ method }) => matchRoute(method, url)));
  const matching = new Set(reachable.flatMap((match) => (match.ok ? [match.value.route] : [])));
  if (matching.size === 0) return failed({ code: "NOT_FOUND", message: "There is nothing at this path." });
  const cors = corsHeaders(request, env.CORS_ALLOWED_ORIGINS);
  const headers = preflightHeaders(cors, allowedMethods([...matching]));
  return ok(new Response(null, { status: 204, headers }));
}

function errorCodeOf(answer: Response): ErrorCode | null {
  const code = answer.headers.get(ERROR_CODE_HEADER);
  return ERROR_CODES.find((known) => known === code) ?? null;
}

/** The answer with the headers of every answer; without its body if it was asked for with HEAD. */
function finish(request: Request, answer: Response, headers: Readonly<Record<string, string>>): Response {
  const body = request.method === "HEAD" ? null : answer.body;
  if (request.method === "HEAD") void answer.body?.cancel();
  const finished = new Response(body, answer);
  for (const [name, value] of Object.entries(headers)) {
    if (name === "vary" && finished.headers.has("vary")) finished.headers.append("vary", value);
    else if (name === "content-security-policy" && finished.headers.has(name)) continue;
    else finished.headers.set(name, value);
  }
  for (const name of [ERROR_CODE_HEADER, CACHE_COUNTS_HEADER]) finished.headers.delete(name);
  return finished;
}
