import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { embeddingsOf, refusalOf, similarityOf } from "./support.ts";

const MODEL = "@local/glove-lsa-200";

describe("an embedding", () => {
  it("has 200 components and the length 1, whatever the text says", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: "grapheme" }), { minLength: 1, maxLength: 5 }),
        async (texts) => {
          for (const vector of await embeddingsOf(...texts, `piano ${texts[0]}`)) {
            expect(vector).toHaveLength(200);
            expect(vector.every(Number.isFinite)).toBe(true);
            const length = Math.hypot(...vector);
            expect(length === 0 || Math.abs(length - 1) < 1e-5).toBe(true);
          }
        },
      ),
      { seed: 20261128, numRuns: 30 },
    );
  });

  it("is the same for the same text, alone or in company", async () => {
    const [alone] = await embeddingsOf("Practise scales slowly");
    const [, among] = await embeddingsOf("Bach", "Practise scales slowly", "zzkrqx");
    expect(among).toEqual(alone);
  });

  it("is nothing but zeros for a text without a word that is known", async () => {
    for (const vector of await embeddingsOf("", "¿?…", "ピアノ", "xqzjvk")) {
      expect(vector.every((value) => value === 0)).toBe(true);
    }
  });

  it("brings together what means the same in other words", async () => {
    const pairs: readonly (readonly [string, string, string])[] = [
      ["doctor", "physician", "trumpet"],
      ["the accompaniment is too loud", "the left hand is louder than the melody", "keep the wrist supple"],
      ["how fast should I play", "choosing a tempo", "which finger on which key"],
      ["my hand aches", "pain in the wrist", "ornaments of the baroque"],
      ["stage fright", "nervous before a concert", "half pedalling"],
      ["waltzes by Chopin", "mazurka and polonaise", "posture at the bench"],
    ];
    for (const [text, near, far] of pairs) {
      expect(await similarityOf(text, near), `${text} / ${near}`).toBeGreaterThan(
        await similarityOf(text, far),
      );
    }
  });

  it("takes no account of case, diacritics and possessive endings", async () => {
    expect(await similarityOf("Chopin's Études", "chopin etudes")).toBeCloseTo(1, 5);
  });

  it("forgives a typing error, and takes a rare form for the word it comes from", async () => {
    expect(await similarityOf("pieno technicue", "piano technique")).toBeCloseTo(1, 5);
    expect(await similarityOf("stacatto", "staccato")).toBeCloseTo(1, 5);
    expect(await similarityOf("rubatos", "rubato")).toBeGreaterThan(0.9);
  });

  it("keeps what has nothing to do with the piano away from it", async () => {
    const far = await similarityOf(
      "best mortgage rate for a house",
      "practise the scale with both hands slowly",
    );
    const near = await similarityOf(
      "playing scales hands together",
      "practise the scale with both hands slowly",
    );
    expect(near).toBeGreaterThan(far + 0.3);
  });
});

describe("the embedding model", () => {
  it("takes one text or up to 100", async () => {
    expect(await refusalOf(MODEL, { text: "one" })).toBe("");
    expect(await refusalOf(MODEL, { text: Array.from({ length: 100 }, () => "piano") })).toBe("");
    expect(await refusalOf(MODEL, { text: Array.from({ length: 101 }, () => "piano") })).toMatch(
      /^5006: .*101/,
    );
  });

  it("refuses what is no text", async () => {
    for (const input of [{}, { text: 5 }, { text: [] }, { text: ["a", 5] }, { prompt: "a" }]) {
      expect(await refusalOf(MODEL, input)).toMatch(/^5006: /);
    }
  });

  it("isn't there under another name", async () => {
    for (const name of ["@cf/baai/bge-base-en-v1.5", "", "toString"]) {
      expect(await refusalOf(name, { text: "piano" })).toBe(`5007: No such model ${name} or task`);
    }
  });
});
