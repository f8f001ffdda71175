import { type Analysis, DEFAULT_CONTEXT, FeedbackSchema } from "@crescendai/contracts";
import fc from "fast-check";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { composeFeedback } from "../src/composition/compose-feedback.ts";
import { composeResult } from "../src/composition/compose-result.ts";
import { type Reading, readAnalysis } from "../src/composition/reading.ts";
import { type Fault, findFault } from "../src/prose/checking/find-fault.ts";
import { rewordingMessages, withIds } from "../src/prose/request.ts";
import { reword, textsToReword } from "../src/prose/texts-of-reading.ts";
import { anyAnalysis, anyContext, anyHistory } from "./support/any-analysis.ts";
import { WITHOUT_LIBRARY } from "./support/compose.ts";
import { analysisOf, found, META, PLAYING, sectionOf } from "./support/heard-music.ts";
import { exceptWording } from "./support/wording.ts";

const FASTER = "The beat gets 18 % faster from 0:20 to 0:24: 96 BPM before, 113 after.";
const CLOSING = "This may be a closing ritardando: check that it begins where you mean it to.";
const VOICES = "At 0:30–0:48 the top voice is played about 8 dB more strongly than what is below it.";
const TONE = "Tone stands about 12 points above the whole at 0:52–0:58.";
const COMPARE = "Compare 0:00–0:04 with 1:20–1:32, where your tone is at its best.";

describe("a rewording that says the same is taken", () => {
  test.each([
    [FASTER, FASTER],
    [FASTER, "The beat gets 18 % quicker from 0:20 to 0:24: it is 96 BPM before, and 113 after."],
    [FASTER, "Your pulse is getting 18 % faster between 0:20 and 0:24: 96 BPM before, 113 after."],
    [
      "A steady pulse at about 96 BPM (0:00–0:38).",
      "Your pulse is steady here, at around 96 BPM (0:00–0:38).",
    ],
    ["Even running notes at 0:12–0:18.", "Your running notes are even at 0:12–0:18."],
    ["A clear crescendo at 0:04–0:10.", "At 0:04–0:10 there is a clear crescendo."],
    ["The tempo runs away at 0:20–0:24 (18 %).", "At 0:20–0:24 your tempo runs away (18 %)."],
    [
      "A pause of 3.5 s: nothing sounds from 1:38 to 2:24.",
      "From 1:38 to 2:24 there is a pause of 3.5 s, and nothing sounds.",
    ],
    ["The beat isn't steady yet at 0:15–0:21.", "At 0:15–0:21 your beat is not yet steady."],
    ["The chords at 0:26 don't quite fall together.", "The chords at 0:26 do not quite fall together."],
    ["Harmonies blur into each other at 0:26–0:34.", "At 0:26–0:34, your harmonies blur into each other."],
    ["The notes at 0:19 are short, not joined.", "Your notes at 0:19 are short, and not joined."],
    [TONE, "Your tone is about 12 points above the whole at 0:52–0:58."],
    [TONE, "At 0:52–0:58, your tone stands around 12 points above the whole."],
    [
      VOICES,
      "Between 0:30 and 0:48 your top voice is played around 8 dB more strongly than what lies below it.",
    ],
    [CLOSING, "It could be a closing ritardando: check that it starts where you mean it to."],
    [
      "If this is rubato, let it breathe over whole phrases; if not, count the smaller note values through it.",
      "If this is rubato, let it breathe over whole phrases; and if it is not, count the smaller note values through it.",
    ],
    [
      "Tone reads higher than on 7 September: about 60 instead of 35, more than the ± 7 that the comparison may err by.",
      "Your tone reads higher than on 7 September: about 60 instead of 35, more than the ±7 that the comparison might err by.",
    ],
    [
      "Thank you for playing. Take one exercise at a time, slowly; a small change that you can hear is a real one.",
      "Thank you for playing! Take one exercise at a time, and slowly: a little change that you can hear is a real one.",
    ],
    ["Play it three times [1].", "Play it here three times [1]."],
    ["It says “slow and steady” of this.", "That says “slow and steady” of it."],
    ["The top voice stands out: −6.4 dB.", "Your top voice stands out: -6.4 dB."],
  ])("%s → %s", (original, rewording) => {
    expect(findFault(original, rewording)).toBeNull();
  });
});

