import { describe, expect, test } from "vitest";
import { passage, RESULTS, talk, withLibrary } from "./support.ts";

const ADVICE = passage(
  "Choosing repertoire by level",
  "A piece is at your level if you can read it through with few stops.",
);

/** What tools return where the library also has these guides to pieces, filed as such. */
function withGuides(...titles: readonly string[]) {
  return {
    ...RESULTS,
    search_knowledge_base: ({ filters }: { filters?: { document_type?: string } }) => ({
      results:
        filters?.document_type === "piece"
          ? titles.map((title, at) => ({ number: 11 + at, ...passage(title, "A minuet.") }))
          : [{ number: 1, ...ADVICE }],
    }),
  };
}

describe("asked what to play, the coach", () => {
  test.each([
    "What should I play next?",
    "What piece should I learn next?",
    "Can you recommend a piece for me?",
    "I finished the Minuet, what piece comes next?",
    "What can I play now?",
  ])("says that it can't choose, how to choose, and what it has guides to: %s", async (question) => {
    const { text } = await talk(question, { results: withGuides("Petzold, Minuet", "Satie, Gymnopédie") });
    expect(text).toBe(
      [
        "Which piece is the right one for you I don't know: nothing that I can look up says it.",
        "",
        "On choosing, the library says: A piece is at your level if you can read it through with few stops. [1]",
        "",
        "[1] Choosing repertoire by level",
        "",
        "It has guides to these pieces, among others:",
        "- Petzold, Minuet [11]",
        "- Satie, Gymnopédie [12]",
      ].join("\n"),
    );
  });

  test("looks for guides of the level, and by the words, that the question has", async () => {
    const { rounds } = await talk("Which Chopin piece should a beginner learn first?", {
      results: withGuides(),
    });
    expect(rounds.flat()).toContainEqual({
      name: "search_knowledge_base",
      arguments: { query: "chopin", top_k: 10, filters: { document_type: "piece", level: "beginner" } },
    });
  });

  test("takes what to practise for no question of repertoire", async () => {
    for (const question of ["What should I work on next?", "What should I practise next?"])
      expect((await talk(question)).text).toContain("Work on rhythmic precision first");
    for (const question of [
      "Which part of the piece should I practise?",
      "What tempo should I play?",
      "Give me an exercise for a piece in G major",
      "How should I choose a fingering for this piece?",
    ])
      expect((await talk(question)).text).not.toContain("Which piece");
  });

  test("says that it doesn't know where the library has nothing on it", async () => {
    const { text } = await talk("What should I play next?", { results: { ...RESULTS, ...withLibrary() } });
    expect(text).toContain("I don't know about that");
  });
});
