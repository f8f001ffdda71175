import { describe, expect, it } from "vitest";
import packed from "../model/words.bin";
import { KnownWords } from "../src/words/known-words.ts";
import { stem } from "../src/words/stem.ts";
import { tokensOf } from "../src/words/tokens.ts";
import { WordVectors } from "../src/words/word-vectors.ts";

const words = new KnownWords(new WordVectors(packed));

function known(word: string): string | undefined {
  const number = words.find(word);
  return number === undefined ? undefined : words.vectors.words[number];
}

describe("the words of a text", () => {
  it("are in lower case, without diacritics, marks and contracted endings", () => {
    expect(tokensOf("Chopin's Étude, Op. 10 No. 3 — don't rush!")).toEqual([
      ...["chopin", "etude", "op", "10", "no", "3", "don", "rush"],
    ]);
    expect(tokensOf("légèrement; Straße")).toEqual(["legerement", "strasse"]);
    expect(tokensOf("ピアノ 🎹")).toEqual([]);
  });
});

describe("a word's stem", () => {
  it("is the same for its forms, and never shorter than three letters", () => {
    for (const forms of [
      ["scale", "scales"],
      ["practise", "practised", "practising"],
      ["pedal", "pedals"],
    ]) {
      expect(new Set(forms.map(stem)).size, forms.join()).toBe(1);
    }
    expect(["sing", "us", "bed", "s", ""].map(stem)).toEqual(["sing", "us", "bed", "s", ""]);
  });
});

describe("a word that isn't known", () => {
  it("is taken for the one it is a form of", () => {
    expect(known("rubatos")).toBe("rubato");
    expect(known("voicings")).toBeDefined();
  });

  it("is taken for the one it misspells, of two for the more frequent", () => {
    expect(known("pieno")).toBe("piano");
    expect(known("technicue")).toBe("technique");
    expect(known("metronom")).toBe("metronome");
    expect(known("arpegios")).toBe("arpeggios");
  });

  it("stays unknown if it is like none, short, or a number", () => {
    expect(["xqzjvkw", "zq", "1785"].map(known)).toEqual([undefined, undefined, undefined]);
  });
});

describe("the words of music", () => {
  it("are known, however rare elsewhere", () => {
    const rare = [
      "rubato",
      "acciaccatura",
      "czerny",
      "leschetizky",
      "sostenuto",
      "arpeggio",
      "staccato",
      "hemiola",
    ];
    expect(rare.filter((word) => words.vectors.numberOf(word) === undefined)).toEqual(["acciaccatura"]);
  });
});
