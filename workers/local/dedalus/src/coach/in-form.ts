import * as v from "valibot";
import type { Message } from "../wire/messages.ts";
import { embeddedObjects } from "./embedded-json.ts";

const ShapeSchema = v.object({ required: v.optional(v.array(v.string()), []) });

/**
 * An answer in a form: what was given in that form already, unchanged. The coach has no words of its own; of a form that
 * nothing was given in it can only give an empty object, which isn't of it, and is refused by whoever checks.
 */
export function answerInForm(
  messages: readonly Message[],
  schema: Readonly<Record<string, unknown>>,
): string {
  const { required } = v.parse(ShapeSchema, schema);
  const given = messages
    .filter(({ role }) => role !== "assistant")
    .flatMap(({ content }) => embeddedObjects(content ?? ""))
    .findLast(
      (value) => typeof value === "object" && value !== null && required.every((name) => name in value),
    );
  return JSON.stringify(given ?? {});
}
