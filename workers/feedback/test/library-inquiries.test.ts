import { type Analysis, DEFAULT_CONTEXT, SearchRequestSchema, type UserContext } from "@crescendai/contracts";
import fc from "fast-check";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { readAnalysis } from "../src/composition/reading.ts";
import { inquiriesFor, MOST_INQUIRIES } from "../src/library/inquiries.ts";
import { passagesOnPiece, pieceNamed } from "../src/library/name-piece.ts";
import { anyAnalysis, anyContext, anyHistory } from "./support/any-analysis.ts";
import { analysisOf, found, META } from "./support/heard-music.ts";
import { passageOf } from "./support/library.ts";
import { PERFORMANCES } from "./support/performances.ts";
import { present } from "./support/results.ts";

const RUNS = { seed: 20_261_128, numRuns: 150 };

function inquiriesOn(analysis: Analysis, context: UserContext = DEFAULT_CONTEXT, filename = "take.wav") {
  return inquiriesFor(readAnalysis(analysis, context, [], META.created_at), context, filename);
}

describe("what is looked for in the library", () => {
  test("is a handful of questions within the contract, whatever was heard and wanted and however the file is called", () => {
    fc.assert(
      fc.property(
        anyAnalysis(),
        anyContext,
        anyHistory,
        fc.string({ unit: "binary", maxLength: 300 }),
        fc.array(fc.string({ unit: "grapheme", minLength: 1, maxLength: 500 }), { maxLength: 4 }),
        (analysis, given, history, filename, goals) => {
          const context = { ...given, goals };
          const reading = readAnalysis(analysis, context, history, META.created_at);
          const inquiries = inquiriesFor(reading, context, filename);
          expect(inquiries.length).toBeLessThanOrEqual(MOST_INQUIRIES);
          for (const { requests } of inquiries) {
            expect(requests.length).toBeGreaterThan(0);
            for (const request of requests) v.parse(SearchRequestSchema, request);
          }
          expect(inquiriesFor(reading, context, filename)).toEqual(inquiries);
        },
      ),
      RUNS,
    );
  });

  test("is nothing for a recording without music", () => {
    fc.assert(
      fc.property(
        anyAnalysis(fc.constantFrom<Analysis["heard"]>("silence", "noise", "speech")),
        (analysis) => {
          expect(inquiriesOn(analysis)).toEqual([]);
        },
      ),
      RUNS,
    );
  });

  test.each([
    { kind: "pedal_blur", words: /pedal/, dimension: "pedaling_technique" },
    { kind: "uneven_runs", words: /uneven/, dimension: "rhythmic_precision" },
    { kind: "melody_buried", words: /melody/, dimension: "tone_quality" },
    { kind: "narrow_dynamics", words: /soft and loud/, dimension: "dynamics_control" },
    { kind: "detached_passage", words: /legato/, dimension: "articulation_quality" },
  ] as const)(
    "for $kind is $words, first among documents on $dimension, then among all",
    ({ kind, ...wanted }) => {
      const [first] = inquiriesOn(analysisOf({ findings: [found(kind)] }));
      const requests = present(first).requests;
      expect(requests[0]).toMatchObject({
        q: expect.stringMatching(wanted.words),
        dimension: wanted.dimension,
      });
      expect(requests.at(-1)).toEqual({ q: requests[0]?.q, limit: requests[0]?.limit, level: "all" });
    },
  );

  test.each([
    { experience_level: "beginner", levels: ["beginner", "all"] },
    { experience_level: "intermediate", levels: ["intermediate", "all"] },
    { experience_level: null, levels: ["intermediate", "all"] },
    { experience_level: "advanced", levels: ["advanced", "all", "intermediate"] },
    { experience_level: "professional", levels: ["advanced", "all", "intermediate"] },
  ] as const)(
    "for $experience_level is written for these levels, and for no other",
    ({ experience_level, levels }) => {
      const { analysis } = PERFORMANCES.beginnersWaltz;
      const inquiries = inquiriesOn(analysis, { ...DEFAULT_CONTEXT, experience_level });
      const exercises = inquiries.filter((inquiry) => inquiry.for === "exercise");
      expect(exercises.length).toBeGreaterThan(0);
      for (const { requests } of exercises) {
        const filed = requests.filter(({ dimension }) => dimension !== undefined);
        if (filed.length > 0) expect(filed.map(({ level }) => level)).toEqual(levels);
        expect(requests.slice(filed.length).map(({ level }) => level)).toEqual(levels);
      }
    },
  );

  test("is nothing for what only the score can tell", () => {
    const analysis = analysisOf({ findings: [found("crescendo", { evidence: { change_db: 3 } })] });
    const questions = inquiriesOn(analysis).flatMap(({ requests }) => requests.map(({ q }) => q));
    expect(questions.length).toBeGreaterThan(0);
    for (const question of questions) expect(question).not.toContain("crescendo");
  });

  test("takes up the player's goals, those that can't be heard too", () => {
    const context = { ...DEFAULT_CONTEXT, goals: ["learn jazz improvisation"] };
    const questions = inquiriesOn(analysisOf({}), context).flatMap(({ requests }) =>
      requests.map(({ q }) => q),
    );
    expect(questions).toContain("learn jazz improvisation");
  });
});

describe("the piece", () => {
  test.each([
    ["petzold-minuet-in-g.wav", "petzold minuet g"],
    ["Chopin Nocturne Op. 9 No. 2 (take 3).m4a", "chopin nocturne op9 no2"],
    ["Clair de lune – Debussy, slow practice.mp3", "clair de lune debussy"],
  ])("is looked for by the words of “%s”", (filename, name) => {
    expect(pieceNamed(filename, DEFAULT_CONTEXT)).toBe(name);
  });

  test.each(["recording 12.wav", "waltz.wav", "take 3 final.m4a", ""])(
    "isn't guessed from “%s”",
    (filename) => {
      expect(
        pieceNamed(filename, { repertoire: ["Chopin, Waltz in A minor"] })?.includes("chopin") ?? false,
      ).toBe(false);
    },
  );

  test("is the one of the repertoire that the file's name is short for", () => {
    const repertoire = ["Brahms, op. 118", "Waltz in A minor, Chopin (easy version)"];
    expect(pieceNamed("waltz-a-minor.wav", { repertoire })).toBe(repertoire[1]);
  });

  const titles = [
    "Chopin, Nocturne in E-flat major, op. 9 no. 2",
    "Chopin, Nocturne in C-sharp minor (posthumous)",
  ];
  const passages = titles.map((title) => passageOf({ title }));

  test.each([
    ["chopin nocturne op. 9 no. 2", [titles[0]]],
    ["chopin nocturne c sharp minor", [titles[1]]],
    // Two documents fit, so either might be the wrong one.
    ["chopin nocturne", []],
    ["chopin nocturne op. 27 no. 2", []],
    ["nocturne op. 9 no. 2", []],
  ])(
    "“%s” is that of a document only if title, composer and number agree and no other does",
    (name, found) => {
      expect(passagesOnPiece(name, passages).map(({ title }) => title)).toEqual(found);
    },
  );
});
