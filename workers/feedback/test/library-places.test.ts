import { DEFAULT_CONTEXT } from "@crescendai/contracts";
import { describe, expect, test } from "vitest";
import { readAnalysis } from "../src/composition/reading.ts";
import { candidatesFor } from "../src/library/choose-quotation.ts";
import { chooseSources } from "../src/library/choose-sources.ts";
import { inquiriesFor } from "../src/library/inquiries.ts";
import { isOnPiece } from "../src/library/name-piece.ts";
import { NEEDS } from "../src/library/needs.ts";
import { analysisOf, found, META, sectionOf } from "./support/heard-music.ts";
import { passageOf } from "./support/library.ts";

const IMPROMPTU = "Schubert, Impromptu in B-flat major, D 935 no. 3 (op. 142 no. 3)";
const FILENAME = "Schubert Impromptu D 935 no 3.wav";

/** What is quoted of a passage for a take of the impromptu whose pedal blurs. */
function quotedFrom(given: Parameters<typeof passageOf>[0]): string[] {
  const reading = readAnalysis(
    analysisOf({ findings: [found("pedal_blur")] }),
    DEFAULT_CONTEXT,
    [],
    META.created_at,
    FILENAME,
  );
  const inquiries = inquiriesFor(reading, DEFAULT_CONTEXT, FILENAME);
  const { exercises, goals } = chooseSources(
    inquiries,
    inquiries.map(() => [passageOf(given)]),
  );
  return [...exercises.values(), ...goals.values()].flatMap(({ practice, remark }) =>
    [practice, remark?.quotation ?? null].flatMap((one) => (one === null ? [] : [one.excerpt])),
  );
}

const GENERAL = "Play the passage three times without pedal and listen to what the fingers hold.";

describe("an exercise", () => {
  test("is quoted from a document on the technique", () => {
    expect(quotedFrom({ text: `- ${GENERAL}` })).toContain(GENERAL);
  });

  test.each([
    "Bars 5–8: play the passage three times without pedal and listen to what the fingers hold.",
    "Variation 3: play the passage three times without pedal and listen to what the fingers hold.",
    "B-flat minor, passionate: play three times without pedal and listen to what the fingers hold.",
  ])("isn't what belongs to one place of a piece: %s", (text) => {
    expect(quotedFrom({ text: `- ${text}` })).toEqual([]);
  });

  test.each(["Chopin, Waltz in A minor", "Mozart, how to approach his piano music"])(
    "is never from a document on other music: %s",
    (title) => {
      expect(quotedFrom({ title, text: `- ${GENERAL}` })).toEqual([]);
    },
  );
});

test("for right notes nothing is quoted that is for passages in chords, which nobody heard", () => {
  const text = "- Play the passage slowly, each note clean and secure, four times.";
  const quoted = (title: string) => candidatesFor(NEEDS.note_accuracy, [passageOf({ title, text })]).length;
  expect(quoted("Massive chord passages: accuracy, release and endurance")).toBe(0);
  expect(quoted("Note accuracy at the intermediate level")).toBe(1);
});

test("for touch in which no fault was found nothing is quoted that is for notes held too long", () => {
  const text = "- Play the passage staccato, each note let go at once, four times.";
  const quoted = (title: string) =>
    candidatesFor(NEEDS.articulation_quality, [passageOf({ title, text })]).length;
  expect(quoted("When notes run into each other: clean note endings")).toBe(0);
  expect(quoted("Articulation quality at the intermediate level")).toBe(1);
});

test("work on a passage that stands below the rest isn't something to do with the whole piece", () => {
  const low = analysisOf({ sections: [sectionOf(0, 20), sectionOf(20, 40, { against: { phrasing: -24 } })] });
  const inquiries = inquiriesFor(
    readAnalysis(low, DEFAULT_CONTEXT, [], META.created_at),
    DEFAULT_CONTEXT,
    null,
  );
  const quoted = (text: string) =>
    chooseSources(
      inquiries,
      inquiries.map(() => [passageOf({ title: "Phrasing", section: "Phrasing exercises", text })]),
    ).exercises.get(0)?.practice?.excerpt;
  const phrases = "Sing each phrase and breathe where it ends, three times, then play it with one goal.";
  expect(quoted(`- ${phrases}`)).toBe(phrases);
  expect(quoted(`- ${phrases.replace("each phrase", "each phrase of the piece")}`)).toBeUndefined();
});