describe("a rewording that says something else is refused", () => {
  test.each<[Fault, string, string]>([
    ["number", FASTER, "The beat gets 19 % faster from 0:20 to 0:24: 96 BPM before, 113 after."],
    ["number", FASTER, "The beat gets 18 % faster from 0:20 to 0:24: 113 BPM before, 96 after."],
    ["number", FASTER, "The beat gets 18 BPM faster from 0:20 to 0:24: 96 BPM before, 113 after."],
    ["number", FASTER, "The beat gets −18 % faster from 0:20 to 0:24: 96 BPM before, 113 after."],
    ["number", FASTER, "The beat gets 18.0 % faster from 0:20 to 0:24: 96 BPM before, 113 after."],
    ["number", FASTER, "The beat gets 18,0 % faster from 0:20 to 0:24: 96 BPM before, 113 after."],
    ["number", FASTER, "The beat gets eighteen % faster from 0:20 to 0:24: 96 BPM before, 113 after."],
    ["number", FASTER, "The beat gets faster from 0:20 to 0:24: 96 BPM before, 113 after."],
    ["number", FASTER, "The beat gets 18 % faster from 0:20 to 0:24: 96 BPM before, 113 after: 17 BPM."],
    ["number", FASTER, "The beat gets 18 % faster from 0:20 to 0:24: 96 BPM before, up to 113 after."],
    ["number", TONE, "Tone stands 12 points above the whole at 0:52–0:58."],
    ["number", "About 72 ± 6.", "About 72 + 6."],
    ["number", "The music gets 12 dB louder.", "The music gets louder to 12 dB."],
    ["number", "Dynamics within 12 dB.", "Dynamics over 12 dB."],
    ["time", FASTER, "The beat gets 18 % faster from 0:20 to 0:25: 96 BPM before, 113 after."],
    ["time", FASTER, "The beat gets 18 % faster from 0:24 to 0:20: 96 BPM before, 113 after."],
    ["time", FASTER, "The beat gets 18 % faster around 0:20: 96 BPM before, 113 after."],
    ["time", "A restart at 1:01.", "A restart at 01:01."],
    ["citation", "Play it three times [1], then rest [2].", "Play it three times [2], then rest [1]."],
    ["citation", "Play it three times [1].", "Play it three times."],
    ["citation", "Play it three times [1].", "Play it three times [1] [2]."],
    ["citation", FASTER, "The beat gets 18 % faster from 0:20 to 0:24 [1]: 96 BPM before, 113 after."],
    ["citation", "It says “slow and steady” of this.", "It says “steady and slow” of this."],
    ["words", FASTER, "The beat gets 18 % slower from 0:20 to 0:24: 96 BPM before, 113 after."],
    ["words", FASTER, "The beat never gets 18 % faster from 0:20 to 0:24: 96 BPM before, 113 after."],
    ["words", FASTER, "Your left hand gets 18 % faster from 0:20 to 0:24: 96 BPM before, 113 after."],
    ["words", FASTER, "The beat has to get 18 % faster from 0:20 to 0:24: 96 BPM before, 113 after."],
    [
      "words",
      FASTER,
      "As Chopin has it, the beat gets 18 % faster from 0:20 to 0:24: 96 BPM before, 113 after.",
    ],
    ["words", FASTER, "The beat gets 18 % faster from 0:20 to 0:24: 96 BPM before, 113 after. Well done."],
    ["words", "The tempo sags at 0:20.", "The tempo rushes at 0:20."],
    ["words", "The beat isn't steady yet at 0:15–0:21.", "Your beat is steady at 0:15–0:21."],
    ["words", "The pulse is steady, but not even.", "The pulse is even, but not steady."],
    ["words", "The notes at 0:19 are short, not joined.", "The notes at 0:19 are not short, but joined."],
    ["words", "Nothing sounds from 1:47 to 2:37.", "From 1:47 to 2:37 it all sounds."],
    ["words", "Listeners would probably call it lean in tone.", "Listeners would call it lean in tone."],
    ["words", CLOSING, "This is a closing ritardando: check that it begins where you mean it to."],
    ["words", "No fault, but the lowest of your readings.", "A fault, and the lowest of your readings."],
    ["words", "Even running notes at 0:12–0:18.", "Uneven running notes at 0:12–0:18."],
    ["words", "A clear crescendo at 0:04–0:10.", "A clear diminuendo at 0:04–0:10."],
    ["words", "A clear crescendo at 0:04–0:10.", "A crescendo that you get at 0:04–0:10."],
    ["words", TONE, "Tone stands about 12 points below the whole at 0:52–0:58."],
    ["words", "You can hear it at 0:20.", "You must hear it at 0:20."],
    ["words", "The pedal is a strength.", "The pedal is a weakness."],
    ["words", "Stop on the E4 at 0:20.", "Stop on the F4 at 0:20."],
    ["order", FASTER, "The beat gets 18 % faster from 0:20 to 0:24: 96 BPM after, 113 before."],
    ["order", VOICES, "At 0:30–0:48 what is below it is played about 8 dB more strongly than the top voice."],
    ["order", TONE, "At 0:52–0:58 the whole stands about 12 points above the tone."],
    ["order", COMPARE, "0:00–0:04 is where your tone is at its best: compare it with 1:20–1:32."],
    [
      "order",
      "The loudest passage is 2:15–3:03, 28 dB above the softest.",
      "The softest passage is 2:15–3:03, 28 dB above the loudest.",
    ],
    ["order", "The pulse is steady, the chords are uneven.", "The chords are steady, the pulse is uneven."],
    ["order", "Old notes cover the melody at 0:20.", "The melody covers old notes at 0:20."],
    ["order", "Nothing sounds after 1:47.", "At 1:47 nothing sounds after."],
    ["question", "The tempo sags at 0:20.", "At 0:20 the tempo sags?"],
    ["length", FASTER, "The beat gets faster."],
    ["length", "The tempo sags.", "The tempo that you have here and there is what it is: the tempo sags."],
    ["form", "The tempo sags.", ""],
    ["form", "The tempo sags.", "The tempo sags"],
    ["form", "The tempo sags.", "the tempo sags."],
    ["form", "The tempo sags.", "The *tempo* sags."],
    ["form", "The tempo sags.", "The tempo\nsags."],
    ["form", "The tempo sags.", "The tempo sags (a.example)."],
    ["form", "The tempo sags.", "The tempo sags <b>."],
    ["form", "The tempo sags.", "The [tempo](x) sags."],
    ["form", "The tempo sags.", "The tempo sags\u200b."],
    ["form", "The tempo sags.", "The tempo ѕags."],
    ["form", "The tempo sags.", "The tempo sags 🎹."],
    ["form", "The tempo sags.", "The tempo sags ½."],
  ])("for its %s: %s → %s", (fault, original, rewording) => {
    expect(findFault(original, rewording)).toBe(fault);
  });
});

