import * as v from "valibot";

/**
 * The JSON objects that stand in a text, outermost ones: tool results come as JSON that is wrapped as a quotation, and a
 * conversation's instructions may quote an analysis.
 */
export function embeddedObjects(text: string): unknown[] {
  const found: unknown[] = [];
  for (let start = text.indexOf("{"); start !== -1; ) {
    const end = endOfObject(text, start);
    const value = end === null ? undefined : parsed(text.slice(start, end));
    if (value !== undefined) found.push(value);
    start = text.indexOf("{", value === undefined || end === null ? start + 1 : end);
  }
  return found;
}

/** Where the braces that open at `start` are closed, strings left out; null if they aren't. */
function endOfObject(text: string, start: number): number | null {
  let depth = 0;
  let isInString = false;
  for (let at = start; at < text.length; at += 1) {
    const character = text[at];
    if (isInString) {
      if (character === "\\") at += 1;
      else if (character === '"') isInString = false;
    } else if (character === '"') isInString = true;
    else if (character === "{") depth += 1;
    else if (character === "}") {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
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
  const inner =
    typeof value === "string"
      ? embeddedObjects(value)
      : typeof value === "object" && value !== null
        ? Object.values(value)
        : [];
  for (const part of inner) {
    const match = findMatching(schema, part, depth + 1);
    if (match !== null) return match;
  }
  return null;
}
