import { describe, expect, test } from "vitest";
import { passage, RESULTS, talk, withLibrary } from "./support.ts";

/** A plan of the library for so many minutes. */
function plan(minutes: string) {
  const excerpt = [
    "Decide what is to be different afterwards.\n\n## The plan\n",
    `- *First 2 minutes* Two aims for the ${minutes} minutes.`,
    "- *Then 5 minutes* The hardest bars,\n  slowly.",
    "- *2 minutes* A whole section.",
    "- *1 minute* Write down what was rea",
  ].join("\n");
  return passage(`A session of ${minutes} minutes`, excerpt);
}

const WITH_PLANS = { ...RESULTS, ...withLibrary(plan("sixty"), plan("thirty"), plan("ten")) };

describe("asked to plan the player's time, the coach", () => {
  test.each([
    ["I have half an hour a day, plan my week", "I have half an hour a day", "thirty"],
    ["Can you make me a weekly practice schedule? I have an hour a day.", "I have an hour a day", "sixty"],
    ["I practise 10 minutes a day. How should I use the time?", "I practise 10 minutes a day", "ten"],
    ["I have an hour every evening, how should I use it?", "I have an hour every evening", "sixty"],
  ])("notes how much there is, and looks for a plan of that length: %s", async (message, told, minutes) => {
    const { rounds, text } = await talk(message, { results: WITH_PLANS });
    const calls = rounds.flat();
    expect(calls).toContainEqual({ name: "update_user_context", arguments: { constraints: [told] } });
    expect(calls).toContainEqual({
      name: "search_knowledge_base",
      arguments: { query: `practice plan session ${minutes} minutes`, top_k: 10 },
    });
    expect(text).toContain(`I have noted “${told}”, and will keep it in mind.`);
    expect(text).toContain(`A session of ${minutes} minutes`);
  });

  test("quotes the whole entries of the plan with its source, after what to work on in that time", async () => {
    const { text } = await talk("Plan my practice, please.", { results: WITH_PLANS });
    expect(text).toBe(
      [
        "What to work on in that time, from your recording “minuet.wav”:",
        "- The weakest dimension, rhythmic precision: about 48 of 100, give or take 11.",
        "",
        "A plan from the library, for 60 minutes; how long you have you haven't told me:",
        "",
        "- First 2 minutes Two aims for the sixty minutes.",
        "- Then 5 minutes The hardest bars, slowly.",
        "- 2 minutes A whole section. [1]",
        "",
        "[1] A session of sixty minutes",
      ].join("\n"),
    );
  });

  test("takes the time that it was told of before", async () => {
    // The player's context says 20 minutes a day.
    const content = `Data: ${JSON.stringify(RESULTS["get_user_context"])}`;
    const { rounds } = await talk("Plan my week.", {
      before: [{ role: "system", content }],
      results: WITH_PLANS,
    });
    expect(rounds[0]?.[0]?.arguments).toMatchObject({ query: "practice plan session twenty minutes" });
  });

  test("says so where the library has no plan of that length", async () => {
    const { text } = await talk("I have two hours a day, plan my week.", { results: WITH_PLANS });
    expect(text).toContain("I have noted “I have two hours a day”, and will keep it in mind.");
    expect(text).toContain(
      "The library has no plan for 120 minutes that I can find; this one is for 60:\n\n- First 2 minutes",
    );
  });

  test("says that it doesn't know where the library has none", async () => {
    const results = { ...RESULTS, ...withLibrary() };
    expect((await talk("Plan my week.", { results })).text).toContain("I don't know about that");
  });
});
