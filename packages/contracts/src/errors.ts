import * as v from "valibot";

/**
 * Every error code of the public interface with its HTTP status and title (RFC 9457 §3.1). Errors are values: a
 * class doesn't survive RPC, a `code` does, so that is what is branched on.
 */
export const ERRORS = {
  VALIDATION_ERROR: { status: 400, title: "The request is not valid" },
  UNAUTHORIZED: { status: 401, title: "Credentials are missing or not known" },
  FORBIDDEN: { status: 403, title: "This caller may not do that" },
  NOT_FOUND: { status: 404, title: "There is no such thing" },
  METHOD_NOT_ALLOWED: { status: 405, title: "The method is not allowed here" },
  CONFLICT: { status: 409, title: "The request conflicts with what is stored" },
  PAYLOAD_TOO_LARGE: { status: 413, title: "The request is too large" },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: "The format is not supported" },
  RATE_LIMIT_EXCEEDED: { status: 429, title: "Too many requests" },
  DATABASE_ERROR: { status: 500, title: "The database did not answer" },
  STORAGE_ERROR: { status: 500, title: "The storage did not answer" },
  INTERNAL_ERROR: { status: 500, title: "Something went wrong on our side" },
  CONFIGURATION_ERROR: { status: 500, title: "The server is not configured" },
  AI_SERVICE_ERROR: { status: 502, title: "The language model did not answer" },
  SERVICE_UNAVAILABLE: { status: 503, title: "A part of the service is not available" },
} as const;

/** The code of an error: it says what went wrong, and `ERRORS` the status that goes with it. */
export type ErrorCode = keyof typeof ERRORS;

/** All codes, as `v.picklist` takes them. */
export const ERROR_CODES = [
  "VALIDATION_ERROR",
  "UNAUTHORIZED",
  "FORBIDDEN",
  "NOT_FOUND",
  "METHOD_NOT_ALLOWED",
  "CONFLICT",
  "PAYLOAD_TOO_LARGE",
  "UNSUPPORTED_MEDIA_TYPE",
  "RATE_LIMIT_EXCEEDED",
  "DATABASE_ERROR",
  "STORAGE_ERROR",
  "INTERNAL_ERROR",
  "CONFIGURATION_ERROR",
  "AI_SERVICE_ERROR",
  "SERVICE_UNAVAILABLE",
] as const satisfies readonly ErrorCode[];

/** One thing that is wrong with a request: where, and what. `path` is a dotted path, "" for the whole. */
export const FieldErrorSchema = v.strictObject({ path: v.string(), message: v.string() });
export type FieldError = v.InferOutput<typeof FieldErrorSchema>;

/** RFC 9457 problem details, with the members the web client reads (`error`, `message`). */
export const ProblemDetailsSchema = v.strictObject({
  type: v.string(),
  title: v.string(),
  status: v.number(),
  detail: v.string(),
  error: v.picklist(ERROR_CODES),
  message: v.string(),
  request_id: v.string(),
  errors: v.optional(v.array(FieldErrorSchema)),
});
export type ProblemDetails = v.InferOutput<typeof ProblemDetailsSchema>;

/** What went wrong, as a value: safe to send to the caller. What must stay inside goes to the log instead. */
export interface ServiceError {
  readonly code: ErrorCode;
  /** A sentence that says what happened and what to do. */
  readonly message: string;
  readonly errors?: readonly FieldError[];
  /** Seconds after which trying again makes sense. */
  readonly retryAfter?: number;
  /** The methods a known path takes: `Allow` of a 405. */
  readonly allow?: readonly string[];
}

/** What came of something that may fail: a value, or why there is none. It crosses RPC as it is. */
export type Result<Value, Failure = ServiceError> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: Failure };

/** A result with a value. */
export function ok<Value>(value: Value): { readonly ok: true; readonly value: Value } {
  return { ok: true, value };
}

/** A result without one: why there is none. */
export function failed<Failure>(error: Failure): { readonly ok: false; readonly error: Failure } {
  return { ok: false, error };
}
