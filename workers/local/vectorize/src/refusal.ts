/** The operations that fail by name, as Vectorize's binding words it. */
export type Operation = "VECTOR_QUERY" | "VECTOR_INSERT" | "VECTOR_UPSERT" | "VECTOR_GET" | "VECTOR_DELETE";

/** Why a request is refused: a code of Vectorize's, where it is known, and a sentence. */
export interface Refusal {
  readonly code: RefusalCode;
  readonly message: string;
}

/**
 * 40006: a query's vector has other dimensions; 40008: an id is too long; 40012: a vector to be stored has other dimensions;
 * 40023, 40026: vectors to be stored, or a query, aren't of the right form; 40025: too many matches are asked for. Vectorize
 * doesn't publish its codes: these are the ones that it was seen to answer with. 40000 stands for all the others.
 */
type RefusalCode = 40000 | 40006 | 40008 | 40012 | 40023 | 40025 | 40026;

/** A value, or why there is none. */
export type Checked<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refusal: Refusal };

export function accepted<Value>(value: Value): Checked<Value> {
  return { ok: true, value };
}

export function refused(
  code: RefusalCode,
  message: string,
): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal: { code, message } };
}

/** The value; throws the refusal in the words of Vectorize's binding, `VECTOR_QUERY_ERROR (code = 40006): …`. */
export function orThrow<Value>(operation: Operation, checked: Checked<Value>): Value {
  if (checked.ok) return checked.value;
  const { code, message } = checked.refusal;
  throw new Error(`${operation}_ERROR (code = ${code}): ${message}`, { cause: new Error(message) });
}
