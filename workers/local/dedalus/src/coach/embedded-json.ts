import * as v from "valibot";

/**
 * The JSON objects that stand in a text, a line each: tool results come as JSON that is wrapped as a quotation, and the
 * instructions of a conversation may quote an analysis.
 */
export function embeddedObjects(text: string): unknown[] {
  return text.split("\n").flatMap((line) => {
    try {
      return [JSON.parse(line.slice(line.indexOf("{"), line.lastIndexOf("}") + 1))];
    } catch {
      return [];
    }
  });
}

/** Deepest that something is looked for inside of a wrapping. */
const DEEPEST = 4;

/** The first value of a schema in some JSON, the outermost first; a string may hold JSON again. */
export function findMatching<Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
  depth = 0,
): v.InferOutput<Schema> | null {
  const whole = v.safeParse(schema, value);
  if (whole.success) return whole.output;
  if (depth === DEEPEST) return null;
  const parts = typeof value === "string" ? embeddedObjects(value) : Object.values(Object(value));
  for (const part of parts) {
    const match = findMatching(schema, part, depth + 1);
    if (match !== null) return match;
  }
  return null;
}
