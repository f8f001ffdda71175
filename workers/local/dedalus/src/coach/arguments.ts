import * as v from "valibot";
import type { Tool } from "../wire/read-request.ts";

/** What the coach can tell a tool. */
export interface KnownFacts {
  readonly query?: string;
  /** What documents of the library are to have: a dimension as analyses call it, a type, a level. */
  readonly filters?: Readonly<Record<string, string>>;
  readonly recordingId?: string;
  /** Newest first. */
  readonly recordingIds?: readonly string[];
  readonly goals?: string;
  readonly constraints?: string;
  readonly experience_level?: string;
  /** What is to be forgotten: words of entries, by the list they are in, and whole members of the player's context. */
  readonly repertoire?: string;
  readonly allOf?: readonly string[];
}

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
  const known = Object.entries(properties).flatMap(([name, schema]) => {
    const value = valueFor(name, facts);
    if (value === undefined) return [];
    return [[name, takesList(schema) && typeof value === "string" ? [value] : value] as const];
  });
  const given = Object.fromEntries(known);
  return required.every((name) => given[name] !== undefined) ? given : null;
}

/** Passages that are asked for: the nearest one rarely has the best exercise. */
const PASSAGES = 10;

/** Recordings that are asked for: as many as a tool gives, for any may be named. */
const RECORDINGS = 50;

function valueFor(name: string, facts: KnownFacts): unknown {
  const ids = facts.recordingIds ?? [];
  if (name === "query") return facts.query;
  if (name === "top_k") return PASSAGES;
  if (name === "filters") return facts.filters;
  if (name === "goals") return facts.goals;
  if (name === "constraints") return facts.constraints;
  if (name === "repertoire") return facts.repertoire;
  if (name === "experience_level") return facts.experience_level;
  if (name === "all_of") return facts.allOf;
  if (name === "limit") return RECORDINGS;
  if (name === "include_temporal") return true;
  if (name === "recording_ids") return ids.length < 2 ? undefined : ids.toReversed();
  if (!/recording|_id$/.test(name)) return undefined;
  if (/earlier|before|first|baseline|older|from/.test(name)) return ids[1];
  if (/later|after|second|newer|latest|to_/.test(name)) return ids[0];
  return name === "recording_id" ? facts.recordingId : undefined;
}

/** Whether a parameter takes a list of texts and nothing else. */
function takesList(schema: unknown): boolean {
  return v.safeParse(v.object({ type: v.literal("array") }), schema).success;
}