describe("of whatever is composed", () => {
  const RUNS = { seed: 20_261_128, numRuns: 500 };

  /** What the readings of some analyses say, each text once. */
  const TEXTS = new Set(
    fc
      .sample(fc.tuple(anyAnalysis(fc.constant("music")), anyContext, anyHistory), {
        seed: RUNS.seed,
        numRuns: 60,
      })
      .flatMap(([analysis, context, history]) =>
        textsToReword(readAnalysis(analysis, context, history, META.created_at)),
      ),
  );

  /** A text, and the same with one of the pieces that a pattern finds in it replaced. */
  function changed(pattern: RegExp, replace: (piece: string, choice: number) => string) {
    return fc
      .tuple(fc.constantFrom(...[...TEXTS].filter((text) => text.search(pattern) !== -1)), fc.nat(), fc.nat())
      .map(([text, place, choice]) => {
        const pieces = [...text.matchAll(pattern)];
        const piece = pieces[place % pieces.length];
        const [word = ""] = piece ?? [];
        const at = piece?.index ?? 0;
        return [text, text.slice(0, at) + replace(word, choice) + text.slice(at + word.length)] as const;
      });
  }

  function refusesAll(pairs: fc.Arbitrary<readonly [string, string]>): void {
    fc.assert(
      fc.property(pairs, ([original, rewording]) => {
        expect(findFault(original, rewording), `${original} → ${rewording}`).not.toBeNull();
      }),
      RUNS,
    );
  }

  test("the same words are taken, and joining words before them", () => {
    expect(TEXTS.size).toBeGreaterThan(500);
    for (const text of TEXTS) {
      expect(findFault(text, text), text).toBeNull();
      expect(findFault(text, `Here: ${text}`), text).toBeNull();
    }
  });

  test("no digit can be another", () => {
    refusesAll(changed(/\d/gu, (digit, choice) => String((Number(digit) + 1 + (choice % 9)) % 10)));
  });

  test("no number can be left out, or come twice", () => {
    refusesAll(changed(/\d+(?::\d+)?/gu, () => ""));
    refusesAll(changed(/\d+(?::\d+)?/gu, (number) => `${number} ${number}`));
  });

  test("nothing can be denied, doubted, limited or claimed that wasn't", () => {
    const added =
      "not never only may perhaps about very left right louder faster better three Chopin [1]".split(" ");
    refusesAll(changed(/\b(?=\p{L})/gu, (_, choice) => `${added[choice % added.length]} `));
  });

  test("no word of direction, denial or doubt can be left out or turned round", () => {
    const opposites = new Map([
      ["faster", "slower"],
      ["slower", "faster"],
      ["louder", "softer"],
      ["softer", "louder"],
      ["loudest", "softest"],
      ["softest", "loudest"],
      ["above", "below"],
      ["below", "above"],
      ["higher", "lower"],
      ["lower", "higher"],
      ["more", "less"],
      ["less", "more"],
      ["before", "after"],
      ["after", "before"],
      ["early", "late"],
      ["late", "early"],
      ["crescendo", "diminuendo"],
      ["diminuendo", "crescendo"],
      ["steady", "unsteady"],
      ["even", "uneven"],
      ["uneven", "even"],
      ["best", "worst"],
      ["not", ""],
      ["No", ""],
      ["nothing", "everything"],
      ["probably", "certainly"],
      ["may", "must"],
      ["about", "exactly"],
      ["only", ""],
      ["unless", "if"],
    ]);
    const pattern = new RegExp(`\\b(?:${[...opposites.keys()].join("|")})\\b`, "gu");
    refusesAll(changed(pattern, (word) => opposites.get(word) ?? ""));
    refusesAll(changed(pattern, () => ""));
  });
});

