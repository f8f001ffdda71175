import type { Feedback } from "@crescendai/contracts";
import { COMPOSED } from "../../src/composition/compose-feedback.ts";

/** All but the sentences that may be in other words. */
export function exceptWording({ overall_assessment, temporal_feedback, metadata, ...rest }: Feedback) {
  const { strengths, areas_for_improvement, ...assessment } = overall_assessment;
  return {
    ...rest,
    encouragement: "",
    overall_assessment: { ...assessment, counts: [strengths.length, areas_for_improvement.length] },
    temporal_feedback: temporal_feedback.map(({ observations, specific_suggestions, ...place }) => ({
      ...place,
      counts: [observations.length, specific_suggestions.length],
    })),
    metadata: { ...metadata, wording: COMPOSED, notes: metadata.notes.length },
  };
}
