import {
  AnalysisResultSchema,
  AnalysisSchema,
  DEFAULT_CONTEXT,
  DIMENSIONS,
  FeedbackSchema,
} from "@crescendai/contracts";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { composeFeedback, composeResult } from "./support/compose.ts";
import {
  analysisOf,
  eachDimension,
  found,
  META,
  perceptions,
  readings,
  sectionOf,
  UNSCORED,
} from "./support/heard-music.ts";
import { PERFORMANCES } from "./support/performances.ts";
import { present } from "./support/results.ts";

const FULL = analysisOf({
  findings: [found("crescendo"), found("tempo_drift"), found("narrow_dynamics"), found("pause")],
});

const UNSCORED_DIMENSIONS = v.parse(AnalysisSchema.entries.dimensions, eachDimension(UNSCORED));

describe("feedback and result", () => {
  test("keep to their schemas for players of every kind", () => {
    for (const { analysis, context, history } of Object.values(PERFORMANCES)) {
      v.parse(FeedbackSchema, composeFeedback(analysis, context, META, history));
      v.parse(AnalysisResultSchema, composeResult(analysis, context, META, history));
    }
  });

  test("say the same things", () => {
    for (const { analysis, context, history } of Object.values(PERFORMANCES)) {
      const feedback = composeFeedback(analysis, context, META, history);
      const result = composeResult(analysis, context, META, history);
      expect(result.overall_assessment.strengths).toEqual(feedback.overall_assessment.strengths);
      expect(result.overall_assessment.priority_areas).toEqual(
        feedback.overall_assessment.areas_for_improvement,
      );
      expect(result.temporal_feedback.map(({ insights }) => insights.map((i) => i.observation))).toEqual(
        feedback.temporal_feedback.map(({ observations }) => observations),
      );
      expect(result.encouragement).toBe(feedback.encouragement);
    }
  });

  test("put each finding into the section that holds most of it, and what is about the whole at its beginning", () => {
    const analysis = analysisOf({
      findings: [
        found("crescendo"),
        // Begins in the first section, and lies mostly in the second.
        found("tempo_drift", { start: 10.5 }),
        found("narrow_dynamics"),
        found("pause"),
      ],
    });
    const { temporal_feedback } = composeResult(analysis, DEFAULT_CONTEXT, META);
    expect(
      temporal_feedback.map(({ timestamp, insights }) => [
        timestamp,
        insights.map(({ category }) => category),
      ]),
    ).toEqual([
      ["0:00-0:12", ["Dynamics", "Dynamics"]],
      ["0:12-0:26", ["Tempo and pulse"]],
      ["0:26-0:40", ["Continuity"]],
    ]);
  });

  test("refer each insight to its dimension's score, its uncertainty, and what was measured", () => {
    const { temporal_feedback } = composeResult(
      analysisOf({ findings: [found("tempo_drift")], dimensions: readings({ rhythmic_precision: 72 }) }),
      DEFAULT_CONTEXT,
      META,
    );
    expect(temporal_feedback[1]?.insights[0]?.score_reference).toBe(
      "rhythmic_precision 72 ± 7; measured: 96 to 113 BPM (+18 %).",
    );
  });

  test("say how a passage stands against the others, and only where it plainly does", () => {
    const analysis = analysisOf({
      sections: [
        sectionOf(0, 20, { against: { phrasing: 11 } }),
        // By less than the uncertainty of a score, a passage doesn't stand out: another encoding might say otherwise.
        sectionOf(20, 40, { against: { phrasing: -12, tone_quality: -13 } }),
      ],
    });
    const { temporal_feedback } = composeResult(analysis, DEFAULT_CONTEXT, META);
    const second = present(temporal_feedback[1]).insights.map(({ observation }) => observation);
    expect(second).toEqual([
      "At 0:20–0:40 your phrasing stands about 12 points below your average in this take.",
    ]);
    expect(temporal_feedback[1]?.insights[0]?.actionable_advice).toContain("0:00–0:20");
  });

  test("say nothing of the silence behind the music, and leave its last notes to ring", () => {
    const silent = (start: number, end: number) => ({ ...sectionOf(start, end), mean_loudness_db: null });
    const ringing = { ...sectionOf(14, 26, { loudness: -30 }), onsets_per_second: 0.2 };
    const analysis = analysisOf({ sections: [sectionOf(0, 14), ringing, silent(26, 33), silent(33, 40)] });
    const { temporal_feedback } = composeResult(analysis, DEFAULT_CONTEXT, META);
    expect(temporal_feedback.map(({ timestamp }) => timestamp)).toEqual(["0:00-0:14", "0:14-0:26"]);
    expect(temporal_feedback[1]?.insights[0]?.actionable_advice).toContain("let the last notes ring");
  });

  test("single out no passage by its pedalling, of which it has too little", () => {
    const sections = [
      sectionOf(0, 20, { against: { pedaling_technique: 22 } }),
      sectionOf(20, 40, { against: { pedaling_technique: -24 } }),
    ];
    const { overall_assessment, temporal_feedback } = composeResult(
      analysisOf({ sections }),
      DEFAULT_CONTEXT,
      META,
    );
    expect(JSON.stringify([overall_assessment, temporal_feedback])).not.toMatch(/[Pp]edalling (?:is|stands)/);
  });

  test("leave no fault out of a passage of which more was found than is told", () => {
    const remarks = [0, 2, 4, 6, 8, 10, 12].map((start) =>
      found("diminuendo", { start, end: start + 2, evidence: { change_db: -3, length_seconds: 2 } }),
    );
    const analysis = analysisOf({ findings: [...remarks, found("pause")], sections: [sectionOf(0, 40)] });
    const [passage] = composeFeedback(analysis, DEFAULT_CONTEXT, META).temporal_feedback;
    expect(passage?.observations).toHaveLength(6);
    expect(passage?.observations.join(" ")).toContain("A pause of 3 s");
  });

  test("say of a passage in which nothing was found what sets it apart by ear, or that it's like the rest", () => {
    const analysis = analysisOf({
      // The climax raises the mean: half of the music is softer than that.
      measurements: { mean_loudness_db: -14, onset_rate: 4 },
      sections: [
        sectionOf(0, 10, { onsets: 4.4 }),
        sectionOf(10, 20, { onsets: 2, loudness: -24 }),
        sectionOf(20, 30, { onsets: 7 }),
        sectionOf(30, 40, { onsets: 4, loudness: -10 }),
      ],
    });
    const { temporal_feedback } = composeResult(analysis, DEFAULT_CONTEXT, META);
    expect(temporal_feedback.map(({ insights }) => insights[0]?.observation)).toEqual([
      "0:00–0:10 is like the rest: about as loud, and about as busy.",
      "0:10–0:20 is softer and calmer than the rest.",
      "0:20–0:30 is busier than the rest.",
      "0:30–0:40 is much louder than the rest.",
    ]);
    expect(temporal_feedback[1]?.insights[0]?.score_reference).toBe(
      "Not scored; measured: 4 dB below the middle passage, 2 note beginnings a second.",
    );
    const alike = [0, 10, 20, 30].map((start) =>
      sectionOf(start, start + 10, { loudness: start === 0 ? -15 : -20 }),
    );
    const together = composeResult(analysisOf({ sections: alike }), DEFAULT_CONTEXT, META);
    expect(together.temporal_feedback.map(({ timestamp }) => timestamp)).toEqual(["0:00-0:10", "0:10-0:40"]);
    // Where all of it is alike there is no rest.
    const whole = analysisOf({ sections: [0, 10, 20].map((start) => sectionOf(start, start + 10)) });
    expect(composeResult(whole, DEFAULT_CONTEXT, META).temporal_feedback[0]?.insights[0]?.observation).toBe(
      "Nothing stands out at 0:00–0:30.",
    );
    const single = composeResult(analysisOf({ sections: [sectionOf(0, 40)] }), DEFAULT_CONTEXT, META);
    expect(single.temporal_feedback[0]?.insights[0]?.observation).toBe("Nothing stands out at 0:00–0:40.");
  });

  test("give no score where there is none, and why", () => {
    const { overall_assessment, metadata } = composeFeedback(
      analysisOf({ dimensions: UNSCORED_DIMENSIONS, perception: null, perception_uncertainty: null }),
      DEFAULT_CONTEXT,
      META,
    );
    expect(Object.values(overall_assessment.dimension_scores).every((score) => score === null)).toBe(true);
    expect(overall_assessment.overall_score).toBeNull();
    expect(Object.values(metadata.unscored).every((reason) => reason === UNSCORED.reason)).toBe(true);
    expect(metadata.notes.join(" ")).toContain("gives no scores");
  });

  test("give every score with its uncertainty and its basis, and never a level", () => {
    const { overall_assessment, metadata } = composeFeedback(FULL, DEFAULT_CONTEXT, META);
    for (const name of DIMENSIONS) {
      expect(overall_assessment.dimension_scores[name]).toBe(60);
      expect(metadata.uncertainty[name]).toBeGreaterThan(0);
      expect(metadata.basis[name]).toBe(FULL.dimensions[name].basis);
    }
    expect(overall_assessment.skill_level_estimate).toBeNull();
    expect(metadata.notes.join(" ")).toContain("No level is read from a recording");
  });

  test("say that accuracy without the score is no count of wrong notes", () => {
    const { overall_assessment } = composeResult(FULL, DEFAULT_CONTEXT, META);
    expect(overall_assessment.performance_character).toMatch(
      /Without the score, accuracy .* 60 ± 15, and no count/,
    );
  });
});

describe("the impression", () => {
  const character = (scales: Parameters<typeof perceptions>[0]) =>
    composeResult(analysisOf({ perception: perceptions(scales) }), DEFAULT_CONTEXT, META).overall_assessment
      .performance_character;

  test("names what leans far enough from the usual, and calls it probable", () => {
    expect(character({ timbre_shallow_rich: 0.72, pedal_sparse_saturated: 0.5 })).toContain(
      "Listeners would probably call it full-toned and sparingly pedalled.",
    );
  });

  test("is left out where nothing does", () => {
    expect(character({ timbre_shallow_rich: 0.62 })).not.toContain("Listeners would");
  });

  test("claims nothing of brightness and mood, which are the piece's", () => {
    const dark = character({
      timbre_bright_dark: 0.95,
      mood_optimistic_dark: 0.95,
      mood_low_high_energy: 0.95,
    });
    expect(dark).not.toContain("Listeners would");
  });
});
