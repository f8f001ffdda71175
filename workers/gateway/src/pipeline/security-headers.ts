/** An interface that serves data to programs: nothing may be loaded by it, framed by others, or posted from it. */
const API_CONTENT_SECURITY_POLICY =
  "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The page at /docs has a style sheet of its own inside, and nothing else. */
export const PAGE_CONTENT_SECURITY_POLICY = `${API_CONTENT_SECURITY_POLICY}; style-src 'unsafe-inline'`;

/** Two years, as the preload list of browsers asks for; only where there is HTTPS. */
const STRICT_TRANSPORT_SECURITY = "max-age=63072000; includeSubDomains; preload";

/** The headers of every answer, errors included. */
export function securityHeaders(environment: string): Record<string, string> {
  return {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "content-security-policy": API_CONTENT_SECURITY_POLICY,
    "referrer-policy": "no-referrer",
    ...(environment === "local" ? {} : { "strict-transport-security": STRICT_TRANSPORT_SECURITY }),
  };
}
