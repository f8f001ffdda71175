import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { termOf, termsOf } from "../../src/search/question.ts";
import { weightTerms } from "../../src/search/weighted-terms.ts";
import { rarestWordsOf, wordQueries } from "../../src/search/word-queries.ts";

const SEED = 20_261_128;

const TOTAL = 100_000;

/** What is asked for words that so many chunks have. */
function queriesFor(chunks: Readonly<Record<string, number>>) {
  const terms = Object.entries(chunks).map(([word, count]) => ({
    ...termOf(word),
    chunks: count,
    certainty: 1,
  }));
  return wordQueries(weightTerms(terms, TOTAL), TOTAL).map(({ match }) => match);
}

describe("the queries of the full-text index", () => {
  it("are one string a word, whatever was asked: nothing of it is syntax", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 500 }), fc.nat(TOTAL), (question, chunks) => {
        const terms = termsOf(question).map((term) => ({ ...term, chunks, certainty: 1 }));
        for (const { match } of wordQueries(weightTerms(terms, TOTAL), TOTAL)) {
          expect(match.replace(/"(?:[^"]|"")*"/g, "w")).toMatch(
            /^(?:\{title section keywords\} : )?\(*w(?:\)* (?:OR|AND) \(*w)*\)*$/,
          );
        }
      }),
      { seed: SEED },
    );
  });

  it("leave out the commonest words where too many chunks would have to be ranked, never all", () => {
    expect(queriesFor({ piano: 90_000, scales: 1500, tremolo: 20 })).toEqual(['"tremolo" OR "scales"']);
    expect(queriesFor({ scales: 1500 })).toEqual(['"scales"']);
    expect(queriesFor({ zither: 0 })).toEqual([]);
  });

  it("look for words that are all common together first: the rarest, until few enough chunks will be left", () => {
    expect(queriesFor({ piano: 90_000, hands: 20_000, keys: 60_000, scales: 5000 })).toEqual([
      '("scales") AND ("hands")',
      '"scales"',
    ]);
  });

  it("look for what stands in headings first where even all together are in too many", () => {
    expect(queriesFor({ keys: 40_000, hands: 30_000, piano: 90_000 })).toEqual([
      '{title section keywords} : (("hands") AND ("keys"))',
      '("hands") AND ("keys")',
      '"hands"',
    ]);
    expect(queriesFor({ piano: 90_000 })).toEqual(['{title section keywords} : (("piano"))', '"piano"']);
  });
});

describe("what is read before it is sure how frequent words are", () => {
  const terms = termsOf("piano keys and hands");
  const chunksWith = new Map([
    ["piano", 90_000],
    ["kei", 40_000],
    ["hand", 30_000],
  ]);

  it("is what the first query wants, where all words were counted before", () => {
    const { otherwise } = rarestWordsOf(terms, (stem) => chunksWith.get(stem), TOTAL);
    expect(otherwise).toBe(queriesFor({ piano: 90_000, keys: 40_000, hands: 30_000 })[0]);
  });

  it("is what the rarest words match where some must be counted", () => {
    const { words, otherwise } = rarestWordsOf(
      terms,
      (stem) => (stem === "hand" ? undefined : 40_000),
      TOTAL,
    );
    expect(otherwise).toBeNull();
    expect(words.map(({ query, stems }) => [query, stems])).toEqual([
      ['"piano"', []],
      ['"keys"', []],
      ['"hands"', ["hand"]],
    ]);
  });
});
