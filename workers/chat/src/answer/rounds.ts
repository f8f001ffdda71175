import { type ToolUse, UuidSchema } from "@crescendai/contracts";
import * as v from "valibot";

/*
 * How an answer is kept: in rounds. In each the model says something, calls tools, and gets their results; the last one calls
 * none. A call stands together with its result, so that no history can have the one without the other.
 */

const ToolCallRecordSchema = v.strictObject({
  id: v.string(),
  name: v.string(),
  /** JSON of an object. */
  arguments: v.string(),
  /** JSON. */
  result: v.string(),
});
export type ToolCallRecord = v.InferOutput<typeof ToolCallRecordSchema>;

/** One answer of the model within a turn: what it said, and the tools that it called, each with its result. */
export const RoundSchema = v.strictObject({ said: v.string(), calls: v.array(ToolCallRecordSchema) });
export type Round = v.InferOutput<typeof RoundSchema>;

/** The calls of an answer as a client reads them. */
export function toolUses(rounds: readonly Round[]): ToolUse[] {
  return rounds.flatMap(({ calls }) =>
    calls.map((call) => ({
      tool: call.name,
      arguments: parsed(call.arguments),
      result: parsed(call.result),
    })),
  );
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/gi;

/** Tools whose arguments and results speak of no recording, whatever ids are in them. */
const WITHOUT_RECORDINGS = new Set(["search_knowledge_base"]);

/** The ids of the recordings that calls or their results speak of; one that a tool didn't find is none of the player's. */
export function recordingsMentioned(rounds: readonly Round[]): string[] {
  const ids = rounds
    .flatMap(({ calls }) => calls)
    .filter(({ name }) => !WITHOUT_RECORDINGS.has(name))
    .flatMap((call) => {
      const missing = new Set(idsIn(missingOf(call.result)));
      return idsIn(`${call.arguments} ${call.result}`).filter((id) => !missing.has(id));
    });
  return [...new Set(ids)];
}

function idsIn(text: string): string[] {
  return (text.match(UUID) ?? []).map((id) => v.parse(UuidSchema, id));
}

/** What a tool says of what it didn't find; empty if it found all. */
function missingOf(result: string): string {
  const read = v.safeParse(NotFoundSchema, parsed(result));
  return read.success ? read.output.error.message : "";
}

const NotFoundSchema = v.object({ error: v.object({ code: v.literal("NOT_FOUND"), message: v.string() }) });

/** What stands in place of a result about a recording that is deleted. */
const FORGOTTEN = JSON.stringify({
  error: { code: "NOT_FOUND", message: "A recording that this spoke of was deleted." },
});

/** The rounds without the results, and the arguments, that speak of a recording. */
export function withoutRecording(rounds: readonly Round[], recordingId: string): Round[] {
  const speaksOfIt = (text: string) => text.toLowerCase().includes(recordingId.toLowerCase());
  return rounds.map(({ said, calls }) => ({
    said,
    calls: calls.map((call) =>
      speaksOfIt(call.arguments) || speaksOfIt(call.result)
        ? { ...call, arguments: "{}", result: FORGOTTEN }
        : call,
    ),
  }));
}
