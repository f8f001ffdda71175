import type { AnalysisResult } from "@crescendai/contracts";
import type { Sources } from "../library/choose-sources.ts";
import { citeInWords } from "../library/citations.ts";
import type { JobMeta } from "./meta.ts";
import type { Passage } from "./passages.ts";
import { approachText, markOwn, outcomeText, skillLabel, taskText } from "./practice/exercise-text.ts";
import type { Reading } from "./reading.ts";
import { isArea } from "./statement.ts";
import { clockSpan } from "./wording.ts";

/**
 * The body of `GET /api/v1/result/:job_id`, in the shape that the web client reads, which has no list of citations: sources
 * are named in words. The same input gives the same body, letter for letter.
 */
export function composeResult(
  reading: Reading,
  meta: JobMeta,
  { exercises, goals }: Sources,
): AnalysisResult {
  return {
    id: meta.job_id,
    status: "completed",
    file_id: meta.recording_id,
    overall_assessment: {
      strengths: [...reading.strengths],
      priority_areas: reading.priorities.filter(isArea).map(({ why }) => why),
      performance_character: [...reading.character, ...reading.essential].join(" "),
    },
    temporal_feedback: reading.passages.map(passageResult),
    practice_recommendations: {
      immediate_priorities: reading.priorities.map((priority, index) => ({
        skill_area: skillLabel(priority),
        specific_exercise: markOwn(
          taskText(priority, exercises.get(index), citeInWords),
          exercises.get(index),
        ),
        expected_outcome: outcomeText(priority),
      })),
      long_term_development: reading.goals.map((goal, index) => ({
        musical_aspect: goal.aspect,
        development_approach: approachText(goal, goals.get(index), citeInWords),
        repertoire_suggestions: goal.repertoire,
      })),
    },
    encouragement: reading.encouragement,
    created_at: meta.created_at,
    processing_time: secondsBetween(meta.started_at, meta.completed_at),
  };
}

function passageResult({
  start,
  end,
  insights,
  focus,
}: Passage): AnalysisResult["temporal_feedback"][number] {
  return {
    timestamp: clockSpan(start, end),
    insights: insights.map(({ category, observation, advice, reference }) => ({
      category,
      observation,
      actionable_advice: advice,
      score_reference: reference,
    })),
    practice_focus: focus,
  };
}

/** Seconds between two instants, to the millisecond; null where one isn't known. */
function secondsBetween(start: string | null, end: string | null): number | null {
  if (start === null || end === null) return null;
  return Math.max(0, (Date.parse(end) - Date.parse(start)) / 1000);
}
