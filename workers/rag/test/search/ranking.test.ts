import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { excerptOf } from "../../src/search/excerpt.ts";
import { bestOfEachFirst, fuse, rankDocuments } from "../../src/search/fusion.ts";
import { termOf } from "../../src/search/question.ts";
import { aboveFloor, relevanceOf } from "../../src/search/relevance.ts";
import { bestPossibleScore, vaguenessOf } from "../../src/search/vagueness.ts";
import { weightTerms } from "../../src/search/weighted-terms.ts";

const SEED = 20_261_128;

const rankings = fc
  .uniqueArray(fc.tuple(fc.constantFrom(..."abcdefgh"), fc.double({ min: 0, max: 1, noNaN: true })), {
    maxLength: 8,
    selector: ([key]) => key,
  })
  .map((pairs) =>
    pairs.map(([key, score]) => ({ key, score })).toSorted((one, other) => other.score - one.score),
  );
const keysOf = (scored: readonly { readonly key: string }[]) => scored.map(({ key }) => key);

describe("fusing two rankings", () => {
  it("gives each key the sum of weight · score", () => {
    const fused = fuse([
      {
        scored: [
          { key: "a", score: 0.9 },
          { key: "b", score: 0.5 },
        ],
        weight: 1,
      },
      {
        scored: [
          { key: "b", score: 0.8 },
          { key: "c", score: 0.1 },
        ],
        weight: 0.75,
      },
    ]);
    expect(keysOf(fused)).toEqual(["b", "a", "c"]);
    expect(fused[0]?.score).toBeCloseTo(1.1, 12);
  });

  it("keeps a first by far before one that the other half prefers by a hair", () => {
    const words = (first: number) => ({
      scored: [
        { key: "plain", score: first },
        { key: "other", score: 0.3 },
      ],
      weight: 1,
    });
    const meaning = {
      scored: [
        { key: "other", score: 0.3 },
        { key: "plain", score: 0.1 },
      ],
      weight: 0.5,
    };
    expect(keysOf(fuse([words(0.9), meaning]))).toEqual(["plain", "other"]);
    expect(keysOf(fuse([words(0.35), meaning]))).toEqual(["other", "plain"]);
  });

  it("loses no key and makes none up", () => {
    fc.assert(
      fc.property(rankings, rankings, (one, other) => {
        const keys = keysOf(
          fuse([
            { scored: one, weight: 1 },
            { scored: other, weight: 0.5 },
          ]),
        );
        expect(keys.toSorted()).toEqual([...new Set([...keysOf(one), ...keysOf(other)])].toSorted());
      }),
      { seed: SEED },
    );
  });

  it("is the first ranking itself where the second counts nothing", () => {
    fc.assert(
      fc.property(rankings, rankings, (one, other) => {
        const fused = fuse([
          { scored: one, weight: 1 },
          { scored: other, weight: 0 },
        ]);
        const ofTheFirst = fused.filter(({ key }) => keysOf(one).includes(key));
        expect(keysOf(ofTheFirst)).toEqual(keysOf(one));
      }),
      { seed: SEED },
    );
  });
});

describe("ranking documents by their passages", () => {
  const matches = [
    { id: "1", document_id: "long", score: 4 },
    { id: "2", document_id: "short", score: 4.5 },
    { id: "3", document_id: "long", score: 3 },
  ].toSorted((one, other) => other.score - one.score);

  it("counts the best passage alone, or further ones too", () => {
    expect(keysOf(rankDocuments(matches, 0))).toEqual(["short", "long"]);
    expect(keysOf(rankDocuments(matches, 0.5))).toEqual(["long", "short"]);
  });

  it("doesn't let a document win by length: all of it counts less than twice its best", () => {
    const many = Array.from({ length: 500 }, (_, index) => ({
      id: `${index}`,
      document_id: "book",
      score: 1,
    }));
    const best = { id: "best", document_id: "page", score: 2 };
    expect(keysOf(rankDocuments([best, ...many], 0.5))).toEqual(["page", "book"]);
  });

  it("counts further passages the less, the fewer documents have any", () => {
    const single = Array.from({ length: 20 }, (_, index) => ({
      id: `single ${index}`,
      document_id: `page ${index}`,
      score: 1,
    }));
    expect(keysOf(rankDocuments(matches, 0.5))[0]).toBe("long");
    expect(keysOf(rankDocuments([...matches, ...single], 0.5))[0]).toBe("short");
  });

  it("shows the best passage of each before the second of any", () => {
    expect(bestOfEachFirst(["a1", "a2", "b1", "a3", "c1"], (item) => item.slice(0, 1))).toEqual([
      "a1",
      "b1",
      "c1",
      "a2",
      "a3",
    ]);
  });
});

