import * as v from "valibot";
import type { Tool } from "../wire/read-request.ts";

/** What the coach can tell a tool, by the name of the parameter. */
export interface KnownFacts {
  readonly query?: string;
  /** What documents of the library are to have: a dimension as analyses call it, a type, a level. */
  readonly filters?: Readonly<Record<string, string>>;
  readonly recording_id?: string;
  /** Two at least, the oldest first. */
  readonly recording_ids?: readonly string[];
  readonly goals?: readonly string[];
  readonly constraints?: readonly string[];
  readonly repertoire?: readonly string[];
  readonly experience_level?: string;
  /** Whole members of the player's context that are to be forgotten. */
  readonly all_of?: readonly string[];
}

/** What any tool is told that asks for it. */
const ALWAYS = {
  /** Passages: the nearest one rarely has the best exercise. */
  top_k: 10,
  /** Recordings: as many as a tool gives, for any may be named. */
  limit: 50,
  include_temporal: true,
};

const ParametersSchema = v.object({
  properties: v.optional(v.record(v.string(), v.unknown()), {}),
  required: v.optional(v.array(v.string()), []),
});

/**
 * The arguments of a tool, as its schema asks for them; null if something is required that the coach doesn't know. What is
 * optional is left out, but for what it knows.
 */
export function argumentsFor(tool: Tool, facts: KnownFacts): Record<string, unknown> | null {
  const parsed = v.safeParse(ParametersSchema, tool.parameters);
  const { properties, required } = parsed.success ? parsed.output : { properties: {}, required: [] };
  const known = Object.entries({ ...facts, ...ALWAYS });
  const given = Object.fromEntries(known.filter(([name]) => name in properties));
  return required.every((name) => name in given) ? given : null;
}
