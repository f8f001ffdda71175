import * as v from "valibot";

/*
 * What tools return, as far as the coach reads it: tolerant, because whoever offers the tools says what they return, not the
 * stand-in.
 */

const TextSchema = v.nullish(v.string(), "");

const NumberSchema = v.nullish(v.number(), null);
const TextsSchema = v.fallback(v.array(v.string()), []);

const FindingSchema = v.object({
  /** What was found, in the one word that analyses have for it. */
  kind: TextSchema,
  start: NumberSchema,
  end: NumberSchema,
  observation: v.string(),
  suggestion: TextSchema,
  dimension: TextSchema,
  /** The numbers it rests on, each with its unit in its name. */
  evidence: v.fallback(v.record(v.string(), v.number()), {}),
});
export type Finding = v.InferOutput<typeof FindingSchema>;

const TaskSchema = v.object({
  task: v.string(),
  minutes: v.pipe(v.number(), v.minValue(1)),
  works_when: TextSchema,
});

/** Of `get_performance_analysis`: what was heard in a recording. */
export const AnalysisSchema = v.object({
  recording: v.nullish(v.object({ id: TextSchema, filename: TextSchema, duration: NumberSchema })),
  dimensions: v.record(v.string(), v.nullable(v.object({ score: NumberSchema, uncertainty: NumberSchema }))),
  weakest: TextsSchema,
  /** The weakest in a sentence, with those too near to it to be told apart. */
  lowest: v.fallback(v.nullable(v.string()), null),
  strengths: TextsSchema,
  priorities: TextsSchema,
  findings: v.fallback(v.array(FindingSchema), []),
  notes: TextsSchema,
  /** What to do about each of the priorities, in their order. */
  practice: v.fallback(v.array(TaskSchema), []),
});
export type Analysis = v.InferOutput<typeof AnalysisSchema>;

const PassageSchema = v.object({
  /** By which it is cited; an earlier turn's passages have none. */
  number: v.fallback(v.number(), 0),
  title: v.string(),
  author: v.nullish(v.string(), null),
  section: TextSchema,
  excerpt: v.string(),
});
export type Passage = v.InferOutput<typeof PassageSchema>;

/** Of `search_knowledge_base`. */
export const SearchSchema = v.object({ results: v.array(PassageSchema) });

const RecordingSchema = v.object({ id: v.string(), filename: TextSchema, created_at: TextSchema });
export type RecordingListed = v.InferOutput<typeof RecordingSchema>;

/** Of `list_recordings`, newest first. */
export const RecordingsSchema = v.object({ recordings: v.array(RecordingSchema) });

const ChangeSchema = v.object({
  dimension: v.string(),
  from: v.number(),
  to: v.number(),
  uncertainty: NumberSchema,
  certain: v.optional(v.boolean(), true),
});
export type Change = v.InferOutput<typeof ChangeSchema>;

/** Of `compare_recordings`: the recordings by date, which two are compared, and what has changed, in words and in figures. */
export const ComparisonSchema = v.object({
  recordings: v.fallback(v.array(v.object({ id: TextSchema, filename: TextSchema })), []),
  compared: v.nullish(v.object({ from: v.string(), to: v.string(), same_music: v.boolean() }), null),
  changes: v.array(ChangeSchema),
  statements: TextsSchema,
  notes: TextsSchema,
});
export type Comparison = v.InferOutput<typeof ComparisonSchema>;

/** Of `get_user_context`: what the player said about themselves. One of these members at least is there. */
export const ContextSchema = v.pipe(
  v.record(v.string(), v.unknown()),
  v.check((context) => "goals" in context || "constraints" in context || "repertoire" in context),
  v.object({
    goals: TextsSchema,
    constraints: TextsSchema,
    repertoire: TextsSchema,
    experience_level: v.fallback(TextSchema, ""),
  }),
);

/** Of `forget_user_context`. */
export const ForgottenSchema = v.object({ removed: v.array(v.string()) });

/** Of any tool that failed. */
export const FailureSchema = v.object({ error: v.union([v.string(), v.record(v.string(), v.unknown())]) });
