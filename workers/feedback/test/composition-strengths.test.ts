import { DEFAULT_CONTEXT, type Finding } from "@crescendai/contracts";
import { describe, expect, test } from "vitest";
import { composeFeedback, composeResult } from "./support/compose.ts";
import { analysisOf, found, META, readings, sectionOf } from "./support/heard-music.ts";

describe("what goes well", () => {
  test("is no side of playing in which there is a fault", () => {
    const dimensions = readings({ rhythmic_precision: 90, articulation_quality: 60 });
    const strengths = (...findings: Finding[]) =>
      composeResult(
        analysisOf({ dimensions, findings }),
        DEFAULT_CONTEXT,
        META,
      ).overall_assessment.strengths.join();
    expect(strengths()).toContain("rhythmic precision stands out");
    expect(strengths(found("tempo_drift"))).not.toContain("rhythmic precision");
    const touch = analysisOf({
      dimensions: readings({ articulation_quality: 90 }),
      findings: [found("pedal_blur")],
    });
    // How long the notes sound is the pedal's doing.
    expect(composeResult(touch, DEFAULT_CONTEXT, META).overall_assessment.strengths).toEqual([]);
  });

  test("in a passage is the model for the rest only where it is at its best", () => {
    const sections = [
      sectionOf(0, 10, { against: { phrasing: 14 } }),
      sectionOf(10, 20, { against: { phrasing: 16 } }),
      sectionOf(20, 40, { against: { phrasing: -15 } }),
    ];
    const { temporal_feedback } = composeResult(analysisOf({ sections }), DEFAULT_CONTEXT, META);
    const models = temporal_feedback.flatMap(({ timestamp, insights }) =>
      insights.filter(({ actionable_advice }) => actionable_advice.includes("model")).map(() => timestamp),
    );
    expect(models).toEqual(["0:10-0:20"]);
    const advice = (...findings: Finding[]) =>
      JSON.stringify(
        composeResult(analysisOf({ sections, findings }), DEFAULT_CONTEXT, META).temporal_feedback,
      );
    expect(advice()).toContain("Compare 0:20–0:40 with 0:10–0:20, where your phrasing is at its best.");
    const faulty = found("pedal_blur", { start: 12, end: 18, dimension: "phrasing" });
    expect(advice(faulty)).not.toContain("at its best");
  });

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
