import { type FieldError, failed, ok, type Result } from "@crescendai/contracts";
import * as v from "valibot";

/** Most faults named in one answer: enough to mend a form, short enough for hostile input. */
const MAX_FIELD_ERRORS = 20;

/**
 * Reads `input` as what `schema` describes.
 *
 * @param where what the input is, as the caller knows it: "body", "query", "metadata".
 * @returns the typed value, or VALIDATION_ERROR that names every fault (up to 20).
 */
export function validate<Schema extends v.GenericSchema>(
  schema: Schema,
  input: unknown,
  where: string,
): Result<v.InferOutput<Schema>> {
  // Valibot takes an empty list for an object whose fields are all optional.
  if (schema.type === "strict_object" && Array.isArray(input)) {
    return invalid(where, [{ path: "", message: "must be an object, but is a list" }]);
  }
  const parsed = v.safeParse(schema, input, { abortPipeEarly: true });
  if (parsed.success) return ok(parsed.output);
  return invalid(where, parsed.issues.slice(0, MAX_FIELD_ERRORS).map(toFieldError));
}

function invalid(where: string, errors: readonly FieldError[]): Result<never> {
  const first = errors[0];
  const place = first === undefined || first.path === "" ? where : `${where}: ${first.path}`;
  return failed({
    code: "VALIDATION_ERROR",
    message: `${place} ${first?.message ?? "is not valid"}.`,
    errors,
  });
}

function toFieldError(issue: v.BaseIssue<unknown>): FieldError {
  const path = shortened(v.getDotPath(issue) ?? "");
  if (issue.expected === "never") return { path, message: "is not a known field" };
  if (issue.received === "undefined") return { path, message: "is missing" };
  if (issue.message.startsWith("Invalid ")) {
    return { path, message: `must be ${issue.expected ?? "valid"}, but is ${shortened(issue.received)}` };
  }
  return { path, message: issue.message };
}

/** Longest quotation of the caller's own input in an error message, in characters. */
const MAX_QUOTED = 60;

function shortened(text: string): string {
  const quoted = text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED)}…` : text;
  return quoted.toWellFormed();
}
