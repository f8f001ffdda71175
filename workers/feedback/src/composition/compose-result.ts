import type { Analysis, AnalysisResult, UserContext } from "@crescendai/contracts";
import { exerciseText } from "./exercise-text.ts";
import type { JobMeta } from "./meta.ts";
import { type Passage, type Reading, readAnalysis } from "./reading.ts";
import type { Statement } from "./statement.ts";
import { clockSpan, quoted } from "./wording.ts";

/** The body of `GET /api/v1/result/:job_id`, in the shape that the web client reads. */
export function composeResult(analysis: Analysis, context: UserContext, meta: JobMeta): AnalysisResult {
  const reading = readAnalysis(analysis, context);
  return {
    id: meta.job_id,
    status: "completed",
    file_id: meta.recording_id,
    overall_assessment: {
      strengths: reading.strengths.map(({ observation }) => observation),
      priority_areas: reading.areas.map(({ observation, advice }) => `${observation} ${advice}`),
      performance_character: [reading.character, ...reading.limits].join(" "),
    },
    temporal_feedback: reading.passages.map(passageResult),
    practice_recommendations: {
      immediate_priorities: reading.exercises.map((exercise) => ({
        skill_area: exercise.skillArea,
        specific_exercise: exerciseText(exercise, context),
        expected_outcome: sentence(exercise.success),
      })),
      long_term_development: longTerm(reading, context),
    },
    encouragement: reading.encouragement,
    created_at: meta.created_at,
    processing_time: secondsBetween(meta.started_at, meta.completed_at),
  };
}

function passageResult({
  start,
  end,
  overview,
  statements,
}: Passage): AnalysisResult["temporal_feedback"][number] {
  const general =
    overview === null ? [] : [insight("Overview", overview, "No change follows from this alone.", null)];
  const weightiest = statements.find(({ weight }) => weight === "area") ?? statements[0];
  return {
    timestamp: clockSpan(start, end),
    insights: [...general, ...statements.map(statementInsight)],
    practice_focus: weightiest?.advice ?? "Nothing measured here calls for work.",
  };
}

function statementInsight({ category, observation, advice, measured }: Statement) {
  return insight(category, observation, advice, measured);
}

function insight(category: string, observation: string, advice: string, measured: string | null) {
  const reference = measured === null ? "Not scored." : `Not scored; measured: ${measured}.`;
  return { category, observation, actionable_advice: advice, score_reference: reference };
}

function longTerm(reading: Reading, context: UserContext) {
  const pieces = context.repertoire.slice(0, 3).map(quoted).join(", ");
  const suggestions =
    pieces === ""
      ? "None: neither this piece nor your repertoire is known."
      : `From your repertoire: ${pieces}.`;
  return reading.goals.map((goal) => ({
    musical_aspect: "Your goals",
    development_approach: goal,
    repertoire_suggestions: suggestions,
  }));
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** Seconds between two instants, to the millisecond; null where one isn't known. */
function secondsBetween(start: string | null, end: string | null): number | null {
  if (start === null || end === null) return null;
  return Math.max(0, (Date.parse(end) - Date.parse(start)) / 1000);
}
