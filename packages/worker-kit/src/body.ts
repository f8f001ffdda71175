import { failed, ok, type Result } from "@crescendai/contracts";
import type * as v from "valibot";
import { validate } from "./validate.ts";

/**
 * Reads a request's body as JSON (RFC 8259: UTF-8, nothing else) of the given schema. The size is limited by the
 * gateway, on the bytes that arrive.
 *
 * @param whenEmpty what an empty body stands for, where a body is optional.
 * @returns the typed value; UNSUPPORTED_MEDIA_TYPE for a body that doesn't say it is JSON, VALIDATION_ERROR for
 * bytes that aren't UTF-8, text that isn't JSON, or JSON that isn't what is asked for.
 */
export async function readJson<Schema extends v.GenericSchema>(
  request: Request,
  schema: Schema,
  whenEmpty?: unknown,
): Promise<Result<v.InferOutput<Schema>>> {
  const bytes = await request.arrayBuffer();
  if (bytes.byteLength === 0 && whenEmpty !== undefined) return validate(schema, whenEmpty, "body");
  if (!isJsonContent(request.headers.get("content-type"))) {
    return failed({
      code: "UNSUPPORTED_MEDIA_TYPE",
      message: "Send the body as JSON, with the header Content-Type: application/json.",
    });
  }
  const json = parseJson(bytes, "body");
  return json.ok ? validate(schema, json.value, "body") : json;
}

/** Parses bytes as JSON; VALIDATION_ERROR says whether they aren't UTF-8 or aren't JSON. */
export function parseJson(bytes: ArrayBuffer | Uint8Array, where: string): Result<unknown> {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    return invalid(where, "is not valid UTF-8");
  }
  try {
    const value: unknown = JSON.parse(text);
    return ok(value);
  } catch {
    return invalid(where, text.trim() === "" ? "is empty, but must be JSON" : "is not valid JSON");
  }
}

function invalid(where: string, message: string): Result<never> {
  return failed({
    code: "VALIDATION_ERROR",
    message: `${where} ${message}.`,
    errors: [{ path: "", message }],
  });
}

function isJsonContent(contentType: string | null): boolean {
  const essence = contentType?.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  return essence === "application/json" || essence.endsWith("+json");
}
