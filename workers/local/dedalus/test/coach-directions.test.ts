import { describe, expect, test } from "vitest";
import { searchLibrary } from "./library-search.ts";
import { RESULTS, talk, withAnalysis } from "./support.ts";

/** What is practised for a fault is by the library's own documents; each exercise must be for its direction. */
interface Case {
  readonly kind: string;
  readonly dimension: string;
  readonly evidence?: Readonly<Record<string, number>>;
  /** How feedback names it. */
  readonly priority: string;
  /** The document that the first exercise is of. */
  readonly source: RegExp;
  /** What is only said where the opposite is to be mended. */
  readonly opposite: RegExp;
}

const HEARD: readonly Case[] = [
  {
    kind: "overlapped_passage",
    dimension: "articulation_quality",
    priority: "Articulation. Notes run into each other at 0:05–0:09.",
    source: /clean note endings/,
    opposite: /hold each|held until|joining|overlap: keep/i,
  },
  {
    kind: "detached_passage",
    dimension: "articulation_quality",
    priority: "Articulation. Notes are let go early at 0:05–0:09, unless staccato is written.",
    source: /legato/i,
    opposite: /lift to play|short first|clean note endings/i,
  },
  {
    kind: "tempo_drift",
    dimension: "rhythmic_precision",
    evidence: { tempo_change_percent: 8 },
    priority: "Tempo and pulse. The tempo runs away at 0:05–0:09 (8 %).",
    source: /rushing/,
    opposite: /\bdrag/i,
  },
  {
    kind: "tempo_drift",
    dimension: "rhythmic_precision",
    evidence: { tempo_change_percent: -8 },
    priority: "Tempo and pulse. The tempo sags at 0:05–0:09 (8 %).",
    source: /steady tempo/,
    opposite: /there you rush|are rushed/i,
  },
  {
    kind: "pedal_blur",
    dimension: "pedaling_technique",
    priority: "Pedal. The pedal blurs harmonies or lines at 0:05–0:09.",
    source: /pedal/i,
    opposite: /add resonance|too dry/i,
  },
  {
    kind: "melody_buried",
    dimension: "dynamics_control",
    priority: "Balance. The accompaniment covers the melody at 0:05–0:09.",
    source: /melody|balance/i,
    opposite: /only just in front|lighten the arm/i,
  },
  {
    kind: "narrow_dynamics",
    dimension: "dynamics_control",
    priority: "Dynamics. Loudness hardly changes at 0:05–0:09.",
    source: /dynamic/i,
    opposite: /3 to 6 only|one level over/i,
  },
  {
    kind: "uneven_runs",
    dimension: "rhythmic_precision",
    priority: "Evenness. The running notes at 0:05–0:09 are uneven.",
    source: /even/i,
    opposite: /rubato/i,
  },
];

/** Exercises that are asked for one after the other. */
const EXERCISES = 4;

describe("an exercise is for the direction of what was heard, and not for its opposite", () => {
  test.each(HEARD)(
    "$kind $evidence",
    async ({ kind, dimension, evidence = {}, priority, source, opposite }) => {
      const results = {
        ...RESULTS,
        ...withAnalysis({
          dimensions: { [dimension]: { score: 40, uncertainty: 8 } },
          weakest: [dimension],
          strengths: [],
          priorities: [priority],
          findings: [{ kind, dimension, evidence, start: 5, end: 9, observation: priority, suggestion: "" }],
        }),
        search_knowledge_base: searchLibrary(),
      };
      // Of the weakest dimension, of the place that comes first, and of those that follow.
      let { messages, text } = await talk("What should I work on first?", { results });
      expect(text).toMatch(/\[\d+\]/);
      expect(text).not.toMatch(opposite);
      for (let count = 0; count < EXERCISES; count += 1) {
        const question = count === 0 ? "How do I fix it?" : "Another exercise please";
        ({ messages, text } = await talk(question, { before: messages, results }));
        if (count === 0) expect(text).toMatch(source);
        expect(text).toMatch(/\[\d+\]/);
        expect(text).not.toMatch(opposite);
      }
    },
  );
});

