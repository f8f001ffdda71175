import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isEnglish } from "../../src/search/english.ts";
import { termsOf, withCorrections } from "../../src/search/question.ts";
import { beginningsLike, mayBeMisspelt, nearestWord, wordWithStem } from "../../src/search/spelling.ts";
import { weightTerms } from "../../src/search/weighted-terms.ts";
import { StemFinder, stemOf, wordsOf } from "../../src/search/words.ts";

const SEED = 20_261_128;

const wordsIn = (question: string) => termsOf(question).map(({ forms }) => forms[0].word);

describe("the words of a question", () => {
  it("are those that say what it is about", () => {
    expect(wordsIn("How should I practice scales effectively?")).toEqual(["practice", "scales"]);
    expect(wordsIn("My pupil's Étude: warm-up!")).toEqual(["pupil", "etude", "warm"]);
  });

  it("are all of them where only weak ones are left, and none where nothing is asked", () => {
    expect(wordsIn("How to get better")).toEqual(["how", "to", "get", "better"]);
    for (const nothing of [
      "the and of",
      "a",
      "3",
      "What is 3?",
      "555 123",
      "What is it?",
      "12 or 3",
      "Is it no 3",
      "How to be",
    ]) {
      expect(wordsIn(nothing), nothing).toEqual([]);
    }
    expect(wordsIn("3 against 2, op. 10")).toEqual(["3", "against", "2", "op", "10"]);
  });

  it.each([
    ["What is 6/8?", ["6", "8"]],
    ["4/4", ["4"]],
    ["3 over 2", ["3", "2"]],
    ["4 on 3", ["4", "3"]],
    ["3:2", ["3", "2"]],
    ["No. 14", ["14"]],
  ])("are its figures where it asks for a metre, a rhythm or a number: %s", (question, words) => {
    expect(wordsIn(question)).toEqual(words);
  });

  it.each([
    ["B major fingering", ["b major", "fingering"]],
    ["Which fingers for the F-sharp minor scale?", ["f sharp minor", "fingers", "scale"]],
    ["Bb major", ["b flat major"]],
    ["F# minor, G♭, C♯ Minor", ["f sharp minor", "g flat", "c sharp minor"]],
    ["a prelude in a flat major", ["a flat major", "prelude"]],
    ["Raindrop prelude, repeated A flat", ["a flat", "raindrop", "prelude", "repeated"]],
    ["What is A minor?", ["a minor"]],
    ["is it a minor mistake, a major problem", ["minor", "mistake", "major", "problem"]],
    ["A flat hand", ["flat", "hand"]],
    ["My wrist hurts. A flat hand?", ["wrist", "hurts", "flat", "hand"]],
    ["A-flat étude, a-flat", ["a flat", "etude"]],
    ["EB MAJOR SCALE", ["e flat major", "scale"]],
    ["AB form", ["ab", "form"]],
    ["B\u2011flat major, C–sharp", ["b flat major", "c sharp"]],
    ["sonata in D, major works", ["sonata", "major", "works"]],
    ["ab initio, Be sharp", ["ab", "initio", "sharp"]],
  ])("are the names of keys, each as one, and what else it asks: %s", (question, words) => {
    expect(wordsIn(question)).toEqual(words);
  });

  it("are looked for as keys are abbreviated, where that means nothing else", () => {
    const forms = termsOf("Bb minor, D flat, F sharp minor").map((term) =>
      term.forms.map(({ word }) => word),
    );
    expect(forms).toEqual([["b flat minor", "bb minor"], ["d flat"], ["f sharp minor"]]);
  });

  it("are looked for in British and American spelling, and ordinals in words", () => {
    const forms = termsOf("memorize with the 4th finger").map((term) => term.forms.map(({ word }) => word));
    expect(forms).toEqual([["memorize", "memorise"], ["4th", "fourth"], ["finger"]]);
  });

  it("are looked for in every spelling of a composer's name", () => {
    const formsOf = (question: string) => termsOf(question).map((term) => term.forms.map(({ word }) => word));
    expect(formsOf("Rachmaninov's Händel")).toEqual([
      ["rachmaninov", "rachmaninoff", "rakhmaninov"],
      ["handel", "haendel"],
    ]);
  });

  it("are none in a question without letters, and 32 at most", () => {
    expect(termsOf("🎹 … ?!")).toEqual([]);
    const long = Array.from({ length: 200 }, (_, index) => `wort${index}`).join(" ");
    expect(termsOf(long)).toHaveLength(32);
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
  const words =
    "piano technique memory memorise scale rhythm right trill piece pace price touch such much legato rest wrist chord";
  const known = words.split(" ").map((word) => ({ stem: stemOf(word), chunks: word === "piece" ? 30 : 10 }));
  const corrected = (word: string) => {
    const stem = stemOf(word);
    const like = known.filter((one) =>
      beginningsLike(stem).some((beginning) => one.stem.startsWith(beginning)),
    );
    const nearest = mayBeMisspelt(word) ? nearestWord(stem, like) : null;
    return nearest === null ? null : wordWithStem(nearest.stem, word);
  };

  it.each([
    ["pieno", "piano"],
    ["technicue", "technique"],
    ["rythm", "rhythm"],
    ["memmory", "memory"],
    ["tril", "trill"],
    ["rithm", "rhythm"],
    ["pice", "piece"],
    ["tuch", "touch"],
    ["memmorise", "memorise"],
    ["leggato", "legato"],
    ["rist", "rest"],
    ["kord", "chord"],
  ])("takes %s for %s", (written, meant) => {
    expect(corrected(written)).toBe(meant);
  });

  it("leaves alone what is short, has figures, or is far from everything", () => {
    for (const word of ["pia", "pi4no", "mortgage", "football", "oach"])
      expect(corrected(word), word).toBeNull();
  });

  it("knows words of English, which aren't misspelt just because the library lacks them", () => {
    for (const word of ["lottery", "reset", "leaking", "chess"]) expect(isEnglish(word), word).toBe(true);
    for (const word of ["tril", "rithm", "pice", "leggato", "tuch"])
      expect(isEnglish(word), word).toBe(false);
  });

  it("takes what sounds the same before what doesn't, and else the more frequent of two that are equally near", () => {
    const candidates = [
      { stem: "pedal", chunks: 3 },
      { stem: "petal", chunks: 30 },
      { stem: "pedals", chunks: 40 },
    ];
    expect(nearestWord("pedel", candidates)).toMatchObject({ stem: "pedal", certainty: 0.5 });
    expect(nearestWord("pelal", candidates)?.stem).toBe("petal");
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

  it("finds the name of a key where its words follow each other, and not in another key's", () => {
    const finder = new StemFinder(new Set(["b major", "scale"]));
    expect(finder.findIn("The scale of B major.")).toEqual(new Set(["b major", "scale"]));
    expect(finder.findIn("Étude in B♭ major")).toEqual(new Set());
    expect(new StemFinder(new Set(["b flat major"])).findIn("Étude in B♭ major").size).toBe(1);
    expect(finder.findIn("Étude in B-Major")).toEqual(new Set(["b major"]));
    expect(finder.findIn("B-flat major scales, B. Another major.")).toEqual(new Set(["scale"]));
    expect(finder.findIn("Ab majority of b majors")).toEqual(new Set());
    const sharp = new StemFinder(new Set(["f sharp", "f minor"]));
    expect(sharp.findIn("In F# minor.")).toEqual(new Set(["f sharp"]));
    expect(sharp.findIn("# F minor\n\nSee [f#](#F).")).toEqual(new Set(["f minor"]));
  });
});
