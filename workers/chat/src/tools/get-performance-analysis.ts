import { failed, ok, UuidSchema } from "@crescendai/contracts";
import * as v from "valibot";
import { defineTool, noSuchRecording, quoted } from "./tool.ts";

const ArgumentsSchema = v.strictObject({
  recording_id: UuidSchema,
  include_temporal: v.optional(v.boolean(), true),
});

/** What was heard in one of the player's recordings, and what to practise. */
export const getPerformanceAnalysis = defineTool(
  "get_performance_analysis",
  [
    "What was heard in one of the player's recordings: scores with uncertainty, weakest dimensions, strengths, priorities,",
    "practice and, with include_temporal, what was found at which seconds.",
  ].join(" "),
  ArgumentsSchema,
  async ({ recording_id, include_temporal }, { caller, services }) => {
    const found = await services.getAnalysis(caller.userId, recording_id);
    if (!found.ok) return found;
    if (found.value === null) return failed(noSuchRecording(recording_id));
    const { findings, ...summary } = found.value;
    return ok(quoted(include_temporal ? { ...summary, findings } : summary));
  },
);
