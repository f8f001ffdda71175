import * as v from "valibot";
import { DimensionReadingSchema } from "./analysis.ts";
import { TimestampSchema, UuidSchema } from "./common.ts";
import { DIMENSIONS, entriesFor, PERCEPTUAL_SCALES } from "./dimensions.ts";

/** A score from 0 to 100; null where there is no basis for one. */
const ScoreSchema = v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(100)));

/** A passage of the library that a recommendation rests on: quoted material, whatever it says. */
export const CitationSchema = v.strictObject({
  /** From 1, in the order in which they first appear. Stands in the text as "[1]". */
  number: v.number(),
  document_id: v.string(),
  chunk_id: v.string(),
  title: v.string(),
  author: v.nullable(v.string()),
  /** Word for word as in the document, with its line breaks and marks. */
  excerpt: v.string(),
});

/** Answer of `POST /api/v1/feedback/:id`. Times are seconds from the start of the recording. */
export const FeedbackSchema = v.strictObject({
  recording_id: UuidSchema,
  overall_assessment: v.strictObject({
    strengths: v.array(v.string()),
    areas_for_improvement: v.array(v.string()),
    /** The reading of `overall_quality`: a hint, with its uncertainty in the metadata. */
    overall_score: ScoreSchema,
    /** Null: the ratings that the model was fitted to tell no level. */
    skill_level_estimate: v.nullable(v.string()),
    dimension_scores: v.strictObject({
      technical_average: ScoreSchema,
      interpretive_average: ScoreSchema,
      ...entriesFor(DIMENSIONS, ScoreSchema),
    }),
  }),
  temporal_feedback: v.array(
    v.strictObject({
      start_time: v.number(),
      end_time: v.number(),
      bar_range: v.null(),
      observations: v.array(v.string()),
      specific_suggestions: v.array(v.string()),
    }),
  ),
  practice_recommendations: v.strictObject({
    /** Three to five for music, in the order of `exercises`. */
    immediate_focus: v.array(v.string()),
    long_term_goals: v.array(v.string()),
    /**
     * Each with what to do, for how many minutes, at what tempo where one follows, and a sign of success. What the library
     * says to do stands in quotation marks with its number, "[1]"; what it doesn't is marked as our own suggestion.
     */
    exercises: v.array(v.string()),
    estimated_improvement_timeline: v.nullable(v.string()),
  }),
  encouragement: v.string(),
  citations: v.array(CitationSchema),
  metadata: v.strictObject({
    model_version: v.string(),
    analysis_timestamp: TimestampSchema,
    /** How far what was measured can be relied on, 0 to 1. */
    confidence: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
    /** Half-width of the 80 % interval of each score, in points; null where there is no score. */
    uncertainty: v.strictObject(entriesFor(DIMENSIONS, v.nullable(v.number()))),
    /** What each score rests on: what was measured, listeners' ratings by a model of them, or both. */
    basis: v.strictObject(entriesFor(DIMENSIONS, DimensionReadingSchema.entries.basis)),
    /** Why a dimension has no score; null where it has one. */
    unscored: v.strictObject(entriesFor(DIMENSIONS, v.nullable(v.string()))),
    /** The 19 perceptual scales, 0 to 1; null as a whole while no model of them listens. */
    perception: v.nullable(v.strictObject(entriesFor(PERCEPTUAL_SCALES, v.number()))),
    /** Half-width of the 80 % interval of each scale, in its own unit; null together with `perception`. */
    perception_uncertainty: v.nullable(v.strictObject(entriesFor(PERCEPTUAL_SCALES, v.number()))),
    /** What kind of sound was heard at all: music, silence, a steady tone, … */
    heard: v.string(),
    /** Seconds of the recording, and how many of them were listened to. */
    duration: v.number(),
    analysed_duration: v.number(),
    /** The earlier takes of the same music that this one was compared with; `same_music` 0 to 1 says how sure that is. */
    compared_with: v.array(
      v.strictObject({ recording_id: UuidSchema, created_at: TimestampSchema, same_music: v.number() }),
    ),
    /** What has changed since then by more than its uncertainty: measured quantities, and dimensions in points. */
    changes: v.array(
      v.strictObject({
        of: v.string(),
        unit: v.string(),
        before: v.number(),
        now: v.number(),
        direction: v.picklist(["better", "worse", "different"]),
      }),
    ),
    /**
     * How the library answered: in full, without some of its steps or to some questions only, not at all; or there was
     * nothing to ask it.
     */
    knowledge: v.picklist(["full", "partial", "unavailable", "not_asked"]),
    /**
     * Whose words the findings are in: composed by rules, or put into prose by a language model, then which. Scores, moments,
     * exercises and citations are the same either way.
     */
    wording: v.strictObject({
      by: v.picklist(["composed", "language_model"]),
      model: v.nullable(v.string()),
    }),
    /**
     * The numbers of the citations that each recommendation is built on, in the order of `exercises` (and so of
     * `immediate_focus`) and of `long_term_goals`. None: the recommendation is our own, and says so.
     */
    sources: v.strictObject({
      exercises: v.array(v.array(v.number())),
      long_term_goals: v.array(v.array(v.number())),
    }),
    /** What was heard in short, and what a reader should know about the limits of this reading, as sentences. */
    notes: v.array(v.string()),
  }),
});
export type Feedback = v.InferOutput<typeof FeedbackSchema>;

/** Body of `POST /api/v1/feedback/:id`; `user_id` must be the caller. */
export const FeedbackRequestSchema = v.strictObject({ user_id: v.optional(v.string()) });

/** Answer of `GET /api/v1/result/:job_id`, exactly as the web client reads it. `timestamp` is `m:ss-m:ss`. */
export const AnalysisResultSchema = v.strictObject({
  id: UuidSchema,
  status: v.literal("completed"),
  file_id: UuidSchema,
  overall_assessment: v.strictObject({
    strengths: v.array(v.string()),
    priority_areas: v.array(v.string()),
    performance_character: v.string(),
  }),
  temporal_feedback: v.array(
    v.strictObject({
      timestamp: v.string(),
      insights: v.array(
        v.strictObject({
          category: v.string(),
          observation: v.string(),
          actionable_advice: v.string(),
          score_reference: v.string(),
        }),
      ),
      practice_focus: v.string(),
    }),
  ),
  practice_recommendations: v.strictObject({
    immediate_priorities: v.array(
      v.strictObject({
        skill_area: v.string(),
        specific_exercise: v.string(),
        expected_outcome: v.string(),
      }),
    ),
    long_term_development: v.array(
      v.strictObject({
        musical_aspect: v.string(),
        development_approach: v.string(),
        repertoire_suggestions: v.string(),
      }),
    ),
  }),
  encouragement: v.string(),
  created_at: TimestampSchema,
  /** Seconds from the start of the analysis to its end. */
  processing_time: v.nullable(v.number()),
});
export type AnalysisResult = v.InferOutput<typeof AnalysisResultSchema>;
