import type { Analysis, Feedback, UserContext } from "@crescendai/contracts";
import { averages, pickReading } from "./dimension-values.ts";
import type { History } from "./history.ts";
import type { JobMeta } from "./meta.ts";
import type { Passage } from "./passages.ts";
import { exerciseText, skillLabel } from "./practice/exercise-text.ts";
import { type Reading, readAnalysis } from "./reading.ts";
import type { Exercise } from "./statement.ts";

/**
 * The body of `POST /api/v1/feedback/:id`. The same input gives the same body, letter for letter.
 *
 * @param history the player's earlier recordings, newest first, made before this one.
 */
export function composeFeedback(
  analysis: Analysis,
  context: UserContext,
  meta: JobMeta,
  history: History = [],
): Feedback {
  const reading = readAnalysis(analysis, context, history, meta.created_at);
  return {
    recording_id: meta.recording_id,
    overall_assessment: {
      strengths: [...reading.strengths],
      areas_for_improvement: reading.priorities.filter(isArea).map(({ why }) => why),
      overall_score: analysis.dimensions.overall_quality.score,
      // Listeners rated advanced players only: nothing there tells a beginner from an intermediate player.
      skill_level_estimate: null,
      dimension_scores: { ...averages(analysis.dimensions), ...pickReading(analysis, "score") },
    },
    temporal_feedback: reading.passages.map(passageFeedback),
    practice_recommendations: {
      immediate_focus: reading.priorities.map((priority) => `${skillLabel(priority)}. ${priority.focus}`),
      long_term_goals: reading.goals.map(({ aspect, approach }) => `${aspect}: ${approach}`),
      exercises: reading.priorities.map(exerciseText),
      estimated_improvement_timeline: timeline(reading),
    },
    encouragement: reading.encouragement,
    citations: [],
    metadata: metadataOf(analysis, reading, meta),
  };
}

function metadataOf(analysis: Analysis, reading: Reading, meta: JobMeta): Feedback["metadata"] {
  const { earlier, changes } = reading.progress;
  return {
    model_version: analysis.model_version,
    analysis_timestamp: meta.completed_at ?? meta.updated_at,
    confidence: analysis.confidence,
    uncertainty: pickReading(analysis, "uncertainty"),
    basis: pickReading(analysis, "basis"),
    unscored: pickReading(analysis, "reason"),
    perception: analysis.perception,
    perception_uncertainty: analysis.perception_uncertainty,
    heard: analysis.heard,
    duration: analysis.duration,
    analysed_duration: analysis.analysed_duration,
    compared_with:
      earlier === null
        ? []
        : [
            {
              recording_id: earlier.recording_id,
              created_at: earlier.created_at,
              same_music: earlier.same_music,
            },
          ],
    changes: changes.map(({ of, unit, before, now, direction }) => ({ of, unit, before, now, direction })),
    notes: [...reading.character, ...reading.essential, ...reading.notes],
  };
}

/** Whether something is proposed because it may be better, not to keep, extend or only look up what is there. */
export function isArea({ reason }: Exercise): boolean {
  return reason !== "keep" && reason !== "goal" && reason !== "ask";
}

/** When to look again, in place of a promise that no recording can make. */
function timeline({ priorities }: Reading): string | null {
  return priorities.length === 0
    ? null
    : "How fast it will come can't be told from a recording. Practise for about a week, record the same music again, and what has changed will be measured.";
}

function passageFeedback({ start, end, insights }: Passage): Feedback["temporal_feedback"][number] {
  return {
    start_time: start,
    end_time: end,
    bar_range: null,
    observations: insights.map(({ observation }) => observation),
    specific_suggestions: insights.map(({ advice }) => advice),
  };
}
