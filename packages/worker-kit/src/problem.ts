import { ERRORS, type ProblemDetails, type ServiceError } from "@crescendai/contracts";

/** Where the documentation of the errors stands; `type` of a problem is a relative reference to it (RFC 9457 §3.1.1). */
const PROBLEM_TYPE = "/docs#error-";

/** An error as RFC 9457 problem details, with the headers that its kind calls for (`Allow`, `Retry-After`). */
export function problemResponse(error: ServiceError, requestId: string): Response {
  const { status, title } = ERRORS[error.code];
  const problem: ProblemDetails = {
    type: `${PROBLEM_TYPE}${error.code}`,
    title,
    status,
    detail: error.message,
    error: error.code,
    message: error.message,
    request_id: requestId,
    ...(error.errors === undefined ? {} : { errors: [...error.errors] }),
  };
  const headers = new Headers({
    "content-type": "application/problem+json",
    "cache-control": "no-store",
    [ERROR_CODE_HEADER]: error.code,
  });
  if (error.allow !== undefined) headers.set("allow", error.allow.join(", "));
  if (error.retryAfter !== undefined) headers.set("retry-after", String(Math.ceil(error.retryAfter)));
  if (error.code === "UNAUTHORIZED") headers.set("www-authenticate", 'Bearer realm="crescendai"');
  return new Response(JSON.stringify(problem), { status, headers });
}

/** Tells the gateway the code of an error without its reading the body; it doesn't leave the mesh. */
export const ERROR_CODE_HEADER = "x-crescendai-error";

/** JSON that belongs to one caller: never kept by a shared cache. */
export function jsonResponse(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return jsonTextResponse(JSON.stringify(body), status, headers);
}

/** The same of what is JSON text already. */
export function jsonTextResponse(text: string, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(text, {
    status,
    headers: { "content-type": "application/json", "cache-control": "no-store", ...headers },
  });
}
