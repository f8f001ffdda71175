import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { keyIn, namesKey, withoutKey } from "../src/coach/language/keys.ts";
import { isEnglish } from "../src/coach/language/language.ts";
import { otherNames, sharedWords } from "../src/coach/language/same-word.ts";
import { sentencesOf } from "../src/coach/language/sentences.ts";
import { tellingWords, termsOf, topicWords } from "../src/coach/language/topic.ts";
import { contentWords } from "../src/coach/language/words.ts";
import { DOCUMENTS } from "./library.ts";

const SEED = 20_261_128;

describe("words of a question", () => {
  test.each([
    ["pedalling", "Pedaling the bass"],
    ["memorise", "Memorizing by heart"],
    ["faster", "fast"],
    ["easiest", "easy"],
    ["bigger", "big"],
    ["leaps", "a jump"],
    ["transposition", "transpose"],
    ["rhythmic", "rhythm"],
    ["uneven", "evenness"],
    ["sightreading", "Sight-reading"],
    ["trembling", "my hands shake"],
  ])("find their other forms and names: %s in “%s”", (word, text) => {
    expect(sharedWords(contentWords(word), text)).toBe(contentWords(word).length);
    expect(sharedWords(contentWords(text), word)).toBeGreaterThan(0);
  });

  test.each([
    ["finger", "fingering"],
    ["improve", "improvise"],
    ["never", "nerves"],
    ["note", "notation"],
  ])("don't find what only looks alike: %s in “%s”", (word, text) => {
    expect(sharedWords([word], text)).toBe(0);
  });

  test("say what it is about, without what goes with any question", () => {
    expect(topicWords("How can I get better at playing trills on my piano?")).toEqual(["trills"]);
    expect(topicWords("What needs the most attention first?")).toEqual([]);
    expect(topicWords("Which fingering for B flat major?")).toEqual(["fingering"]);
    expect(tellingWords("How do I pedal Debussy?")).toEqual(["pedal"]);
    expect(tellingWords("How do I play Für Elise?")).toEqual(["für", "elise"]);
    expect(otherNames(["jumps"])).toEqual(["jump", "leap"]);
  });

  test("weigh what they tell: a number tells which piece of several", () => {
    const weights = new Map(
      termsOf("How do I practise Invention no. 4?").map(({ word, weight }) => [word, weight]),
    );
    expect(weights.get("4")).toBeGreaterThan(weights.get("invention") ?? 0);
    expect(weights.get("invention")).toBeGreaterThan(weights.get("practise") ?? 1);
  });
});

describe("a key", () => {
  test.each([
    ["Which fingering for B flat major?", "b flat major"],
    ["the C-sharp minor prelude", "c sharp minor"],
    ["the Minuet in G?", "g"],
    ["Prelude in A minor", "a minor"],
  ])("is read as it is written: %s", (text, key) => {
    expect(keyIn(text)).toBe(key);
    expect(keyIn(withoutKey(text))).toBeNull();
  });

  test.each(["I have a major problem", "a minor slip", "in a hurry", "Be flat", "in Germany"])(
    "isn't read into other words: %s",
    (text) => {
      expect(keyIn(text)).toBeNull();
    },
  );

  test("is named by its note alone, but not by another mode or accidental", () => {
    expect(namesKey("Petzold, Minuet in G major", "g")).toBe(true);
    expect(namesKey("Schubert, Impromptu in G-flat major", "g")).toBe(false);
    expect(namesKey("Schubert, Impromptu in G-flat major", "g flat minor")).toBe(false);
  });
});

test("words that mean something together are read as that", () => {
  expect(contentWords("practise without a piano")).toEqual(["practise", "mental", "practice"]);
  expect(contentWords("sightreading away from the keyboard")).toEqual([
    "sight",
    "reading",
    "mental",
    "practice",
  ]);
  expect(contentWords("a melody without a pause")).toEqual(["melody", "pause"]);
  expect(contentWords("learn without a piano teacher")).toEqual(["learn", "piano", "teacher"]);
  expect(contentWords("how far away from the keyboard should I sit")).not.toContain("mental");
});

describe("a text", () => {
  test("of the library is English, whatever it quotes", () => {
    expect(DOCUMENTS.filter(({ body }) => !isEnglish(body)).map(({ name }) => name)).toEqual([]);
  });

  test.each([
    "Wie übe ich Triller langsam?",
    "Comment jouer les trilles ?",
    "¿Cómo puedo practicar los trinos?",
    "Come posso studiare i trilli?",
    "Hoe kan ik het beste oefenen?",
    "Как мне играть трели медленно?",
  ])("in another language is told from English: %s", (text) => {
    expect(isEnglish(text)).toBe(false);
  });

  test("is taken apart into sentences without losing a word, and not at abbreviations", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("Play op. 9 no. 2.", "Stop!", "Why?", "(Rest.)", "“Sing.”")),
        (parts) => {
          expect(sentencesOf(parts.join(" "))).toEqual(parts);
        },
      ),
      { seed: SEED },
    );
    expect(sentencesOf("Play Nos. 1 and 2. Then rest.")).toEqual(["Play Nos. 1 and 2.", "Then rest."]);
  });
});
