import { ContextMemberSchema } from "@crescendai/contracts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { namesAllOf, requestsToForget } from "../../src/tools/asks-to-forget.ts";
import { readCalls } from "../../src/tools/call-tools.ts";
import { TOOL_DEFINITIONS } from "../../src/tools/toolbox.ts";
import { isVerbatimIn } from "../../src/tools/verbatim.ts";
import { SEED } from "./seed.ts";

describe("what the player said", () => {
  it.each([
    ["play the Minuet by heart", ["I want to PLAY the  Minuet,\nby heart!"], true],
    ["20 minutes a day", ["only 20 minutes a day"], true],
    ["Träumerei", ["die Tra\u0308umerei"], true],
    ["the Minuet", ["play", "the", "Minuet"], false],
    ["by hear", ["play by heart"], false],
    ["by heart", [], false],
    ["", ["anything"], false],
    ["a", ["a"], false],
    ["!!!", ["!!!"], false],
  ])("%j in %j: %j", (text, messages, said) => {
    expect(isVerbatimIn(text, messages)).toBe(said);
  });

  it("is every stretch of whole words of a message, and no word that isn't in it", () => {
    const words = fc.array(fc.stringMatching(/^[a-zäß0-9]{3,9}$/), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(words, fc.nat(), fc.nat(), (message, from, count) => {
        const start = from % message.length;
        const stretch = message.slice(start, start + 1 + (count % message.length));
        expect(isVerbatimIn(stretch.join(" – ").toUpperCase(), [message.join(", ")])).toBe(true);
        expect(isVerbatimIn(`${stretch.join(" ")} unsaid!`, [message.join(" ")])).toBe(false);
      }),
      { seed: SEED },
    );
  });
});

describe("what the player asks to forget", () => {
  it.each([
    ["Forget my goals", ["goals"]],
    ["Please forget all my goals and constraints.", ["goals", "constraints"]],
    ["Could you please delete my repertoire?", ["repertoire"]],
    ["Thanks. Clear my level, please", ["experience_level"]],
    ["Please forget everything you know about me", ContextMemberSchema.options],
    ["Forget me", ContextMemberSchema.options],
    ["I don't play any more, please forget my goals", ["goals"]],
    ["Please forget all that I've told you about me. Thanks!", ContextMemberSchema.options],
    ["Forget what you know about me", ContextMemberSchema.options],
    ["I want you to forget what I told you about how I like feedback", ["preferred_feedback_style"]],
    ["Please change my goals to passing grade 5", ["goals"]],
    ["I'd like to change my goals to passing grade 5", ["goals"]],
    ["Replace my goals with a single one: a fugue", ["goals"]],
    ["Replace my practice goals with grade 5 with distinction", ["goals"]],
    ["Swap my goals for a fugue by Bach", ["goals"]],
    ["Please change my constraints to: small hands", ["constraints"]],
  ] as const)("%s", (message, members) => {
    const requests = requestsToForget(message);
    expect(ContextMemberSchema.options.filter((member) => namesAllOf(member, requests, 2))).toEqual(members);
  });

  it.each([
    "Don't forget my goals",
    "Never forget my goals!",
    "Don't, please, forget my goals",
    "Would you not ever forget my goals?",
    "I forget my goals all the time",
    "How do I delete my goals?",
    "What does “Please forget my goals” mean?",
    'My teacher said "forget everything". Why?',
    "What are my goals?",
    "Don't change my goals to anything else",
    "I don't want to change my goals to anything else",
    "Change my practice plan for my goals",
    "Change my practice plan for my goals to 30 minutes a day",
    "I'd like to update my goals to include sight-reading",
    "Change my goals to also have a fugue and to pass grade 5",
    "Change my goals for the exam to now cover scales and to pass it",
    "Change my goals to also pass grade 5",
    "Is it bad that I want to change my goals to something easier?",
    "Replace my goals for the exam with pass grade 5",
    "Swap my goals for the exam for a fugue",
    "Replace my goals for the exam.",
    "Replace my goals “a fugue” and “a wedding” with pass grade 5",
    "How do I change my goals to something better?",
    "Change my goal to reach my goals",
    "Forget what I told you about my hands",
    "Forget everything I said about my wedding",
    "",
  ])("is nothing in: %s", (message) => {
    expect(ContextMemberSchema.options.some((one) => namesAllOf(one, requestsToForget(message), 2))).toBe(
      false,
    );
  });

  it("ends with its sentence, and has what is quoted in it", () => {
    expect(
      requestsToForget("Delete my goal “op. 10 no. 3”. And the wedding?").map(({ said }) => said),
    ).toEqual([" my goal “op. 10 no. 3”"]);
    expect(requestsToForget("Replace my goal “play a fugue” with grade 5").map(({ said }) => said)).toEqual([
      " my goal “play a fugue”",
    ]);
    expect(requestsToForget("Hi. Forget op. 10 no. 3 of mine. Thanks").map(({ said }) => said)).toEqual([
      " op. 10 no. 3 of mine",
    ]);
  });

  it("is all goals only where they are named as a whole, or there is one", () => {
    const asked = (message: string, count: number) => namesAllOf("goals", requestsToForget(message), count);
    expect(asked("Delete my goal", 1)).toBe(true);
    expect(asked("Change my goal to pass grade 5", 1)).toBe(true);
    expect(asked("Change my goal to pass grade 5", 2)).toBe(false);
    expect(asked("Update my goal to add pass grade 5", 1)).toBe(false);
    expect(asked("Replace my goal about the wedding with a fugue", 1)).toBe(false);
    expect(asked("Delete my goal", 2)).toBe(false);
    expect(asked("Delete my goal about ABRSM", 1)).toBe(false);
    expect(asked("Delete my goals about ABRSM", 1)).toBe(false);
    expect(asked("Forget everything about trills", 1)).toBe(false);
  });
});

describe("tools", () => {
  it("are offered as objects of known fields, so that a model is told what it may send", () => {
    expect(TOOL_DEFINITIONS.map(({ name }) => name)).toEqual([
      "search_knowledge_base",
      "get_performance_analysis",
      "list_recordings",
      "compare_recordings",
      "get_user_context",
      "update_user_context",
      "forget_user_context",
    ]);
    for (const { name, parameters } of TOOL_DEFINITIONS) {
      expect(parameters, name).toMatchObject({ type: "object", additionalProperties: false });
      expect(parameters, name).not.toHaveProperty("$schema");
    }
    const search = TOOL_DEFINITIONS[0]?.parameters;
    expect(search).toMatchObject({ required: ["query"], properties: { top_k: { minimum: 1, maximum: 10 } } });
  });

  it("are called by ids of our own, that differ over a turn", () => {
    const call = { id: "same", type: "function" as const, function: { name: "x", arguments: "" } };
    const turn = crypto.randomUUID();
    const calls = [...readCalls([call, call], turn, 0), ...readCalls([call], turn, 2)];
    expect(new Set(calls.map(({ id }) => id)).size).toBe(3);
    expect(calls[0]?.given).toEqual({});
  });
});
