import { failed, ok, type Result, type ServiceError } from "@crescendai/contracts";
import { type IRequest, Router } from "itty-router";

/** By what a request finds its route. */
export interface RouteLike {
  readonly method: string;
  /** Pattern of the path, with parameters as `:name`. */
  readonly path: string;
}

/** The route that a request means, and what its address says. */
export interface RouteMatch<Route> {
  readonly route: Route;
  /** Path parameters, as they stand in the path. */
  readonly params: Readonly<Record<string, string>>;
  /** Query parameters; of one given twice, the last. */
  readonly query: Readonly<Record<string, string>>;
}

/** Finds the route of a method and an address, as `createRouteMatcher` describes. */
export type RouteMatcher<Route> = (method: string, url: URL) => Promise<Result<RouteMatch<Route>>>;

/**
 * Compiles a table of routes into the function that finds the route a method and a URL mean. A HEAD request is
 * answered by the GET route (RFC 9110 §9.3.2).
 *
 * @returns NOT_FOUND for a path that no route has, METHOD_NOT_ALLOWED with the methods it takes for a known path.
 */
export function createRouteMatcher<Route extends RouteLike>(routes: readonly Route[]): RouteMatcher<Route> {
  const router = Router<IRequest, [URL]>();
  for (const route of routes) {
    router.all(route.path, (request, url) =>
      request.method === route.method ? matchOf(route, request, url) : undefined,
    );
  }
  return async (method, url) => {
    // A plain object instead of the request: the router would write into it.
    const wanted = method === "HEAD" ? "GET" : method;
    const match: RouteMatch<Route> | undefined = await router.fetch({ method: wanted, url: url.href }, url);
    if (match !== undefined) return ok(match);
    const known = routes.filter((_, index) => router.routes[index]?.[1].test(url.pathname));
    return failed(known.length === 0 ? notFound(url) : methodNotAllowed(known, method));
  };
}

function matchOf<Route>(route: Route, request: IRequest, url: URL): RouteMatch<Route> {
  return { route, params: { ...request.params }, query: Object.fromEntries(url.searchParams) };
}

/** Longest path quoted in an error message, in characters. */
const MAX_QUOTED_PATH = 200;

function notFound(url: URL): ServiceError {
  return { code: "NOT_FOUND", message: `There is nothing at ${url.pathname.slice(0, MAX_QUOTED_PATH)}.` };
}

function methodNotAllowed(known: readonly RouteLike[], method: string): ServiceError {
  const allow = allowedMethods(known);
  return {
    code: "METHOD_NOT_ALLOWED",
    message: `${method} is not possible here; possible are ${allow.join(", ")}.`,
    allow,
  };
}

/** The methods of some routes with those that follow from them, for `Allow` (RFC 9110 §10.2.1). */
export function allowedMethods(routes: readonly RouteLike[]): string[] {
  const methods = new Set(routes.map(({ method }) => method));
  if (methods.has("GET")) methods.add("HEAD");
  return [...methods, "OPTIONS"];
}
