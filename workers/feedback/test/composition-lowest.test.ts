import { DEFAULT_CONTEXT, DIMENSIONS } from "@crescendai/contracts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { summariseAnalysis } from "../src/readings/summarise.ts";
import { anyAnalysis, anyContext, anyHistory } from "./support/any-analysis.ts";
import { composeFeedback } from "./support/compose.ts";
import { analysisOf, found, META, readings } from "./support/heard-music.ts";

const RUNS = { seed: 20_261_128, numRuns: 150 };

const RECORDING = {
  id: META.recording_id,
  filename: "take.wav",
  duration: 40,
  created_at: META.created_at,
  status: "completed",
} as const;

const summaryOf = (scores: Parameters<typeof readings>[0]) =>
  summariseAnalysis(
    RECORDING,
    analysisOf({ dimensions: readings(scores) }),
    DEFAULT_CONTEXT,
    [],
    META.created_at,
  );

/** Scores that all lie far above whatever a test puts beneath them. */
const HIGH = Object.fromEntries(DIMENSIONS.map((name) => [name, 80]));

const areasOf = (analysis: Parameters<typeof composeFeedback>[0]) =>
  composeFeedback(analysis, DEFAULT_CONTEXT, META).overall_assessment.areas_for_improvement;

describe("the weakest dimension", () => {
  test("is the lowest of all scores but the sum of them, whatever was heard", () => {
    fc.assert(
      fc.property(anyAnalysis(), anyContext, anyHistory, (analysis, context, history) => {
        const { weakest, dimensions, lowest } = summariseAnalysis(
          RECORDING,
          analysis,
          context,
          history,
          META.created_at,
        );
        const [first] = weakest;
        expect(first === undefined).toBe(lowest === null);
        if (first === undefined) return;
        const scores = DIMENSIONS.filter((name) => name !== "overall_quality").flatMap(
          (name) => dimensions[name]?.score ?? [],
        );
        expect(dimensions[first]?.score).toBe(Math.min(...scores));
        expect(lowest?.toLowerCase()).toContain(`${first.replaceAll("_", " ")} reads lowest`);
      }),
      RUNS,
    );
  });

  test.each(["stylistic_appropriateness", "overall_musicality", "note_accuracy"] as const)(
    "may be %s, and is then called the lowest of the readings and worked on",
    (name) => {
      const scores = { ...HIGH, [name]: 41, tone_quality: 60 };
      expect(summaryOf(scores).weakest.slice(0, 2)).toEqual([name, "tone_quality"]);
      const areas = areasOf(analysisOf({ dimensions: readings(scores) }));
      expect(areas[0]).toMatch(/the lowest of your readings: (?:style|musicality|accuracy)/);
      expect(areas.filter((area) => area.includes("the lowest"))).toHaveLength(1);
    },
  );

  test("is told with those that are too near to it to be told apart", () => {
    expect(summaryOf({ ...HIGH, phrasing: 60 }).lowest).toBe("Phrasing reads lowest, about 60 ± 7.");
    expect(summaryOf({ ...HIGH, phrasing: 60, tone_quality: 60.6 }).lowest).toBe(
      "Phrasing reads lowest, about 60 ± 7; tone quality (61) lies too near to it to be told apart.",
    );
    const four = { phrasing: 60, tone_quality: 60.6, expressiveness: 61, dynamics_control: 62 };
    expect(summaryOf({ ...HIGH, ...four }).lowest).toBe(
      "Phrasing reads lowest, about 60 ± 7; tone quality (61), expressiveness (61) and 1 other lie too near to it to be told apart.",
    );
  });

  test("is among what to work on even where faults alone would do, as far as the player has a hand free", () => {
    const kinds = ["pause", "tempo_drift", "pedal_blur"] as const;
    const analysis = analysisOf({
      findings: kinds.map((kind) => found(kind)),
      dimensions: readings({ ...HIGH, phrasing: 50 }),
    });
    const areas = areasOf(analysis);
    expect(areas).toHaveLength(4);
    expect(areas[3]).toContain("the lowest of your readings: phrasing");
  });

  test("comes before what only the score can decide", () => {
    const analysis = analysisOf({
      findings: [found("crescendo", { evidence: { change_db: 3 } })],
      dimensions: readings({ ...HIGH, dynamics_control: 50 }),
    });
    const { immediate_focus } = composeFeedback(analysis, DEFAULT_CONTEXT, META).practice_recommendations;
    expect(immediate_focus[0]).toContain("To develop: Control of dynamics");
  });

  test("is what feedback says, in the order in which it says it", () => {
    fc.assert(
      fc.property(anyAnalysis(), anyContext, anyHistory, (analysis, context, history) => {
        const { priorities } = summariseAnalysis(RECORDING, analysis, context, history, META.created_at);
        const { immediate_focus } = composeFeedback(
          analysis,
          context,
          META,
          history,
        ).practice_recommendations;
        const labelOf = (text: string) => text.split(". ", 1)[0];
        expect(priorities.map(labelOf)).toEqual(immediate_focus.map(labelOf));
      }),
      RUNS,
    );
  });
});
