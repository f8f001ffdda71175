import type { Analysis, Feedback } from "@crescendai/contracts";
import type { Source, Sources } from "../library/choose-sources.ts";
import { type Citations, numberCitations, titleInWords } from "../library/citations.ts";
import { averages, pickReading } from "./dimension-values.ts";
import type { JobMeta } from "./meta.ts";
import type { Passage } from "./passages.ts";
import { approachText, exerciseText, markOwn, skillLabel } from "./practice/exercise-text.ts";
import type { Reading } from "./reading.ts";
import { isArea, type Proposal } from "./statement.ts";

/** What the library gave, and how completely it answered. */
export interface Consulted {
  readonly sources: Sources;
  readonly knowledge: Feedback["metadata"]["knowledge"];
}

/** The wording of what no language model has reworded. */
export const COMPOSED: Feedback["metadata"]["wording"] = { by: "composed", model: null };

/**
 * The body of `POST /api/v1/feedback/:id`. The same input gives the same body, letter for letter.
 *
 * @param reading of the analysis, for the player.
 * @param wording whose words the reading is in.
 */
export function composeFeedback(
  analysis: Analysis,
  reading: Reading,
  meta: JobMeta,
  consulted: Consulted,
  wording: Feedback["metadata"]["wording"] = COMPOSED,
): Feedback {
  const { exercises, goals } = consulted.sources;
  const citations = numberCitations(consulted.sources);
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
      immediate_focus: reading.priorities.map((priority, index) =>
        focusText(priority, exercises.get(index), citations),
      ),
      long_term_goals: reading.goals.map(
        (goal, index) => `${goal.aspect}: ${approachText(goal, goals.get(index), citations.cite)}`,
      ),
      exercises: reading.priorities.map((priority, index) =>
        exerciseText(priority, exercises.get(index), citations.cite),
      ),
      estimated_improvement_timeline: timeline(reading),
    },
    encouragement: reading.encouragement,
    citations: citations.list,
    metadata: {
      ...metadataOf(analysis, reading, meta),
      knowledge: consulted.knowledge,
      wording,
      sources: {
        exercises: reading.priorities.map((_, index) => citations.numbersOf(exercises.get(index))),
        long_term_goals: reading.goals.map((_, index) => citations.numbersOf(goals.get(index))),
      },
    },
  };
}

function focusText(priority: Proposal, source: Source | undefined, { numbersOf }: Citations): string {
  const numbers = numbersOf(source).map((number) => ` [${number}]`);
  return markOwn(`${skillLabel(priority)}. ${aimText(priority, source)}${numbers.join("")}`, source);
}

/**
 * What to aim at. Where nothing was found, our own words for it belong to our own exercise: if another is quoted in its place, it
 * is called by the document that it's from.
 */
function aimText({ reason, focus, place }: Proposal, source: Source | undefined): string {
  const practice = source?.practice ?? null;
  const found = reason === "heard" || reason === "ask" || reason === "keep";
  return practice === null || found ? focus : `For ${place}, with ${titleInWords(practice)}.`;
}

function metadataOf(
  analysis: Analysis,
  reading: Reading,
  meta: JobMeta,
): Omit<Feedback["metadata"], "knowledge" | "wording" | "sources"> {
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
