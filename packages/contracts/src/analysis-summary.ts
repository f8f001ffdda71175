import * as v from "valibot";
import { FindingSchema } from "./analysis.ts";
import { TimestampSchema, UuidSchema } from "./common.ts";
import { DIMENSIONS, DimensionSchema, entriesFor } from "./dimensions.ts";
import { RecordingStatusSchema } from "./recordings.ts";

/** What the coach is told of a recording: the feedback on it, in short. Times in seconds from its start. */
export const AnalysisSummarySchema = v.strictObject({
  recording: v.strictObject({
    id: UuidSchema,
    filename: v.string(),
    duration: v.number(),
    created_at: TimestampSchema,
  }),
  status: RecordingStatusSchema,
  /** Of the dimensions that have a score: 0 to 100, with the half-width of its 80 % interval. */
  dimensions: v.partial(
    v.strictObject(entriesFor(DIMENSIONS, v.strictObject({ score: v.number(), uncertainty: v.number() }))),
  ),
  /** The dimensions that read lowest, lowest first; `overall_quality`, the sum of the others, is never among them. */
  weakest: v.array(DimensionSchema),
  /**
   * The first of these in a sentence, with those too near to it to be told apart; null where no scores can be compared. A score
   * is no finding: what is to be worked on before all else is the first of `priorities`.
   */
  lowest: v.nullable(v.string()),
  strengths: v.array(v.string()),
  /** What to work on, most important first. */
  priorities: v.array(v.string()),
  findings: v.array(
    v.strictObject({
      kind: FindingSchema.entries.kind,
      start: v.number(),
      end: v.number(),
      observation: v.string(),
      suggestion: v.string(),
      dimension: v.nullable(DimensionSchema),
      evidence: FindingSchema.entries.evidence,
    }),
  ),
  /** What was heard in short, and the limits of the reading. */
  notes: v.array(v.string()),
  /** What to do about each of the priorities, in their order. */
  practice: v.array(
    v.strictObject({
      task: v.string(),
      minutes: v.number(),
      /** How the player will know: a clause after "when". */
      works_when: v.string(),
    }),
  ),
});
export type AnalysisSummary = v.InferOutput<typeof AnalysisSummarySchema>;
