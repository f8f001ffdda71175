import { ok, UuidSchema } from "@crescendai/contracts";
import * as v from "valibot";
import { defineTool, quoted } from "./tool.ts";

/** Most recordings that are compared at once. */
const MOST_COMPARED = 6;

const ArgumentsSchema = v.strictObject({
  recording_ids: v.pipe(
    v.array(UuidSchema),
    v.minLength(2, "must have at least 2 entries"),
    v.maxLength(MOST_COMPARED, `must have at most ${MOST_COMPARED} entries`),
    v.check((ids) => new Set(ids).size === ids.length, "must name different recordings"),
  ),
});

/** Progress over time: how the player's recordings differ, by the rules of feedback, which knows what music they are of. */
export const compareRecordings = defineTool(
  "compare_recordings",
  [
    "Progress over time: the scores of two to six of the player's recordings side by side, and what has changed between two of",
    "them: the newest that has an earlier take of the same music among them and the earliest such take, else the first and the",
    "last. Each change has its uncertainty; between recordings that aren't of the same music a change may be the music's.",
  ].join(" "),
  ArgumentsSchema,
  async ({ recording_ids }, { caller, services }) => {
    const comparison = await services.compareRecordings(caller.userId, recording_ids);
    return comparison.ok ? ok(quoted(comparison.value)) : comparison;
  },
);