test("work on a goal's passage isn't something to do with the whole piece either", () => {
  const sections = [sectionOf(0, 40), sectionOf(40, 80, { against: { tone_quality: -5 } })];
  const long = analysisOf({ duration: 80, analysed_duration: 80, sections });
  const context = { ...DEFAULT_CONTEXT, goals: ["more colour in my sound"] };
  const quoted = (text: string) => {
    const inquiries = inquiriesFor(readAnalysis(long, context, [], META.created_at), context, null);
    const index = inquiries.findIndex(({ requests }) => requests[0]?.q.startsWith("tone:"));
    const passages = [passageOf({ title: "Tone", section: "Tone exercises", text: `- ${text}` })];
    return chooseSources(
      inquiries,
      inquiries.map((_, at) => (at === index ? passages : [])),
    ).exercises.size;
  };
  expect(quoted("Listen to each sound to its end, three times, and play the next tone into it.")).toBe(1);
  expect(quoted("Listen to each sound in the piece to its end, three times, and play on.")).toBe(0);
});

test("joining notes with the fingers isn't taught with the foot", () => {
  const asked = analysisOf({ findings: [found("detached_passage")] });
  const inquiries = inquiriesFor(
    readAnalysis(asked, DEFAULT_CONTEXT, [], META.created_at),
    DEFAULT_CONTEXT,
    null,
  );
  const quoted = (text: string) =>
    chooseSources(
      inquiries,
      inquiries.map(() => [passageOf({ title: "Legato", section: "Legato exercises", text })]),
    ).exercises.get(0)?.practice?.excerpt;
  const fingers = "Play the scale legato with one finger three times, and join the notes by holding each.";
  expect(quoted(`- ${fingers}`)).toBe(fingers);
  expect(quoted(`- ${fingers} The foot goes down on two.`)).toBeUndefined();
});

test("what only says what a word means is nothing to practise", () => {
  const need = { about: ["dynamic", "loud"], words: ["forte", "loud", "level"] };
  const excerpts = (text: string) =>
    candidatesFor(need, [passageOf({ title: "Dynamics", section: "Loud and soft", text })]).map(
      ({ quotation }) => quotation.excerpt,
    );
  const definition =
    "Forte (f): loud; mezzo forte (mf) moderately loud, the level from which others are measured.";
  const exercise =
    "Play the first phrase at three levels, forte the last, and have somebody name each of them.";
  expect(excerpts(`- ${definition}\n- ${exercise}`)).toEqual([exercise]);
});

describe("a remark on the piece", () => {
  test("is on the whole of it, not on one of its parts", () => {
    const text = (heading: string) => `Its pedal.\n\n## ${heading}\n\n1. ${GENERAL}\n`;
    expect(quotedFrom({ title: IMPROMPTU, section: "", text: text("Pedal and mistakes") })).toEqual([
      GENERAL,
    ]);
    for (const part of ["The five variations", "Trio", "C-sharp minor", "Middle section, coda"])
      expect(quotedFrom({ title: IMPROMPTU, section: "", text: text(part) })).toEqual([]);
    // The heading may stand before the passage.
    expect(quotedFrom({ title: IMPROMPTU, section: "Theme", text: GENERAL })).toEqual([]);
  });
});

test.each([
  [IMPROMPTU, true],
  ["Beethoven, 32 Variations in C minor, WoO 80", true],
  ["Schubert, how to approach his piano music", false],
  ["Clearing a muddy pedal", false],
  ["Phrasing and breathing, shaping the long line", false],
])("“%s” is a document on a piece: %s", (title, expected) => {
  expect(isOnPiece(title)).toBe(expected);
});
