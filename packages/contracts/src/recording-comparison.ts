import * as v from "valibot";
import { AnalysisSummarySchema } from "./analysis-summary.ts";
import { UuidSchema } from "./common.ts";
import { DimensionSchema } from "./dimensions.ts";

const { recording, status, dimensions, weakest } = AnalysisSummarySchema.entries;

/** A player's recordings side by side, and what has changed between two of them, as feedback says it. */
export const RecordingComparisonSchema = v.strictObject({
  /** Earliest first. One that wasn't listened to yet, or in which no music was heard, stands among them without scores. */
  recordings: v.array(v.strictObject({ ...recording.entries, status, dimensions, weakest })),
  /** Which two of them are compared, the earlier first; null where no two can be. */
  compared: v.nullable(
    v.strictObject({
      from: UuidSchema,
      to: UuidSchema,
      /** Whether they are takes of the same music, as far as can be heard: only then a change tells of the playing. */
      same_music: v.boolean(),
    }),
  ),
  /** How scores differ from the one to the other, in points, largest first; none where there is too little to go by. */
  changes: v.array(
    v.strictObject({
      dimension: DimensionSchema,
      from: v.number(),
      to: v.number(),
      change: v.number(),
      /** Half-width of the 80 % interval of the change. */
      uncertainty: v.number(),
      /** Whether the change is as large as that: anything smaller may be nothing. */
      certain: v.boolean(),
    }),
  ),
  /** Between takes of the same music: what has changed, in the words of feedback, plainest first. */
  statements: v.array(v.string()),
  /** What there is to say of the comparison itself. */
  notes: v.array(v.string()),
});
export type RecordingComparison = v.InferOutput<typeof RecordingComparisonSchema>;
