import type { Analysis, Feedback, UserContext } from "@crescendai/contracts";
import { averages, pickReading } from "./averages.ts";
import { exerciseText } from "./exercise-text.ts";
import type { JobMeta } from "./meta.ts";
import { type Passage, readAnalysis } from "./reading.ts";
import type { Statement } from "./statement.ts";

/** Most things to work on at once. */
const MOST_FOCUS = 3;

/** The body of `POST /api/v1/feedback/:id`. */
export function composeFeedback(analysis: Analysis, context: UserContext, meta: JobMeta): Feedback {
  const reading = readAnalysis(analysis, context);
  return {
    recording_id: meta.recording_id,
    overall_assessment: {
      strengths: reading.strengths.map(({ observation }) => observation),
      areas_for_improvement: reading.areas.map(statementText),
      overall_score: analysis.dimensions.overall_quality.score,
      skill_level_estimate: null,
      dimension_scores: { ...averages(analysis.dimensions), ...pickReading(analysis, "score") },
    },
    temporal_feedback: reading.passages.map(passageFeedback),
    practice_recommendations: {
      immediate_focus: reading.areas.slice(0, MOST_FOCUS).map(({ advice }) => advice),
      long_term_goals: [...reading.goals],
      exercises: reading.exercises.map((exercise) => exerciseText(exercise, context)),
      estimated_improvement_timeline: null,
    },
    encouragement: reading.encouragement,
    citations: [],
    metadata: {
      model_version: analysis.model_version,
      analysis_timestamp: meta.completed_at ?? meta.updated_at,
      confidence: analysis.confidence,
      uncertainty: pickReading(analysis, "uncertainty"),
      unscored: pickReading(analysis, "reason"),
      perception: analysis.perception,
      heard: analysis.heard,
      duration: analysis.duration,
      analysed_duration: analysis.analysed_duration,
      notes: [reading.character, ...reading.limits, ...reading.fit],
    },
  };
}

function statementText({ observation, advice }: Statement): string {
  return `${observation} ${advice}`;
}

function passageFeedback({
  start,
  end,
  overview,
  statements,
}: Passage): Feedback["temporal_feedback"][number] {
  return {
    start_time: start,
    end_time: end,
    bar_range: null,
    observations: [
      ...(overview === null ? [] : [overview]),
      ...statements.map(({ observation }) => observation),
    ],
    specific_suggestions: statements.map(({ advice }) => advice),
  };
}
