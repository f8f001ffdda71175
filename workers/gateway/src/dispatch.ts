import { type Caller, failed, ok, type Result } from "@crescendai/contracts";
import { callerHeaders, describeCause, type Logger, type RouteMatch, validate } from "@crescendai/worker-kit";
import * as v from "valibot";
import { finishDeletion } from "./deletion.ts";
import { auditHandler } from "./handlers/audit.ts";
import { invalidateCachesHandler } from "./handlers/cache.ts";
import { docsHandler, openApiHandler } from "./handlers/documentation.ts";
import { healthHandler } from "./handlers/health.ts";
import { eraseHandler, exportHandler } from "./handlers/me.ts";
import type { OwnContext, OwnHandler } from "./handlers/own-handler.ts";
import { statusHandler } from "./handlers/status.ts";
import { limitBody, linger, payloadTooLarge } from "./pipeline/body-limit.ts";
import type { Route, ServiceName } from "./routes/route.ts";
import { serviceBinding } from "./services.ts";

/** The routes that the gateway answers itself. */
const OWN_HANDLERS: Readonly<Record<string, OwnHandler>> = {
  "GET /health": healthHandler,
  "GET /api/health": healthHandler,
  "GET /api/v1/health": healthHandler,
  "GET /api/status": statusHandler,
  "GET /openapi.json": openApiHandler,
  "GET /docs": docsHandler,
  "POST /api/v1/admin/cache/invalidate": invalidateCachesHandler,
  "GET /api/v1/audit": auditHandler,
  "GET /api/v1/me/export": exportHandler,
  "DELETE /api/v1/me": eraseHandler,
};

/** Headers of a request that services have no business with: credentials, and what only we may say. */
const WITHHELD_HEADERS = ["authorization", "x-api-key", "x-user-id", "cookie"];

/** The query of a route whose table entry describes none: a parameter would be a misunderstanding. */
const NO_QUERY = v.strictObject({});

/** What a request is answered with. */
export interface GatewayContext {
  readonly env: GatewayEnv;
  readonly log: Logger;
}

/** Answers a request whose route and caller are established: here, or by the service that the route names. */
export async function dispatch(
  request: Request,
  { route, params, query }: RouteMatch<Route>,
  caller: Caller | null,
  context: GatewayContext,
): Promise<Result<Response>> {
  const { env, log } = context;
  if (route.access !== "public" && route.query === undefined) {
    const unknown = validate(NO_QUERY, query, "query");
    if (!unknown.ok) return unknown;
  }
  if (route.service === "gateway") {
    return await answerItself(request, route, { env, caller, query, log });
  }
  if (caller === null) throw new Error(`a service's route must not be public: ${route.path}`);
  const answer = await callService(request, route, route.service, caller, context);
  if (answer.ok && answer.value.ok && route.method === "DELETE" && route.service === "recordings") {
    await finishDeletion(env, (params["id"] ?? "").toLowerCase(), log);
  }
  return answer;
}

async function answerItself(
  request: Request,
  route: Route,
  context: Omit<OwnContext, "request">,
): Promise<Result<Response>> {
  const handler = OWN_HANDLERS[`${route.method} ${route.path}`];
  if (handler === undefined) throw new Error(`no handler for ${route.path}`);
  if (route.body === undefined) return await handler({ ...context, request });
  const limited = limitBody(request, route.maxBodyBytes);
  if (!limited.ok) return limited;
  const { body, exceeded } = limited.value;
  const { url, method, headers } = request;
  try {
    return await handler({ ...context, request: new Request(url, { method, headers, body }) });
  } catch (cause) {
    if (exceeded()) return failed(payloadTooLarge(route.maxBodyBytes));
    throw cause;
  }
}

async function callService(
  request: Request,
  route: Route,
  service: Exclude<ServiceName, "gateway">,
  caller: Caller,
  { env, log }: GatewayContext,
): Promise<Result<Response>> {
  const limited = limitBody(request, route.maxBodyBytes);
  if (!limited.ok) return limited;
  const { body, exceeded, discardRest } = limited.value;
  const headers = new Headers(request.headers);
  for (const name of WITHHELD_HEADERS) headers.delete(name);
  for (const [name, value] of Object.entries(callerHeaders(caller))) headers.set(name, value);
  try {
    // A HEAD is asked as a GET, so that services need not know it; its body is dropped on the way out.
    const response = await serviceBinding(env, service).fetch(request.url, {
      method: route.method,
      headers,
      body: route.method === "GET" ? null : body,
      redirect: "manual",
    });
    if (!response.ok) await linger(discardRest());
    return exceeded() ? failed(payloadTooLarge(route.maxBodyBytes)) : ok(response);
  } catch (cause) {
    await linger(discardRest());
    if (exceeded()) return failed(payloadTooLarge(route.maxBodyBytes));
    log.error("service did not answer", { route: route.path, cause: `${service}: ${describeCause(cause)}` });
    return failed({
      code: "SERVICE_UNAVAILABLE",
      message: `The service ${service} does not answer just now. Please try again in a moment.`,
      retryAfter: 5,
    });
  }
}
