import { type Caller, failed, type Result } from "@crescendai/contracts";
import { withCacheCounts } from "./cache-manager/counts.ts";
import { readCaller } from "./caller.ts";
import { callerFields, createLogger, describeCause, type Logger } from "./log.ts";
import { problemResponse } from "./problem.ts";
import { createRouteMatcher, type RouteLike, type RouteMatcher } from "./route-matching.ts";

/** What a handler gets besides the request. */
export interface HandlerContext<Env> {
  readonly env: Env;
  readonly caller: Caller;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly log: Logger;
}

/** Answers a request, or says what is wrong with it. */
export type Handler<Env> = (request: Request, context: HandlerContext<Env>) => Promise<Result<Response>>;

/** A route of a service and what answers it. */
export interface ServiceRoute<Env> extends RouteLike {
  readonly handler: Handler<Env>;
}

/** Answers any request to a service; never throws. */
export type ServiceRouter<Env> = (request: Request, env: Env) => Promise<Response>;

/**
 * The public side of a service: establishes the caller, finds the handler, and turns every error into a problem.
 * What an exception says goes to the log and never to the wire.
 */
export function createServiceRouter<Env>(
  service: string,
  routes: readonly ServiceRoute<Env>[],
): ServiceRouter<Env> {
  const matchRoute = createRouteMatcher(routes);
  return async (request, env) => {
    const caller = readCaller(request);
    if (!caller.ok) return problemResponse(caller.error, "");
    const log = createLogger(service, callerFields(caller.value));
    const answer = await dispatch(matchRoute, request, { env, caller: caller.value, log });
    return withCacheCounts(answer.ok ? answer.value : problemResponse(answer.error, caller.value.requestId));
  };
}

async function dispatch<Env>(
  matchRoute: RouteMatcher<ServiceRoute<Env>>,
  request: Request,
  context: Omit<HandlerContext<Env>, "params" | "query">,
): Promise<Result<Response>> {
  const match = await matchRoute(request.method, new URL(request.url));
  if (!match.ok) return match;
  const { route, params, query } = match.value;
  try {
    return await route.handler(request, { ...context, params, query });
  } catch (cause) {
    context.log.error("handler threw", { route: route.path, cause: describeCause(cause) });
    return failed({
      code: "INTERNAL_ERROR",
      message: "Something went wrong on our side. Please try again; if it stays, tell us the request id.",
    });
  }
}