describe("the texts of a reading that are reworded", () => {
  const READINGS_RUNS = { seed: 20_261_128, numRuns: 25 };
  const WORDS = "Words of the model's.";

  const anyReading = fc.tuple(anyAnalysis(), anyContext, anyHistory).map(([analysis, context, history]) => ({
    analysis,
    reading: readAnalysis(analysis, context, history, META.created_at),
  }));

  function feedbackOf(analysis: Analysis, reading: Reading) {
    return v.parse(FeedbackSchema, composeFeedback(analysis, reading, META, WITHOUT_LIBRARY));
  }

  test("whatever the words are, nothing but sentences changes, and only those that were to be reworded", () => {
    fc.assert(
      fc.property(anyReading, ({ analysis, reading }) => {
        const texts = textsToReword(reading);
        const reworded = reword(reading, new Map(texts.map((text) => [text, WORDS])));
        expect(exceptWording(feedbackOf(analysis, reworded))).toEqual(
          exceptWording(feedbackOf(analysis, reading)),
        );
        const [before, after] = [reading, reworded].map((one) =>
          composeResult(one, META, WITHOUT_LIBRARY.sources),
        );
        expect(after?.practice_recommendations).toEqual(before?.practice_recommendations);
        const changed = (key: string, value: unknown) =>
          typeof value === "string" && texts.includes(value) && key !== "why" ? WORDS : value;
        const { strengths, passages, encouragement } = JSON.parse(JSON.stringify(reading), changed);
        expect(reworded).toMatchObject({ strengths, passages, encouragement });
      }),
      READINGS_RUNS,
    );
  });

  test("what isn't music is left as it is, and of music each text is reworded once", () => {
    fc.assert(
      fc.property(anyReading, ({ analysis, reading }) => {
        const texts = textsToReword(reading);
        if (analysis.heard !== "music") expect(texts).toEqual([]);
        expect(new Set(texts).size).toBe(texts.length);
      }),
      READINGS_RUNS,
    );
  });

  test("are the first sixty of a long recording in which much was found", () => {
    const starts = Array.from({ length: 24 }, (_, section) => 20 * section);
    const analysis = analysisOf({
      duration: 480,
      analysed_duration: 480,
      sections: starts.map((start) => sectionOf(start, start + 20)),
      findings: starts.flatMap((start) => [
        found("tempo_drift", { start: start + 2, end: start + 6 }),
        found("pedal_blur", { start: start + 10, end: start + 16 }),
      ]),
    });
    const reading = readAnalysis(analysis, DEFAULT_CONTEXT, [], META.created_at);
    const ofPassages = reading.passages.flatMap(({ insights }) =>
      insights.flatMap(({ observation, advice }) => [observation, advice]),
    );
    expect(new Set(ofPassages).size).toBeGreaterThan(60);
    const texts = textsToReword(reading);
    expect(texts).toHaveLength(60);
    expect(texts.slice(0, reading.strengths.length)).toEqual(reading.strengths);
    const last = texts.at(-1) ?? "";
    expect(ofPassages.slice(0, ofPassages.indexOf(last)).every((text) => texts.includes(text))).toBe(true);
    const worded = reword(reading, new Map(texts.map((text) => [text, WORDS])));
    expect(worded.passages.at(-1)).toEqual(reading.passages.at(-1));
  });

  test("the model is told nothing that a player has written, and no quotation", () => {
    const context = { ...DEFAULT_CONTEXT, goals: ["a singing xylophone"], repertoire: ["xylophone"] };
    for (const finding of Object.values(PLAYING)) {
      const reading = readAnalysis(analysisOf({ findings: [finding] }), context, [], META.created_at);
      expect(JSON.stringify(reading)).toContain("xylophone");
      const told = JSON.stringify(rewordingMessages(withIds(textsToReword(reading))));
      expect(told).not.toContain("xylophone");
    }
  });
});
