/** What can be wrong with a recording. The code is for programs, the message a sentence for the player. */
export type ListeningErrorCode =
  | "UNSUPPORTED_FORMAT"
  | "UNSUPPORTED_CODEC"
  | "PROTECTED"
  | "DAMAGED"
  | "EMPTY_RECORDING";
export type ListeningError = { readonly code: ListeningErrorCode; readonly message: string };

/** A value or the reason there is none; errors are values (design §3.6). */
export type Result<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: ListeningError };

/** A result that holds a value. */
export function success<Value>(value: Value): Result<Value> {
  return { ok: true, value };
}

/** A result that holds an error. */
export function failure(code: ListeningErrorCode, message: string): Result<never> {
  return { ok: false, error: { code, message } };
}
