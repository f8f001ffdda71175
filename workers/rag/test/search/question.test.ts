import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { termOf, termsOf, withCorrections } from "../../src/search/question.ts";
import { editsAllowed, nearestWord, wordWithStem } from "../../src/search/spelling.ts";
import {
  matchQuery,
  matchTogetherQuery,
  termsToMatch,
  termsToMatchTogether,
  weightTerms,
} from "../../src/search/weighted-terms.ts";
import { StemFinder, stemOf, wordsOf } from "../../src/search/words.ts";

const SEED = 20_261_128;

const wordsIn = (question: string) => termsOf(question).map(({ forms }) => forms[0].word);

describe("the words of a question", () => {
  it("are those that say what it is about", () => {
    expect(wordsIn("How should I practice scales effectively?")).toEqual(["practice", "scales"]);
    expect(wordsIn("My pupil's Étude: warm-up!")).toEqual(["pupil", "etude", "warm"]);
  });

  it("are all of them where none says anything", () => {
    expect(wordsIn("How to be")).toEqual(["how", "to", "be"]);
  });

  it("are looked for in British and American spelling, and ordinals in words", () => {
    const forms = termsOf("memorize with the 4th finger").map((term) => term.forms.map(({ word }) => word));
    expect(forms).toEqual([["memorize", "memorise"], ["4th", "fourth"], ["finger"]]);
  });

  it("are none in a question without letters, and 32 at most", () => {
    expect(termsOf("🎹 … ?!")).toEqual([]);
    const long = Array.from({ length: 200 }, (_, index) => `wort${index}`).join(" ");
    expect(termsOf(long)).toHaveLength(32);
  });
});

describe("the query of the full-text index", () => {
  it("is one string a word, whatever was asked: nothing of it is syntax", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 500 }), (question) => {
        const query = matchQuery(termsOf(question).flatMap(({ forms }) => forms));
        expect(query.replace(/"(?:[^"]|"")*"/g, "w")).toMatch(/^(?:w(?: OR w)*)?$/);
      }),
      { seed: SEED },
    );
  });

  it("leaves out the commonest words where too many chunks would have to be ranked, never all", () => {
    const terms = weightTerms(
      [
        { ...termsOf("piano")[0], chunks: 90_000 },
        { ...termsOf("scales")[0], chunks: 1500 },
        { ...termsOf("tremolo")[0], chunks: 20 },
      ].flatMap(({ forms, chunks }) => (forms === undefined ? [] : [{ forms, chunks, certainty: 1 }])),
      100_000,
    );
    expect(termsToMatch(terms).map(({ forms }) => forms[0].word)).toEqual(["tremolo", "scales"]);
    expect(termsToMatch(terms.slice(0, 1))).toHaveLength(1);
  });
});

describe("words that each are in too many chunks", () => {
  const together = (...chunks: readonly number[]) =>
    termsToMatchTogether(
      weightTerms(
        ["piano", "practise", "hands", "scales"].flatMap((word, place) => {
          const count = chunks[place];
          return count === undefined ? [] : [{ ...termOf(word), chunks: count, certainty: 1 }];
        }),
        100_000,
      ),
      100_000,
    );

  it("are looked for together: the rarest, until few enough chunks will be left", () => {
    const words = together(90_000, 20_000, 60_000, 5000).map(({ forms }) => forms[0].word);
    expect(words).toEqual(["scales", "practise"]);
    expect(together(90_000, 80_000, 70_000)).toHaveLength(3);
    expect(matchTogetherQuery(together(90_000, 20_000))).toMatch(
      /^\("practise" OR "practice".*\) AND \("piano"\)$/,
    );
  });

  it("are looked for one by one where the rarest is rare enough, and where there is but one", () => {
    expect(together(90_000, 20_000, 60_000, 50)).toEqual([]);
    expect(together(90_000)).toEqual([]);
    expect(together()).toEqual([]);
  });
});

describe("the weight of words", () => {
  it("is shared out by how rare they are, and sums up to 1", () => {
    const weights = weightTerms(
      [5, 50, 500].map((chunks) => ({ forms: [{ word: "w", stem: "w" }], chunks, certainty: 1 })),
      600,
    ).map(({ weight }) => weight);
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
    expect(weights).toEqual(weights.toSorted((one, other) => other - one));
  });
});

describe("spelling", () => {
  const known = ["piano", "techniqu", "memori", "scale", "rhythm"].map((stem) => ({ stem, chunks: 10 }));
  const corrected = (word: string) => {
    const stem = stemOf(word);
    const nearest = nearestWord(stem, editsAllowed(word, stem), known);
    return nearest === null ? null : wordWithStem(nearest.stem, word);
  };

  it("finds what was meant", () => {
    expect(corrected("pieno")).toBe("piano");
    expect(corrected("technicue")).toBe("technique");
    expect(corrected("rythm")).toBe("rhythm");
    expect(corrected("memmory")).toBe("memory");
  });

  it("leaves alone what is short, has figures, or is far from everything", () => {
    for (const word of ["pian", "pi4no", "mortgage", "football"]) expect(corrected(word), word).toBeNull();
  });

  it("takes the more frequent of two that are equally near", () => {
    const candidates = [
      { stem: "pedal", chunks: 3 },
      { stem: "medal", chunks: 30 },
    ];
    expect(nearestWord("xedal", 1, candidates)?.stem).toBe("medal");
  });

  it("is put right in the question as the models get it, and nothing else of it is touched", () => {
    const corrections = new Map([["pieno", "piano"]]);
    expect(withCorrections("Pieno, pieno — or fortepieno?", corrections)).toBe(
      "piano, piano — or fortepieno?",
    );
  });
});

it("the fast way to the words of a text finds what the thorough one does", () => {
  const text = fc.string({ unit: fc.constantFrom(..."aZ9é’ -♩ßłд"), maxLength: 60 });
  fc.assert(
    fc.property(text, (given) => {
      // A letter of another alphabet at the end makes the thorough way be taken.
      expect(wordsOf(`${given} д`).slice(0, -1)).toEqual(wordsOf(given));
    }),
    { seed: SEED },
  );
});

describe("the stems that are looked for in a text", () => {
  // What Porter's rules take from a word, or put in the place of it.
  const endings =
    "s es ies sses ed ing eed y ly ably ibly ational tional enci izer ization ator alism iveness fulness ousness ality ivity bility " +
    "ology icate ative alize ical ful ness al ance er ic able ant ement ment ion ism ate ous ive ize at bl iz e";
  const word = fc
    .tuple(
      fc.string({ unit: fc.constantFrom(..."abeilnorstuvxyz"), maxLength: 6 }),
      fc.array(fc.constantFrom(...endings.split(" ")), { maxLength: 3 }),
    )
    .map(([beginning, ends]) => beginning + ends.join(""));
  const text = fc
    .array(fc.oneof(word, fc.string({ unit: fc.constantFrom(..."aZ9é’ -_♩ßłд"), maxLength: 8 })), {
      maxLength: 12,
    })
    .chain((words) => fc.constantFrom(words.join(" "), words.join("-"), words.join("_")));

  it("are those of its words, every one and no other", () => {
    fc.assert(
      fc.property(text, fc.array(word, { maxLength: 5 }), (given, others) => {
        const stems = wordsOf(given).map(stemOf);
        const wanted = new Set([...stems.filter((_, index) => index % 2 === 0), ...others.map(stemOf)]);
        wanted.delete("");
        expect(new StemFinder(wanted).findIn(given)).toEqual(
          new Set(stems.filter((stem) => wanted.has(stem))),
        );
      }),
      { seed: SEED, numRuns: 2000 },
    );
  });
});
