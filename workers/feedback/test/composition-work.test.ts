import { AnalysisSchema, DEFAULT_CONTEXT, type Finding } from "@crescendai/contracts";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { composeFeedback, composeResult } from "./support/compose.ts";
import {
  analysisOf,
  eachDimension,
  found,
  META,
  readings,
  sectionOf,
  UNSCORED,
} from "./support/heard-music.ts";

const FULL = analysisOf({
  findings: [found("crescendo"), found("tempo_drift"), found("narrow_dynamics"), found("pause")],
});

const UNSCORED_DIMENSIONS = v.parse(AnalysisSchema.entries.dimensions, eachDimension(UNSCORED));

describe("what to work on", () => {
  const reasons = (analysis: Parameters<typeof composeFeedback>[0], context = DEFAULT_CONTEXT) =>
    composeFeedback(analysis, context, META).overall_assessment.areas_for_improvement;

  test("faults come first, in the order of the findings", () => {
    expect(reasons(FULL).slice(0, 2)).toEqual([
      "The tempo runs away at 0:20–0:24 (18 %).",
      "Little difference between loud and soft (3.1 dB).",
    ]);
  });

  test("a recording without any fault isn't given one", () => {
    const clean = analysisOf({
      findings: [found("even_runs"), found("steady_pulse")],
      dimensions: readings({ phrasing: 48, dynamics_control: 52 }),
    });
    const areas = reasons(clean);
    expect(areas.length).toBeGreaterThan(0);
    for (const area of areas) expect(area).toMatch(/^No fault/);
    const { exercises } = composeFeedback(clean, DEFAULT_CONTEXT, META).practice_recommendations;
    expect(exercises.length).toBeGreaterThanOrEqual(3);
  });

  test("without faults and without scores it is to keep and extend what is there, and says so", () => {
    const { overall_assessment, practice_recommendations } = composeResult(
      analysisOf({ dimensions: UNSCORED_DIMENSIONS, findings: [found("steady_pulse")] }),
      DEFAULT_CONTEXT,
      META,
    );
    expect(overall_assessment.priority_areas).toEqual([]);
    const skills = practice_recommendations.immediate_priorities.map(({ skill_area }) => skill_area);
    expect(skills.length).toBeGreaterThanOrEqual(3);
    for (const skill of skills) expect(skill).toMatch(/^To keep and extend/);
  });

  test("two findings of a kind are one exercise, which names both places", () => {
    const twice = analysisOf({ findings: [found("pedal_blur"), found("pedal_blur", { start: 2, end: 9 })] });
    const { exercises } = composeFeedback(twice, DEFAULT_CONTEXT, META).practice_recommendations;
    expect(exercises.filter((text) => text.includes("foot up"))).toHaveLength(1);
    expect(exercises[0]).toContain("0:26–0:34");
    expect(exercises[0]).toContain("The same at 0:02–0:09.");
  });

  test("a pause in which the player goes back is one stumble", () => {
    const stumble = analysisOf({ findings: [found("pause"), found("restart")] });
    const [first, second] = composeFeedback(stumble, DEFAULT_CONTEXT, META).practice_recommendations
      .exercises;
    expect(first).toContain("without a correction");
    expect(second).not.toContain("At 0:30, stop on purpose");
  });

  test("a passage that stands low is worked on at its place", () => {
    const analysis = analysisOf({
      sections: [sectionOf(0, 20), sectionOf(20, 40, { against: { phrasing: -9 } })],
    });
    expect(reasons(analysis)[0]).toBe(
      "Phrasing is weakest at 0:20–0:40, about 9 points below the rest of this take.",
    );
  });

  test("rough scores single out nothing", () => {
    const rough = analysisOf({
      confidence: 0.3,
      dimensions: readings({ phrasing: 30, tone_quality: 90 }),
      sections: [sectionOf(0, 20), sectionOf(20, 40, { against: { phrasing: -20 } })],
    });
    const { overall_assessment, encouragement, metadata } = composeFeedback(rough, DEFAULT_CONTEXT, META);
    expect(overall_assessment.areas_for_improvement).toEqual([]);
    expect(overall_assessment.strengths).toEqual([]);
    expect(encouragement).toContain("clearer recording");
    expect(metadata.notes.join(" ")).toContain("take everything as rough");
  });
});

describe("what goes well", () => {
  const strengthsOf = (...findings: Finding[]) =>
    composeResult(analysisOf({ findings }), DEFAULT_CONTEXT, META).overall_assessment.strengths;

  test("is told but for the place where the same is told as a fault", () => {
    const even = found("even_runs", { start: 1, end: 30 });
    expect(strengthsOf(even, found("uneven_runs", { start: 10, end: 20 }))).toContain(
      "But for 0:10–0:20, even running notes at 0:01–0:30.",
    );
    // Somewhere else, or of something else, a fault takes nothing away.
    for (const other of [
      found("uneven_runs", { start: 31, end: 38 }),
      found("chords_not_together", { start: 10, end: 20 }),
    ]) {
      expect(strengthsOf(even, other)).toContain("Even running notes at 0:01–0:30.");
    }
  });

  test("is left out where most of it is told as a fault", () => {
    for (const [good, bad] of [
      ["even_runs", "uneven_runs"],
      ["chords_together", "chords_not_together"],
      ["melody_voiced", "melody_buried"],
    ] as const) {
      const feedback = composeFeedback(
        analysisOf({
          findings: [found(good, { start: 1, end: 30 }), found(bad, { start: 8, end: 28 })],
        }),
        DEFAULT_CONTEXT,
        META,
      );
      expect(feedback.overall_assessment.strengths).toEqual([]);
      expect(feedback.temporal_feedback.flatMap(({ observations }) => observations).join(" ")).not.toContain(
        "0:01–0:30",
      );
    }
  });

  test("is built on where nothing in it is to be worked on, and it isn't what reads lowest", () => {
    const crescendo = found("crescendo");
    const chords = found("chords_together");
    const high = { dynamics_control: 75, pedaling_technique: 75, rhythmic_precision: 75 };
    const encouragedBy = (findings: Finding[], scores: Parameters<typeof readings>[0] = {}) =>
      composeResult(
        analysisOf({ findings, dimensions: readings({ ...high, ...scores }) }),
        DEFAULT_CONTEXT,
        META,
      ).encouragement;
    expect(encouragedBy([crescendo, chords])).toMatch(/^You can build on your shaping of loud and soft/);
    expect(encouragedBy([crescendo, chords], { dynamics_control: 45 })).toMatch(
      /^You can build on the way your chords fall together/,
    );
    expect(encouragedBy([crescendo], { dynamics_control: 45 })).not.toContain("build on");
    // What is only among the lower readings is something to develop, too.
    expect(encouragedBy([crescendo], { dynamics_control: 55, phrasing: 50 })).not.toContain("build on");
    // A fault in the same dimension.
    expect(encouragedBy([crescendo, found("melody_buried")])).not.toContain("build on");
    expect(encouragedBy([found("steady_pulse"), found("uneven_runs")])).not.toContain("build on");
  });
});
