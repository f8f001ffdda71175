import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ranked, refusalOf } from "./support.ts";

const MODEL = "@local/lexical-semantic-reranker";

const PASSAGES = [
  "Octaves: let the wrist swing, rest as soon as the forearm tires, and stop when it hurts.",
  "Change the pedal just after the new chord sounds, so that harmonies don't run into each other.",
  "Play the scale hands separately and slowly; aim for evenness before speed.",
  "In the baroque a trill begins on the upper note and on the beat.",
];

describe("the reranking model", () => {
  it("puts the passage first that answers the question", async () => {
    const questions = [
      "my wrist hurts after octaves",
      "the pedal blurs the harmony",
      "how do I play even scales",
      "where does a trill start",
    ];
    for (const [place, question] of questions.entries()) {
      expect((await ranked(question, PASSAGES))[0]?.id, question).toBe(place);
    }
  });

  it("gives a question on something else lower scores than any that a passage answers", async () => {
    const answered = (await ranked("how do I play even scales", PASSAGES))[0]?.score ?? 0;
    for (const question of ["best mortgage rate", "tax return deadline", "recipe for vegetable curry"]) {
      const [best] = await ranked(question, PASSAGES);
      expect(best?.score, question).toBeLessThan(answered / 3);
    }
  });

  it("finds the question's words in other forms, misspelt or replaced by related ones", async () => {
    for (const question of ["evenly played scales", "evenes of scals", "slow speed, each hand alone"]) {
      expect((await ranked(question, PASSAGES))[0]?.id, question).toBe(2);
    }
  });

  it("scores each passage by itself, from 0 to 1, in falling order", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ minLength: 1, unit: "grapheme" }),
        fc.array(fc.oneof(fc.string(), fc.constantFrom(...PASSAGES)), { minLength: 1, maxLength: 6 }),
        async (query, texts) => {
          const response = await ranked(query, texts);
          expect(response.map(({ id }) => id).toSorted()).toEqual(texts.map((_, i) => i));
          for (const [i, { id, score }] of response.entries()) {
            expect(score).toBeGreaterThanOrEqual(0);
            expect(score).toBeLessThanOrEqual(response[i - 1]?.score ?? 1);
            expect((await ranked(query, [texts[id] ?? ""]))[0]?.score).toBe(score);
          }
        },
      ),
      { seed: 20261128, numRuns: 20 },
    );
  });

  it("gives only as many as are asked for", async () => {
    expect(await ranked("scales", PASSAGES, { top_k: 2 })).toHaveLength(2);
    expect(await ranked("scales", PASSAGES)).toHaveLength(4);
    expect(await ranked("scales", [])).toEqual([]);
  });

  it("refuses an input of another form", async () => {
    const refused = [{}, { query: "a" }, { query: "", contexts: [] }, { query: "a", contexts: ["b"] }];
    for (const input of [...refused, { query: "a", contexts: [], top_k: 0 }]) {
      expect(await refusalOf(MODEL, input), JSON.stringify(input)).toMatch(/^5006: /);
    }
  });
});