describe("how vague a question is", () => {
  it("is small where a passage has all its words, 1 where the best has next to none", () => {
    const best = bestPossibleScore([[5], [50]], 1000);
    expect(vaguenessOf(best * 0.9, best)).toBe(0.1);
    expect(vaguenessOf(best * 0.1, best)).toBe(1);
    expect(vaguenessOf(0, 0)).toBe(1);
  });

  it("goes by each spelling of a word that occurs, since the index counts each for itself", () => {
    const separate = bestPossibleScore([[5], [50]], 1000);
    expect(bestPossibleScore([[5, 50]], 1000)).toBeCloseTo(separate, 9);
    expect(bestPossibleScore([[5, 0]], 1000)).toBe(bestPossibleScore([[5]], 1000));
    expect(bestPossibleScore([[0, 0]], 1000)).toBe(bestPossibleScore([[0]], 1000));
  });
});

describe("relevance", () => {
  const unit = fc.double({ min: 0, max: 1, noNaN: true });
  const evidence = fc.record({
    coverage: unit,
    keywords: unit,
    unknown: unit,
    similarity: fc.option(fc.double({ min: -1, max: 1, noNaN: true })),
    reranking: fc.option(unit),
  });

  it("is between 0 and 1, and rises with whatever speaks for the passage", () => {
    fc.assert(
      fc.property(evidence, unit, (given, more) => {
        const relevance = relevanceOf(given);
        expect(relevance).toBeGreaterThan(0);
        expect(relevance).toBeLessThan(1);
        const covered = { ...given, coverage: Math.min(1, given.coverage + more) };
        expect(relevanceOf(covered)).toBeGreaterThanOrEqual(relevance);
        const named = { ...given, keywords: Math.min(1, given.keywords + more) };
        expect(relevanceOf(named)).toBeGreaterThanOrEqual(relevance);
        const foreign = { ...given, unknown: Math.min(1, given.unknown + more) };
        expect(relevanceOf(foreign)).toBeLessThanOrEqual(relevance);
      }),
      { seed: SEED },
    );
  });

  it("decides by the best passage whether anything is shown", () => {
    expect(aboveFloor([{ relevance: 0.6 }, { relevance: 0.12 }, { relevance: 0.01 }])).toEqual([
      { relevance: 0.6 },
      { relevance: 0.12 },
    ]);
    expect(aboveFloor([{ relevance: 0.12 }])).toEqual([]);
    expect(aboveFloor([])).toEqual([]);
  });
});

describe("an excerpt", () => {
  const terms = weightTerms(
    ["thumb", "scale"].map((word) => ({ ...termOf(word), chunks: 3, certainty: 1 })),
    100,
  );

  it("is the sentences that answer, not the beginning", () => {
    const text = `## Hands\n\n${"Sit well and breathe out before you begin. ".repeat(12)}\n\nIn a scale the thumb goes under early. Then it waits.`;
    const excerpt = excerptOf(text, terms);
    expect(excerpt).toContain("the thumb goes under early");
    expect(excerpt.length).toBeLessThanOrEqual(400);
    expect(text).toContain(excerpt);
  });

  it("is found word for word in any text, and never ends inside a character", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 1500 }), (text) => {
        const excerpt = excerptOf(text, terms);
        expect(text.includes(excerpt)).toBe(true);
        expect(excerpt.length).toBeLessThanOrEqual(400);
        if (text.isWellFormed()) expect(excerpt.isWellFormed()).toBe(true);
      }),
      { seed: SEED, numRuns: 60 },
    );
  });
});
