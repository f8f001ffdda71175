import * as v from "valibot";
import { entriesFor, PERCEPTUAL_SCALES } from "./dimensions.ts";

/** 0 to 1; `NaN` and infinity aren't numbers of JSON, and neither passes. */
const ShareSchema = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

/**
 * What a remote analyser answers (docs/remote-analyser.md): its reading of the 19 perceptual scales. What else it says
 * is not looked at, so that it may say more tomorrow.
 */
export const RemoteAnalysisSchema = v.object({
  /** Which model answers, and which version of it: "mert-330m-2". */
  model_version: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9._-]{0,63}$/)),
  perception: v.strictObject(entriesFor(PERCEPTUAL_SCALES, ShareSchema)),
  /** Half-width of the 80 % interval of each scale, in its own unit. */
  perception_uncertainty: v.optional(v.strictObject(entriesFor(PERCEPTUAL_SCALES, ShareSchema))),
});
export type RemoteAnalysis = v.InferOutput<typeof RemoteAnalysisSchema>;
