import fc from "fast-check";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { DEFAULT_CONTEXT, PutContextSchema, UserContextSchema } from "../src/index.ts";
import { SEED } from "./seed.ts";

function accepts(context: unknown): boolean {
  return v.safeParse(PutContextSchema, context).success;
}

/** What is wrong with a context, each as `path: message`. */
function faults(context: unknown): string[] {
  const { issues = [] } = v.safeParse(PutContextSchema, context);
  return issues.map((issue) => `${v.getDotPath(issue) ?? ""}: ${issue.message}`);
}

/** Four UTF-16 code units and two code points that show as one flag. */
const FLAG = "🇫🇮";

describe("a player's context", () => {
  test("what is left out goes back to its default", () => {
    expect(v.parse(PutContextSchema, {})).toEqual({
      goals: [],
      constraints: [],
      repertoire: [],
      experience_level: null,
      preferred_feedback_style: null,
    });
  });

  test("the default of a new user is a context like any other", () => {
    expect(v.is(UserContextSchema, DEFAULT_CONTEXT)).toBe(true);
  });

  test("goals and constraints are a text or a list of texts, and a list once read", () => {
    const read = v.parse(PutContextSchema, {
      goals: " play by heart ",
      constraints: ["small hands", "no pedal"],
    });
    expect(read.goals).toEqual(["play by heart"]);
    expect(read.constraints).toEqual(["small hands", "no pedal"]);
  });

  test.each(["", "   ", "\n\t"])("a text of nothing (%j) is no goal at all", (goals) => {
    expect(v.parse(PutContextSchema, { goals }).goals).toEqual([]);
  });

  test.each([
    ["an empty entry", { goals: ["practise", " "] }, "goals.1: must not be empty"],
    ["an empty piece", { repertoire: [""] }, "repertoire.0: must not be empty"],
    ["501 characters", { goals: "x".repeat(501) }, "goals: must be at most 500 characters"],
    [
      "501 characters in a list",
      { goals: ["ok", "x".repeat(501)] },
      "goals.1: must be at most 500 characters",
    ],
    ["21 goals", { goals: Array(21).fill("more") }, "goals: must have at most 20 entries"],
    ["51 pieces", { repertoire: Array(51).fill("Minuet") }, "repertoire: must have at most 50 entries"],
    [
      "a piece of 201 characters",
      { repertoire: ["x".repeat(201)] },
      "repertoire.0: must be at most 200 characters",
    ],
    [
      "a style of 201 characters",
      { preferred_feedback_style: "x".repeat(201) },
      "preferred_feedback_style: must be at most 200 characters",
    ],
    ["a NUL", { goals: "a\0b" }, "goals: must not contain control characters"],
    [
      "an escape sequence",
      { repertoire: ["\u001b[31m"] },
      "repertoire.0: must not contain control characters",
    ],
    [
      "half an emoji",
      { preferred_feedback_style: "\ud83c" },
      "preferred_feedback_style: must be well-formed text",
    ],
  ])("refuses %s, and says where and why", (_, context, fault) => {
    expect(faults(context)).toEqual([fault]);
  });

  test.each([
    ["500 characters", { goals: "x".repeat(500) }],
    ["20 goals of 500 characters", { goals: Array(20).fill("x".repeat(500)) }],
    ["50 pieces of 200 characters", { repertoire: Array(50).fill("x".repeat(200)) }],
    ["500 emoji, which are 1,000 UTF-16 code units", { constraints: "🎹".repeat(500) }],
    ["250 flags, which are 500 code points", { constraints: FLAG.repeat(250) }],
    ["spaces around 500 characters", { goals: `  ${"x".repeat(500)}  ` }],
    ["line breaks and tabs", { goals: "first\nsecond\r\n\tthird" }],
  ])("takes %s", (_, context) => {
    expect(faults(context)).toEqual([]);
  });

  test("251 flags are 502 code points: one too many and one more", () => {
    expect(accepts({ constraints: FLAG.repeat(251) })).toBe(false);
  });

  test.each([
    ["a misspelt field", { goal: "play" }],
    ["somebody else's name", { user_id: "bob" }],
    ["the time of writing", { updated_at: "2026-11-23T10:00:00.000Z" }],
    ["a member of every object", JSON.parse('{"constructor": {}}')],
    ["a prototype", JSON.parse('{"__proto__": {"goals": "x"}}')],
  ])("refuses an unknown field: %s", (_, context) => {
    expect(accepts(context)).toBe(false);
  });

  test.each([
    ["a number for goals", { goals: 7 }],
    ["a list with a number in it", { goals: ["play", 7] }],
    ["a list in a list", { goals: [["play"]] }],
    ["null for goals", { goals: null }],
    ["a text for the repertoire", { repertoire: "Minuet in G" }],
    ["a level that there isn't", { experience_level: "virtuoso" }],
    ["a level in capitals", { experience_level: "Beginner" }],
    ["a list", ["goals"]],
    ["null", null],
    ["a text", "goals"],
  ])("refuses %s", (_, context) => {
    expect(accepts(context)).toBe(false);
  });

  test("a text passes exactly if it has at most 500 code points and no control character once trimmed", () => {
    const characters = fc.string({ unit: "binary", minLength: 0, maxLength: 520, size: "max" });
    fc.assert(
      fc.property(characters, (text) => {
        const trimmed = Array.from(text.trim());
        const controls = trimmed.filter(
          (character) => /\p{Cc}/u.test(character) && !/[\n\r\t]/.test(character),
        );
        expect(accepts({ goals: text })).toBe(trimmed.length <= 500 && controls.length === 0);
      }),
      // Making a text of hundreds of characters smaller takes minutes, and tells no more.
      { seed: SEED, numRuns: 300, endOnFailure: true },
    );
  });

  test("what was read is read again as it is", () => {
    const text = fc.string({ unit: "grapheme", maxLength: 60 });
    const contexts = fc.record(
      {
        goals: fc.oneof(text, fc.array(text, { maxLength: 25 })),
        constraints: fc.oneof(text, fc.array(text, { maxLength: 25 })),
        repertoire: fc.array(text, { maxLength: 55 }),
        experience_level: fc.constantFrom("beginner", "professional", null),
        preferred_feedback_style: fc.oneof(text, fc.constant(null)),
      },
      { requiredKeys: [] },
    );
    let read = 0;
    fc.assert(
      fc.property(contexts, (context) => {
        const first = v.safeParse(PutContextSchema, context);
        if (!first.success) return;
        read += 1;
        expect(v.parse(PutContextSchema, first.output)).toEqual(first.output);
      }),
      { seed: SEED, numRuns: 500 },
    );
    expect(read).toBeGreaterThan(50);
  });
});
