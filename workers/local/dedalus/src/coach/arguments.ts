import * as v from "valibot";
import type { Tool } from "../wire/read-request.ts";

/** What the coach can tell a tool, by the name of the parameter: what to search for, which recordings, what the player told. */
export type KnownFacts = Readonly<Record<string, unknown>>;

/** What any tool is told that asks for it. */
const ALWAYS = {
  /** Passages: the nearest one rarely has the best exercise. */
  top_k: 10,
  /** Recordings: as many as a tool gives, for any may be named. */
  limit: 50,
  include_temporal: true,
};

const ParametersSchema = v.object({
  properties: v.fallback(v.record(v.string(), v.unknown()), {}),
  required: v.fallback(v.array(v.string()), []),
});

/**
 * The arguments of a tool, as its schema asks for them; null if something is required that the coach doesn't know. What is
 * optional is left out, but for what it knows.
 */
export function argumentsFor(tool: Tool, facts: KnownFacts): Record<string, unknown> | null {
  const { properties, required } = v.parse(ParametersSchema, tool.parameters);
  const known = Object.entries({ ...facts, ...ALWAYS });
  const given = Object.fromEntries(known.filter(([name]) => name in properties));
  return required.every((name) => name in given) ? given : null;
}
