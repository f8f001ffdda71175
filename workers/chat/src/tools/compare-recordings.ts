import { failed, ok, UuidSchema } from "@crescendai/contracts";
import * as v from "valibot";
import { compareSummaries } from "./compare-summaries.ts";
import { defineTool, noSuchRecording, quoted } from "./tool.ts";

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

/** Progress over time: how the player's recordings differ, by dimension. */
export const compareRecordings = defineTool(
  "compare_recordings",
  [
    "Progress over time: the scores of two to six of the player's recordings side by side, and what changed from the",
    "earliest to the latest of those that have scores, each change with its uncertainty.",
  ].join(" "),
  ArgumentsSchema,
  async ({ recording_ids }, { caller, services }) => {
    const found = await Promise.all(recording_ids.map((id) => services.getAnalysis(caller.userId, id)));
    const summaries = [];
    for (const [index, summary] of found.entries()) {
      if (!summary.ok) return summary;
      if (summary.value === null) return failed(noSuchRecording(recording_ids[index] ?? ""));
      summaries.push(summary.value);
    }
    return ok(quoted(compareSummaries(summaries)));
  },
);
