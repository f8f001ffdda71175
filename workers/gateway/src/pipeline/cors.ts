/** Headers that a page may send. */
const ALLOWED_HEADERS = [
  "Authorization",
  "Content-Type",
  "Idempotency-Key",
  "If-None-Match",
  "If-Range",
  "Last-Event-ID",
  "Prefer",
  "Range",
  "Traceparent",
  "X-API-Key",
  "X-Request-ID",
  "X-User-ID",
].join(", ");

/** Headers that a page may read. */
const EXPOSED_HEADERS = [
  "Accept-Ranges",
  "Content-Disposition",
  "Content-Range",
  "ETag",
  "Location",
  "RateLimit",
  "RateLimit-Policy",
  "Retry-After",
  "X-Request-ID",
].join(", ");

/** Seconds that a browser may keep a preflight's answer: what Chromium keeps at most. */
const PREFLIGHT_SECONDS = 7200;

/**
 * The CORS headers for a request (Fetch standard, §3.3): those of the one origin that asks, if it is allowed, and
 * none otherwise. `Vary` says in any case that the answer depends on it.
 *
 * @param allowedOrigins origins, separated by commas.
 */
export function corsHeaders(request: Request, allowedOrigins: string): Record<string, string> {
  const origin = request.headers.get("origin");
  if (origin === null || !parseOrigins(allowedOrigins).includes(origin)) return { vary: "Origin" };
  return {
    vary: "Origin",
    "access-control-allow-origin": origin,
    "access-control-expose-headers": EXPOSED_HEADERS,
  };
}

/** The origins that are named; a star names none, so that nobody opens the interface to every page by it. */
function parseOrigins(configured: string): string[] {
  return configured
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "" && entry !== "*");
}

/** What a preflight adds: the methods of this path, and what may be sent. Only for an allowed origin. */
export function preflightHeaders(
  cors: Record<string, string>,
  methods: readonly string[],
): Record<string, string> {
  const allow = methods.join(", ");
  if (cors["access-control-allow-origin"] === undefined) return { allow };
  return {
    allow,
    "access-control-allow-methods": allow,
    "access-control-allow-headers": ALLOWED_HEADERS,
    "access-control-max-age": String(PREFLIGHT_SECONDS),
  };
}
