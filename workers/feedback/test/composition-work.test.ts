import { AnalysisSchema, DEFAULT_CONTEXT } from "@crescendai/contracts";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { composeFeedback, composeResult } from "./support/compose.ts";
import {
  analysisOf,
  eachDimension,
  found,
  META,
  notesOf,
  readings,
  STACCATO,
  sectionOf,
  UNSCORED,
} from "./support/heard-music.ts";

const FULL = analysisOf({
  findings: [found("tempo_drift"), found("narrow_dynamics"), found("pause")],
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

  test("where notes as short as staccato are why articulation reads lowest, that is asked about", () => {
    const short = analysisOf({
      findings: [STACCATO],
      dimensions: readings({ articulation_quality: 49 }),
    });
    const { immediate_focus } = composeFeedback(short, DEFAULT_CONTEXT, META).practice_recommendations;
    expect(immediate_focus[0]).toMatch(/^Articulation\. Join the notes at 0:19–0:25, if they're slurred\./);
    expect(reasons(short).join(" ")).not.toContain("articulation");
  });

  test("where that is asked about, no passage is called better or worse for it", () => {
    const against = (points: number) => ({ against: { articulation_quality: points } });
    const halves = analysisOf({
      findings: [{ ...STACCATO, start: 0, end: 40 }],
      sections: [sectionOf(0, 10), sectionOf(10, 25, against(15)), sectionOf(25, 40, against(-15))],
    });
    const told = JSON.stringify(composeFeedback(halves, DEFAULT_CONTEXT, META));
    expect(told).toContain("If staccato is written, leave it as it is");
    expect(told).not.toMatch(/articulation stands about|Articulation is weakest/);
  });

  test("no more than two strengths are of one side of playing", () => {
    const swells = [0, 10, 20].map((start) => found("crescendo", { start, end: start + 6 }));
    const analysis = analysisOf({ findings: [...swells, found("even_runs")] });
    const { strengths } = composeFeedback(analysis, DEFAULT_CONTEXT, META).overall_assessment;
    expect(strengths.filter((strength) => strength.includes("crescendo"))).toHaveLength(2);
    expect(strengths.join(" ")).toContain("Even running notes");
  });

  test("rhythm isn't praised of a beat that wavers, however even the running notes", () => {
    const praised = (deviation: number) =>
      composeFeedback(
        analysisOf({
          measurements: {
            pulse: { ...analysisOf({}).measurements.pulse, beat_deviation_percent: deviation },
          },
          dimensions: readings({ rhythmic_precision: 90 }),
        }),
        DEFAULT_CONTEXT,
        META,
      ).overall_assessment.strengths.join(" ");
    expect(praised(2)).toContain("rhythmic precision stands out");
    expect(praised(5)).not.toContain("rhythmic precision");
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
      sections: [sectionOf(0, 20), sectionOf(20, 40, { against: { phrasing: -18 } })],
    });
    expect(reasons(analysis)[0]).toBe(
      "Phrasing is weakest at 0:20–0:40, about 9 points below your average in this take.",
    );
  });

  test("what lies between the passages, in none of them, makes none of them stand out", () => {
    for (const phrasing of [-20, 20]) {
      const analysis = analysisOf({
        sections: [sectionOf(0, 20, { against: { phrasing } }), sectionOf(20, 40, { against: { phrasing } })],
      });
      const { overall_assessment, temporal_feedback } = composeResult(analysis, DEFAULT_CONTEXT, META);
      expect(JSON.stringify([overall_assessment, temporal_feedback])).not.toMatch(/Phrasing|your phrasing/);
    }
  });

  /** Two minutes with silences of so many seconds, told as pauses. */
  const recital = (
    silences: readonly { readonly start: number; readonly seconds: number }[],
    { findings = [], measurements = {}, ...changes }: Parameters<typeof analysisOf>[0] = {},
  ) => {
    const pauses = silences.map(({ start, seconds }) => ({ start, end: start + seconds }));
    const told = pauses.map(({ start, end }) =>
      found("pause", { start, end, evidence: { pause_seconds: end - start } }),
    );
    return analysisOf({
      duration: 120,
      analysed_duration: 120,
      sections: [sectionOf(0, 63), sectionOf(63, 120)],
      findings: [...told, ...findings],
      measurements: { pauses, ...measurements },
      ...changes,
    });
  };
  const BETWEEN = [{ start: 60, seconds: 3 }];

  test("silence as between two pieces is no stumble, but may have been one", () => {
    const { overall_assessment, temporal_feedback } = composeResult(recital(BETWEEN), DEFAULT_CONTEXT, META);
    expect(overall_assessment.priority_areas[0]).not.toContain("1:00");
    expect(JSON.stringify(temporal_feedback)).toContain("if you stopped there, practise the join");
    expect(temporal_feedback[0]?.practice_focus).toBe(
      "Decide on 1:00: the end of a piece, or a place to play across.",
    );
  });

  test("silence is a stop where it is short, or has no room for a piece on both sides, or a restart after it", () => {
    const stops = [
      recital([{ start: 60, seconds: 2 }]),
      recital([{ start: 20, seconds: 3 }]),
      recital([{ start: 95, seconds: 3 }]),
      // What is silent before the playing isn't played.
      recital([{ start: 40, seconds: 3 }], { measurements: { leading_silence: 20 } }),
      recital([...BETWEEN, { start: 75, seconds: 3 }]),
    ];
    for (const analysis of stops) expect(reasons(analysis)[0]).toMatch(/^A gap of [23] s/);
    const restart = { start: 57, end: 64 };
    const begunAgain = recital(BETWEEN, {
      findings: [found("restart", restart)],
      measurements: { notes: notesOf({ restarts: [restart] }) },
    });
    expect(reasons(begunAgain)[0]).toBe("A restart at 1:04.");
    expect(JSON.stringify(composeResult(begunAgain, DEFAULT_CONTEXT, META))).not.toMatch(/piece ends|pieces/);
  });

  test("silence as between two pieces is to be decided on where a player wants to play on, whatever else there is", () => {
    const faulty = recital(BETWEEN, { findings: [found("pedal_blur"), found("narrow_dynamics")] });
    const focusOn = (goals: string[]) =>
      composeFeedback(faulty, { ...DEFAULT_CONTEXT, goals }, META).practice_recommendations;
    const wanted = focusOn(["play it through without stopping"]);
    expect(wanted.immediate_focus.join()).toContain("Decide on 1:00");
    expect(wanted.long_term_goals[0]).toContain(
      "In this take no stop was found but the silence at 1:00, as between two pieces.",
    );
    expect(focusOn([]).immediate_focus.join()).not.toContain("1:00");
  });

  test("the beat isn't told across a silence as between two pieces, nor a tempo of both", () => {
    const beat = [
      found("steady_pulse", { start: 1, end: 119 }),
      found("tempo_drift", { start: 59, end: 67 }),
      found("unsteady_pulse", { start: 90, end: 96 }),
    ];
    const told = JSON.stringify(composeResult(recital(BETWEEN, { findings: beat }), DEFAULT_CONTEXT, META));
    expect(told).not.toMatch(/steady pulse|runs away|BPM/);
    expect(told).toContain("The beat wavers most at 1:30–1:36.");
    expect(told).toContain("with the metronome slowly");
    expect(reasons(recital([], { findings: beat }))[0]).toContain("runs away at 0:59–1:07");
  });

  test("passages of several pieces are compared within each, and no tempo is claimed of all", () => {
    const sections = [
      sectionOf(0, 30, { against: { articulation_quality: -20 } }),
      sectionOf(30, 63, { against: { articulation_quality: -20, phrasing: 20 } }),
      sectionOf(63, 90, { against: { articulation_quality: 20 } }),
      sectionOf(90, 120, { against: { articulation_quality: 20 } }),
    ];
    const one = JSON.stringify(composeResult(recital([], { sections }), DEFAULT_CONTEXT, META));
    expect(one).toContain("articulation stands about 19 points below your average in this take");
    expect(one).toContain("a beat of about 96 BPM");
    const several = composeResult(recital(BETWEEN, { sections }), DEFAULT_CONTEXT, META);
    expect(JSON.stringify(several)).not.toMatch(/articulation stands|96 BPM|this take/);
    expect(several.overall_assessment.strengths.join()).toContain(
      "Phrasing is at its best at 0:30–1:03, about 10 points above your average in this piece.",
    );
    expect(several.overall_assessment.performance_character).toMatch(
      /^2:00 of playing, several pieces or movements if those end at 1:00, so that no tempo is named\./,
    );
  });

  test("slow notes that come unevenly are counted, not drilled, and left to a player who plays freely", () => {
    const slow = found("uneven_runs", { evidence: { unevenness_ms: 37, interval_ms: 393, notes: 40 } });
    const { practice_recommendations } = composeFeedback(
      analysisOf({ findings: [slow] }),
      DEFAULT_CONTEXT,
      META,
    );
    expect(practice_recommendations.exercises[0]).toMatch(
      /a click to each note at 99 BPM, saying the note values aloud/,
    );
    expect(practice_recommendations.exercises[0]).not.toContain("dotted");
    const pulse = { ...analysisOf().measurements.pulse, tempo_bpm: null, beat_deviation_percent: null };
    const free = analysisOf({ findings: [slow], measurements: { pulse } });
    expect(reasons(free).join(" ")).not.toContain("unevenly");
    expect(JSON.stringify(composeResult(free, DEFAULT_CONTEXT, META).temporal_feedback)).toContain(
      "keep the freedom if you meant it",
    );
    const beginner = { ...DEFAULT_CONTEXT, experience_level: "beginner" } as const;
    expect(composeResult(free, beginner, META).temporal_feedback[1]?.practice_focus).toBe(
      "Make the notes at 0:12–0:18 equal, unless you meant them otherwise.",
    );
    expect(reasons(analysisOf({ findings: [found("uneven_runs")] }))[0]).toBe(
      "The running notes at 0:12–0:18 are uneven.",
    );
  });

  test("where all is about equally loud, one swell is no shaping to be praised", () => {
    const { overall_assessment } = composeFeedback(
      analysisOf({ findings: [found("narrow_dynamics"), found("crescendo")] }),
      DEFAULT_CONTEXT,
      META,
    );
    expect(overall_assessment.strengths.join(" ")).not.toContain("crescendo");
  });

  test("where all is about equally loud, no passage is a little softer", () => {
    const sections = [sectionOf(0, 10), sectionOf(10, 20, { loudness: -22 }), sectionOf(20, 40)];
    const { temporal_feedback } = composeFeedback(
      analysisOf({ findings: [found("narrow_dynamics")], sections }),
      DEFAULT_CONTEXT,
      META,
    );
    expect(JSON.stringify(temporal_feedback)).not.toContain("softer than the rest");
  });

  test("where all is about equally loud, nothing small is told to get louder, and what plainly does is taken out", () => {
    const flat = found("narrow_dynamics");
    const small = [
      found("diminuendo"),
      found("loudest_passage", { evidence: { contrast_db: 4.4, loudness_db: -20 } }),
      found("softest_passage", { evidence: { contrast_db: 4.4, loudness_db: -24 } }),
    ];
    const all = JSON.stringify(
      composeResult(analysisOf({ findings: [flat, ...small] }), DEFAULT_CONTEXT, META).temporal_feedback,
    );
    expect(all).toContain("loudness stays within 3.1 dB");
    expect(all).not.toMatch(/diminuendo|loudest passage is|softest passage is/);
    expect(reasons(analysisOf({ findings: [flat, found("crescendo")] }))[0]).toBe(
      "But for 0:04–0:10, little difference between loud and soft (3.1 dB).",
    );
    const three = [4, 12, 20].map((start) => found("crescendo", { start, end: start + 6 }));
    expect(reasons(analysisOf({ findings: [flat, ...three] }))[0]).toMatch(
      /^But for 0:04–0:10, 0:12–0:18 and 0:20–0:26,/,
    );
  });

  test("is advised once, at the first place, though another stands out more", () => {
    const late = found("crescendo", { start: 20, end: 22, evidence: { change_db: 9, length_seconds: 2 } });
    const early = { ...late, start: 4, end: 6 };
    const { temporal_feedback } = composeFeedback(
      analysisOf({ findings: [late, early], sections: [sectionOf(0, 40)] }),
      DEFAULT_CONTEXT,
      META,
    );
    expect(temporal_feedback[0]?.specific_suggestions).toEqual([
      expect.stringMatching(/^If the score has a sudden forte at 0:04–0:06/),
      "For 0:20–0:22 the same holds as for 0:04–0:06.",
    ]);
  });

  test("is said once in words, and then only that it holds elsewhere too", () => {
    const { temporal_feedback } = composeResult(
      analysisOf({ findings: [found("narrow_dynamics")] }),
      DEFAULT_CONTEXT,
      META,
    );
    expect(temporal_feedback.map(({ practice_focus }) => practice_focus)).toEqual([
      "Widen the distance between soft and loud.",
      "At 0:12–0:26 the same as at 0:00–0:12.",
      "At 0:26–0:40 the same as at 0:00–0:12.",
    ]);
  });

  test("is said in the first passage that is told, where there are too many to tell all", () => {
    const sections = Array.from({ length: 30 }, (_, index) => sectionOf(index * 8, index * 8 + 8));
    const whole = found("narrow_dynamics", { start: 41, end: 240 });
    const late = sections.slice(6).map(({ start, end }) => found("clear_pedal", { start, end }));
    const { temporal_feedback } = composeResult(
      analysisOf({ duration: 240, analysed_duration: 240, sections, findings: [...late, whole] }),
      DEFAULT_CONTEXT,
      META,
    );
    const told = temporal_feedback.map(({ timestamp }) => timestamp.replace("-", "–"));
    for (const { practice_focus } of temporal_feedback) {
      const pointed = / the same as at (.*)\.$/.exec(practice_focus)?.[1];
      if (pointed !== undefined) expect(told).toContain(pointed);
    }
    expect(temporal_feedback.some(({ practice_focus }) => practice_focus.includes("the same as"))).toBe(true);
  });

  test("a passage isn't to be kept as it is where something in it is to be decided", () => {
    const quick = found("diminuendo", { evidence: { change_db: -9 } });
    const { temporal_feedback } = composeResult(analysisOf({ findings: [quick] }), DEFAULT_CONTEXT, META);
    expect(temporal_feedback[1]?.practice_focus).toBe("Decide on 0:14–0:16: a real diminuendo, or none.");
    expect(temporal_feedback[1]?.insights[0]?.actionable_advice).toContain("If the score has a sudden piano");
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
