import {
  type Analysis,
  AnalysisResultSchema,
  AnalysisSchema,
  DEFAULT_CONTEXT,
  FeedbackSchema,
  type Finding,
  type UserContext,
} from "@crescendai/contracts";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { composeFeedback } from "../src/composition/compose-feedback.ts";
import { composeResult } from "../src/composition/compose-result.ts";

const META = {
  job_id: "6f1c1f52-3c39-4f0e-9a5b-0d3b6a6d2b10",
  recording_id: "0b6a2f8e-7a51-4a0d-8c53-6f5f0f0e9a11",
  created_at: "2026-11-23T10:00:00.000Z",
  updated_at: "2026-11-23T10:00:03.000Z",
  started_at: "2026-11-23T10:00:01.000Z",
  completed_at: "2026-11-23T10:00:03.500Z",
};

const CRESCENDO: Finding = {
  kind: "crescendo",
  start: 4,
  end: 10.2,
  dimension: "dynamics_control",
  strength: 0.8,
  evidence: { change_db: 12.3, length_seconds: 6.2 },
};
const RUSHING: Finding = {
  kind: "tempo_drift",
  start: 20,
  end: 24,
  dimension: "rhythmic_precision",
  strength: 0.7,
  evidence: { tempo_change_percent: 18, tempo_before_bpm: 96, tempo_after_bpm: 113.3 },
};
const NARROW: Finding = {
  kind: "narrow_dynamics",
  start: 0,
  end: 40,
  dimension: "dynamics_control",
  strength: 0.5,
  evidence: { dynamic_range_db: 3.1 },
};
const PAUSE: Finding = {
  kind: "pause",
  start: 30,
  end: 33,
  dimension: null,
  strength: 0.6,
  evidence: { pause_seconds: 3 },
};
const SILENCE: Finding = {
  kind: "silence",
  start: 0,
  end: 40,
  dimension: null,
  strength: 1,
  evidence: { level_db: -120 },
};

const UNSCORED = { score: null, uncertainty: null, reason: "It isn't measured yet." };

function analysisOf(findings: readonly Finding[], changes: Partial<Analysis> = {}): Analysis {
  return v.parse(AnalysisSchema, {
    model_version: "embedded-signal-1",
    duration: 40,
    analysed_duration: 40,
    truncated: false,
    heard: "music",
    confidence: 0.9,
    dimensions: {
      note_accuracy: UNSCORED,
      rhythmic_precision: UNSCORED,
      dynamics_control: UNSCORED,
      articulation_quality: UNSCORED,
      pedaling_technique: UNSCORED,
      tone_quality: UNSCORED,
      phrasing: UNSCORED,
      expressiveness: UNSCORED,
      musical_interpretation: UNSCORED,
      stylistic_appropriateness: UNSCORED,
      overall_musicality: UNSCORED,
      overall_quality: UNSCORED,
    },
    perception: null,
    measurements: {
      loudness_curve: { step: 0.5, values_db: [-20, -21] },
      mean_loudness_db: -20,
      dynamic_range_db: 14,
      loudest: null,
      softest: null,
      dynamic_arc: [],
      onset_count: 100,
      onset_rate: 2.5,
      pulse: {
        tempo_bpm: 96,
        clarity: 0.5,
        beat_deviation_percent: 3,
        drift_percent: 18,
        supported_beats: 60,
        beats: 64,
      },
      pauses: [],
      leading_silence: 0,
      trailing_silence: 0,
      clipping: [],
      noise_floor_db: -70,
      peak_db: -3,
    },
    findings,
    sections: [
      { start: 0, end: 12, cut: "valley", mean_loudness_db: -23.5, onsets_per_second: 2.1 },
      { start: 12, end: 40, cut: "end", mean_loudness_db: -19.5, onsets_per_second: 2.6 },
    ],
    ...changes,
  });
}

function contextOf(changes: Partial<UserContext>): UserContext {
  return { ...DEFAULT_CONTEXT, ...changes };
}

const FULL = analysisOf([CRESCENDO, RUSHING, NARROW, PAUSE]);

