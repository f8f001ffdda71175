import * as v from "valibot";
import { maxCharacters, TimestampSchema } from "./common.ts";

/** Longest goal or constraint, in characters (design §4). */
const MAX_STATEMENT_LENGTH = 500;
/** Most goals or constraints in one list: more than a coach could weigh against each other. */
const MAX_STATEMENTS = 20;
/** Most pieces in the repertoire (design §4). */
const MAX_REPERTOIRE = 50;
/** Longest name of a piece, in characters: room for catalogue numbers and movements. */
const MAX_PIECE_LENGTH = 200;

/** Text a person wrote: trimmed, well-formed, without control characters other than line breaks and tabs. */
function plainText(maximum: number) {
  return v.pipe(
    v.string(),
    v.trim(),
    maxCharacters(maximum),
    v.regex(/^(?:\P{Cc}|[\n\r\t])*$/u, "must not contain control characters"),
    v.check((text) => text.isWellFormed(), "must be well-formed text"),
  );
}

const statement = v.pipe(plainText(MAX_STATEMENT_LENGTH), v.minLength(1, "must not be empty"));

/** One statement or a list of them; always a list once read. An empty string is an empty list. */
const statements = v.pipe(
  v.union(
    [
      plainText(MAX_STATEMENT_LENGTH),
      v.pipe(v.array(statement), v.maxLength(MAX_STATEMENTS, `must have at most ${MAX_STATEMENTS} entries`)),
    ],
    `must be a text or a list of at most ${MAX_STATEMENTS} texts, each of at most ${MAX_STATEMENT_LENGTH} characters`,
  ),
  // Outside the union, or a text's own fault would be lost to the message above.
  v.transform((given) => (typeof given === "string" ? [given].filter((text) => text !== "") : given)),
);

/** How far a player is, by their own account. */
export const ExperienceLevelSchema = v.picklist(["beginner", "intermediate", "advanced", "professional"]);
export type ExperienceLevel = v.InferOutput<typeof ExperienceLevelSchema>;

/** Body of `PUT /api/v1/context`. It replaces the whole context: what is left out goes back to its default. */
export const PutContextSchema = v.strictObject({
  goals: v.optional(statements, []),
  constraints: v.optional(statements, []),
  repertoire: v.optional(
    v.pipe(
      v.array(v.pipe(plainText(MAX_PIECE_LENGTH), v.minLength(1, "must not be empty"))),
      v.maxLength(MAX_REPERTOIRE, `must have at most ${MAX_REPERTOIRE} entries`),
    ),
    [],
  ),
  experience_level: v.optional(v.nullable(ExperienceLevelSchema), null),
  /** In the player's own words ("direct", "gentle, with numbers"): it is handed to the coach as a quotation. */
  preferred_feedback_style: v.optional(v.nullable(plainText(MAX_PIECE_LENGTH)), null),
});
export type PutContext = v.InferOutput<typeof PutContextSchema>;

/** What a player told us about themselves. `updated_at` is null until they first did. */
export const UserContextSchema = v.strictObject({
  goals: v.array(v.string()),
  constraints: v.array(v.string()),
  repertoire: v.array(v.string()),
  experience_level: v.nullable(ExperienceLevelSchema),
  preferred_feedback_style: v.nullable(v.string()),
  updated_at: v.nullable(TimestampSchema),
});
export type UserContext = v.InferOutput<typeof UserContextSchema>;

/** What a player's context consists of, by the names of `UserContextSchema`. */
export const ContextMemberSchema = v.picklist([
  "goals",
  "constraints",
  "repertoire",
  "experience_level",
  "preferred_feedback_style",
]);
export type ContextMember = v.InferOutput<typeof ContextMemberSchema>;

/** What is added to a player's context: entries of lists to those there are, the rest in place of what there is. */
export interface ContextAddition {
  readonly goals?: readonly string[] | undefined;
  readonly constraints?: readonly string[] | undefined;
  readonly repertoire?: readonly string[] | undefined;
  readonly experience_level?: ExperienceLevel | undefined;
  readonly preferred_feedback_style?: UserContext["preferred_feedback_style"] | undefined;
}

/** What is taken out of a player's context: single entries of its lists, as they stand there, and whole members. */
export interface ContextRemoval {
  readonly goals?: readonly string[] | undefined;
  readonly constraints?: readonly string[] | undefined;
  readonly repertoire?: readonly string[] | undefined;
  readonly all_of?: readonly ContextMember[] | undefined;
}

/** Answer of `PUT /api/v1/context`. */
export const PutContextAnswerSchema = v.strictObject({ message: v.string(), ...UserContextSchema.entries });

/** The context of a player who hasn't told us anything yet. */
export const DEFAULT_CONTEXT: UserContext = {
  goals: [],
  constraints: [],
  repertoire: [],
  experience_level: null,
  preferred_feedback_style: null,
  updated_at: null,
};
