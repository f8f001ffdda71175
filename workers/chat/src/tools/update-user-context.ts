import { ExperienceLevelSchema, failed, ok, PutContextSchema } from "@crescendai/contracts";
import * as v from "valibot";
import { defineTool, quoted } from "./tool.ts";
import { isVerbatimIn } from "./verbatim.ts";

const { goals, constraints, repertoire, preferred_feedback_style: style } = PutContextSchema.entries;

const ArgumentsSchema = v.pipe(
  v.strictObject({
    goals: v.optional(goals.wrapped),
    constraints: v.optional(constraints.wrapped),
    repertoire: v.optional(repertoire.wrapped),
    experience_level: v.optional(ExperienceLevelSchema),
    preferred_feedback_style: v.optional(v.pipe(style.wrapped.wrapped, v.minLength(1, "must not be empty"))),
  }),
  v.check(
    (given) => Object.values(given).some((value) => value !== undefined),
    "must name something to save",
  ),
);

/**
 * Adds to what the player told us. Only what they said themselves: every text must stand in a message of theirs in this session,
 * so that no passage, file name or whim of the model finds its way in. It only adds, but
 * that a time for practice takes the place of the one that was told before; `forget_user_context` takes away.
 */
export const updateUserContext = defineTool(
  "update_user_context",
  [
    "Saves something lasting that the player said about themselves, in their own words, copied from their message.",
    "It adds to what is there; a new level, style or time a day takes the old one's place. Say in the answer what was saved.",
  ].join(" "),
  ArgumentsSchema,
  async (given, { caller, services, readQuestions, saved }) => {
    const texts = [
      ...(given.goals ?? []),
      ...(given.constraints ?? []),
      ...(given.repertoire ?? []),
      ...[given.experience_level, given.preferred_feedback_style].filter((text) => text !== undefined),
    ];
    const questions = await readQuestions();
    if (!questions.ok) return questions;
    const unsaid = texts.filter((text) => !isVerbatimIn(text, questions.value));
    if (unsaid.length > 0) {
      return failed({
        code: "FORBIDDEN",
        message: `Nothing was saved: the player didn't say ${list(unsaid)} in this conversation. Save only their own words.`,
      });
    }
    const merged = await services.mergeContext(caller, given);
    if (!merged.ok) return merged;
    saved(texts);
    return ok(quoted({ saved: given, context: merged.value }));
  },
);

function list(texts: readonly string[]): string {
  return texts.map((text) => JSON.stringify(text)).join(", ");
}