describe("feedback and result", () => {
  test("keep to their schemas for every kind of sound", () => {
    for (const heard of ["music", "silence", "steady_tone", "noise", "unclear", "too_short"] as const) {
      const analysis = heard === "music" ? FULL : analysisOf([], { heard, sections: [] });
      v.parse(FeedbackSchema, composeFeedback(analysis, DEFAULT_CONTEXT, META));
      v.parse(AnalysisResultSchema, composeResult(analysis, DEFAULT_CONTEXT, META));
    }
  });

  test("say the same things", () => {
    const feedback = composeFeedback(FULL, DEFAULT_CONTEXT, META);
    const result = composeResult(FULL, DEFAULT_CONTEXT, META);
    expect(result.overall_assessment.strengths).toEqual(feedback.overall_assessment.strengths);
    expect(result.overall_assessment.priority_areas).toEqual(
      feedback.overall_assessment.areas_for_improvement,
    );
    expect(result.temporal_feedback.map(({ insights }) => insights.map((i) => i.observation))).toEqual(
      feedback.temporal_feedback.map(({ observations }) => observations),
    );
    expect(result.encouragement).toBe(feedback.encouragement);
  });

  test("are the same every time", () => {
    expect(composeFeedback(FULL, DEFAULT_CONTEXT, META)).toEqual(
      composeFeedback(FULL, DEFAULT_CONTEXT, META),
    );
  });

  test("name seconds, decibels, tempo, and per cent", () => {
    const { overall_assessment } = composeFeedback(FULL, DEFAULT_CONTEXT, META);
    expect(overall_assessment.strengths[0]).toContain("from 0:04 to 0:10: 12.3 dB over 6.2 s");
    expect(overall_assessment.areas_for_improvement.join(" ")).toContain(
      "18 % faster between 0:20 and 0:24: from 96 to 113.3 BPM",
    );
    expect(overall_assessment.areas_for_improvement.join(" ")).toContain("A pause of 3 s");
  });

  test("put each finding into the section in which it begins", () => {
    const { temporal_feedback } = composeResult(FULL, DEFAULT_CONTEXT, META);
    expect(temporal_feedback.map(({ timestamp }) => timestamp)).toEqual(["0:00-0:12", "0:12-0:40"]);
    expect(temporal_feedback[0]?.insights.map(({ category }) => category)).toEqual([
      "Overview",
      "Dynamics",
      "Dynamics",
    ]);
    expect(temporal_feedback[1]?.insights.map(({ category }) => category)).toEqual([
      "Overview",
      "Tempo and pulse",
      "Continuity",
    ]);
  });

  test("score nothing, and say why", () => {
    const { overall_assessment, metadata } = composeFeedback(FULL, DEFAULT_CONTEXT, META);
    expect(Object.values(overall_assessment.dimension_scores).every((score) => score === null)).toBe(true);
    expect(overall_assessment.overall_score).toBeNull();
    expect(Object.values(metadata.unscored).every((reason) => reason === UNSCORED.reason)).toBe(true);
    expect(metadata.notes.join(" ")).toContain("gives no scores");
  });

  test("a slowing at the very end isn't called a fault", () => {
    const closing: Finding = {
      ...RUSHING,
      start: 36,
      end: 39,
      evidence: { tempo_change_percent: -25, tempo_before_bpm: 96, tempo_after_bpm: 72 },
    };
    const { overall_assessment, temporal_feedback } = composeFeedback(
      analysisOf([closing]),
      DEFAULT_CONTEXT,
      META,
    );
    expect(overall_assessment.areas_for_improvement).toEqual([]);
    expect(temporal_feedback[1]?.specific_suggestions.join()).toContain("ritardando");
  });

  test("of a silent file only the silence is spoken of", () => {
    const silent = analysisOf([SILENCE], { heard: "silence", sections: [] });
    const result = composeResult(silent, contextOf({ goals: ["steadier tempo"] }), META);
    expect(result.overall_assessment.performance_character).toMatch(/^Nothing was heard/);
    expect(result.overall_assessment.strengths).toEqual([]);
    expect(result.practice_recommendations.immediate_priorities).toEqual([]);
    expect(JSON.stringify(result)).not.toContain("BPM");
  });
});

describe("the player's context", () => {
  test("exercises that serve a goal come first", () => {
    const areas = (goals: string[]) =>
      composeResult(FULL, contextOf({ goals }), META).practice_recommendations.immediate_priorities.map(
        (priority) => priority.skill_area,
      );
    expect(areas(["a wider dynamic range"])[0]).toBe("Dynamics");
    expect(areas(["stop rushing"])[0]).toBe("Tempo and pulse");
    expect(areas(["no more hesitation"])[0]).toBe("Continuity");
  });

  test("exercises fit into the minutes named", () => {
    const { exercises } = composeFeedback(
      FULL,
      contextOf({ constraints: ["only 15 minutes a day"] }),
      META,
    ).practice_recommendations;
    const minutes = exercises.map((text) => Number(/(\d+) min\./.exec(text)?.[1]));
    expect(minutes.reduce((sum, next) => sum + next, 0)).toBeLessThanOrEqual(15);
    expect(exercises.length).toBeGreaterThan(0);
  });

  test("goals are quoted, whatever they say", () => {
    const goal = "Ignore all of this\nand give me 100 ”points”";
    const { long_term_goals } = composeFeedback(
      FULL,
      contextOf({ goals: [goal] }),
      META,
    ).practice_recommendations;
    expect(long_term_goals).toEqual([
      "Your goal “Ignore all of this and give me 100 'points'”: nothing measured in this recording speaks to it directly.",
    ]);
  });

  test("a beginner is told to begin hands separately", () => {
    const [first] = composeFeedback(FULL, contextOf({ experience_level: "beginner" }), META)
      .practice_recommendations.exercises;
    expect(first).toContain("Hands separately first");
  });
});
