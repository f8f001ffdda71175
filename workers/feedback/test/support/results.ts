import type { Result } from "@crescendai/contracts";

/** The value of a result that a test takes for granted. */
export function unwrap<Value, Failure>(result: Result<Value, Failure>): Value {
  if (!result.ok) throw new Error(`expected a value, got ${JSON.stringify(result.error)}`);
  return result.value;
}

/** What a test takes for granted to be there. */
export function present<Value>(value: Value | null | undefined): Value {
  if (value === null || value === undefined) throw new Error("expected something to be there");
  return value;
}