describe("what a player tells of themselves has an exercise for its direction", () => {
  const results = {
    ...RESULTS,
    list_recordings: { recordings: [] },
    search_knowledge_base: searchLibrary(),
  };
  test.each<readonly [told: string, answer: RegExp]>([
    ["My notes run into each other.", /clean note endings/],
    ["There are gaps between my notes.", /[Ll]egato/],
    ["I rush.", /rushing/],
    ["I drag in the difficult bars.", /slower|dragging/],
    ["My pedalling is too dry.", /resonance|Half pedal|touch the pedal/],
    ["My pedal is muddy.", /muddy|mud/],
    ["My melody is too loud compared with the accompaniment.", /only just in front|Lighten the arm/],
    ["The melody is buried.", /melody|balance/i],
    ["My dynamics are exaggerated.", /3 to 6 only|one level over/],
    ["My dynamics are too flat.", /ladder|Echo|dynamic/i],
  ])("%s", async (told, answer) => {
    const { text } = await talk(`${told} How do I fix it?`, { results });
    expect(text).toMatch(/library(?: says)?: .*\[\d+\]/s);
    expect(text).toMatch(answer);
  });
});

describe("a question that only goes on from the one before is understood with it", () => {
  test.each<readonly [before: string, question: string, answer: RegExp]>([
    ["How was the beginning?", "And the end?", /^Nothing stands out at the end|^At the end/],
    ["What does dolce mean?", "And con fuoco?", /Con fuoco: with fire/],
    ["How was my rhythm?", "What about the pedal?", /pedaling technique/],
    ["Give me a plan for 20 minutes", "And for a week?", /plan/],
  ])("%s %s", async (before, question, answer) => {
    const results = {
      ...withAnalysis({ recording: { ...RECORDED, duration: 90 } }),
      search_knowledge_base: searchLibrary(),
    };
    const { messages } = await talk(before, { results });
    expect((await talk(question, { before: messages, results })).text).toMatch(answer);
  });
});

const RECORDED = { id: "0b6ce0f5-5b5c-4f3a-9d7e-2f6c3f1d2a4b", filename: "minuet.wav" };

describe("a term is explained by its entry in a glossary", () => {
  const results = { ...RESULTS, search_knowledge_base: searchLibrary() };
  test.each<readonly [question: string, entry: string]>([
    ["What does dolce mean?", "Dolce: sweetly."],
    ["What is a hemiola?", "Hemiola: two bars of three beats"],
    ["What is a fermata?", "Fermata: "],
    ["What does D.S. al Coda mean?", "D.S. al Coda: go back to the sign"],
    ["What is a triplet?", "Triplet: three notes"],
    ["What does sforzando mean?", "Sforzando (sf, sfz): "],
  ])("%s", async (question, entry) => {
    expect((await talk(question, { results })).text).toContain(`The library says: ${entry}`);
  });
});

describe("what the library has on one key, or one kind of music, is found", () => {
  const results = { ...RESULTS, list_recordings: { recordings: [] }, search_knowledge_base: searchLibrary() };
  test.each<readonly [question: string, answer: string]>([
    [
      "B major scale fingering",
      "The library says: B major: right hand 1-2-3-1-2-3-4-5, left hand 4-3-2-1-4-3-2-1.",
    ],
    ["fingering for the F sharp minor scale", "F sharp minor: right hand 3-4-1-2-3-1-2-3"],
    ["How do I memorise a fugue?", "Subject and countersubject alone, from memory"],
    ["Should I use pedal in this piece?", "A piece wants pedal where you can say what for"],
    ["How do I keep going after a mistake?", "Recovering from mistakes"],
    ["What is the difference between a tie and a slur?", "A tie joins two notes of the same pitch"],
  ])("%s", async (question, answer) => {
    expect((await talk(question, { results, before: [] })).text).toContain(answer);
  });
});
