import { type Analysis, DEFAULT_CONTEXT, type UserContext } from "@crescendai/contracts";
import type { History } from "../../src/composition/history.ts";
import { analysisOf, earlierOf, found, notesOf, perceptions, readings, sectionOf } from "./heard-music.ts";

/** A player and what was heard of them: invented, as a teacher would meet them. */
interface Performance {
  readonly analysis: Analysis;
  readonly context: UserContext;
  readonly history: History;
}

/** A beginner's waltz: two restarts, a gap, slowing where the left hand jumps. */
const beginnersWaltz: Performance = {
  context: {
    ...DEFAULT_CONTEXT,
    experience_level: "beginner",
    goals: ["play my waltz for my grandmother without stopping"],
    constraints: ["20 minutes a day"],
    repertoire: ["Waltz in A minor, Chopin (easy version)"],
  },
  history: [],
  analysis: analysisOf({
    duration: 58,
    analysed_duration: 58,
    dimensions: readings({
      note_accuracy: 44,
      rhythmic_precision: 41,
      dynamics_control: 52,
      articulation_quality: 55,
      pedaling_technique: 49,
      phrasing: 47,
    }),
    perception: perceptions({ music_fast_slow_paced: 0.63 }),
    measurements: {
      dynamic_range_db: 9.4,
      onset_rate: 1.8,
      pauses: [{ start: 33.1, end: 35 }],
      pulse: {
        tempo_bpm: 104,
        clarity: 0.35,
        beat_deviation_percent: 7.8,
        drift_percent: -9,
        supported_beats: 70,
        beats: 96,
      },
      notes: notesOf({
        unevenness_ms: null,
        running_notes: 4,
        restarts: [
          { start: 16.2, end: 19 },
          { start: 35, end: 38.4 },
        ],
      }),
    },
    findings: [
      found("restart", { start: 16.2, end: 19, evidence: { repeated_notes: 6, lost_seconds: 2.3 } }),
      found("restart", { start: 35, end: 38.4, evidence: { repeated_notes: 9, lost_seconds: 3.1 } }),
      found("pause", { start: 33.1, end: 35, evidence: { pause_seconds: 1.9 } }),
      found("unsteady_pulse", {
        start: 30,
        end: 42,
        evidence: { tempo_bpm: 104, beat_deviation_percent: 7.8, local_deviation_percent: 14.2 },
      }),
      found("melody_voiced", { start: 0, end: 14, evidence: { melody_over_accompaniment_db: 5.8 } }),
    ],
    sections: [
      sectionOf(0, 14.5, { against: { phrasing: 5, rhythmic_precision: 8 } }),
      sectionOf(14.5, 33.1),
      sectionOf(33.1, 45, { against: { rhythmic_precision: -11 } }),
      sectionOf(45, 58, { loudness: -24 }),
    ],
  }),
};

/** A sonatina that runs away in the development, with uneven scales. */
const rushingSonatina: Performance = {
  context: {
    ...DEFAULT_CONTEXT,
    experience_level: "intermediate",
    goals: ["stop rushing", "more even scales"],
    constraints: ["30 minutes a day"],
    repertoire: ["Clementi, Sonatina op. 36 no. 1"],
  },
  history: [],
  analysis: analysisOf({
    duration: 84,
    analysed_duration: 84,
    dimensions: readings({
      rhythmic_precision: 52,
      articulation_quality: 66,
      dynamics_control: 58,
      phrasing: 55,
    }),
    perception: perceptions({ articulation_short_long: 0.46, music_fast_slow_paced: 0.43 }),
    measurements: {
      onset_rate: 5.6,
      pulse: {
        tempo_bpm: 138,
        clarity: 0.62,
        beat_deviation_percent: 3.6,
        drift_percent: 14,
        supported_beats: 170,
        beats: 190,
      },
      notes: notesOf({ unevenness_ms: 22 }),
    },
    findings: [
      found("tempo_drift", {
        start: 38,
        end: 60,
        evidence: { tempo_change_percent: 14.4, tempo_before_bpm: 132, tempo_after_bpm: 151 },
      }),
      found("uneven_runs", {
        start: 18.4,
        end: 23.8,
        evidence: { unevenness_ms: 23.6, interval_ms: 112, notes: 44 },
      }),
      found("chords_together", { start: 0, end: 9 }),
      found("crescendo", { start: 61, end: 66, evidence: { change_db: 3.2 } }),
    ],
    sections: [
      sectionOf(0, 18, { against: { rhythmic_precision: 6 } }),
      sectionOf(18, 38, { against: { rhythmic_precision: -4.5 } }),
      sectionOf(38, 60, { against: { rhythmic_precision: -6, phrasing: -5 } }),
      sectionOf(60, 84, { loudness: -17 }),
    ],
  }),
};

/** An advanced player's Schubert: voiced and spacious, and drowned in pedal in the middle. */
const pedalledSchubert: Performance = {
  context: {
    ...DEFAULT_CONTEXT,
    experience_level: "advanced",
    goals: ["a freer, more singing line"],
    constraints: [],
    repertoire: ["Schubert, Impromptu D 899 no. 3", "Brahms, op. 118"],
  },
  history: [],
  analysis: analysisOf({
    duration: 212,
    analysed_duration: 212,
    dimensions: readings({
      pedaling_technique: 51,
      tone_quality: 74,
      phrasing: 72,
      expressiveness: 75,
      rhythmic_precision: 70,
      articulation_quality: 63,
    }),
    perception: perceptions({
      timbre_shallow_rich: 0.7,
      music_flat_spacious: 0.66,
      pedal_sparse_saturated: 0.74,
      music_fast_slow_paced: 0.6,
    }),
    measurements: { onset_rate: 6.1, dynamic_range_db: 17.8, notes: notesOf({ pedal_blur: 0.55 }) },
    findings: [
      found("pedal_blur", { start: 92, end: 118, evidence: { blur_share: 0.71, changes: 17 } }),
      found("pedal_blur", { start: 141, end: 152, evidence: { blur_share: 0.58, changes: 9 } }),
      found("melody_voiced", { start: 2, end: 44, evidence: { melody_over_accompaniment_db: 8.3 } }),
      found("crescendo", { start: 84, end: 97, evidence: { change_db: 9.4 } }),
      found("overlapped_passage", { start: 120, end: 129 }),
    ],
    sections: [
      sectionOf(0, 44, { against: { tone_quality: 6 } }),
      sectionOf(44, 92),
      sectionOf(92, 130, { against: { pedaling_technique: -13 }, loudness: -16 }),
      sectionOf(130, 168, { against: { pedaling_technique: -6 } }),
      sectionOf(168, 212, { against: { phrasing: 5 }, loudness: -24 }),
    ],
  }),
};

/** Even, clean and flat: everything in its place and nothing said. */
const flatStudy: Performance = {
  context: DEFAULT_CONTEXT,
  history: [],
  analysis: analysisOf({
    duration: 61,
    analysed_duration: 61,
    dimensions: readings({
      rhythmic_precision: 78,
      dynamics_control: 40,
      expressiveness: 46,
      phrasing: 50,
      note_accuracy: 70,
    }),
    perception: perceptions({
      music_flat_spacious: 0.47,
      timbre_even_colorful: 0.45,
      music_pure_dramatic: 0.49,
    }),
    measurements: {
      dynamic_range_db: 4.1,
      onset_rate: 7.4,
      notes: notesOf({ unevenness_ms: 8.2 }),
      pulse: {
        tempo_bpm: 124,
        clarity: 0.8,
        beat_deviation_percent: 1.4,
        drift_percent: 0.5,
        supported_beats: 118,
        beats: 124,
      },
    },
    findings: [
      found("narrow_dynamics", { start: 0, end: 61, evidence: { dynamic_range_db: 4.1 } }),
      found("even_runs", {
        start: 4,
        end: 31,
        evidence: { unevenness_ms: 8.2, interval_ms: 121, notes: 190 },
      }),
      found("steady_pulse", {
        start: 0.3,
        end: 60.2,
        evidence: { tempo_bpm: 124, beat_deviation_percent: 1.4 },
      }),
    ],
    sections: [sectionOf(0, 21), sectionOf(21, 40), sectionOf(40, 61)],
  }),
};

const firstTake = analysisOf({
  duration: 66,
  analysed_duration: 66,
  dimensions: readings({ rhythmic_precision: 54, note_accuracy: 50 }),
  measurements: {
    dynamic_range_db: 11,
    pauses: [
      { start: 12, end: 13.1 },
      { start: 30, end: 31.6 },
      { start: 50, end: 51 },
    ],
    notes: notesOf({ unevenness_ms: 21, restarts: [{ start: 30, end: 33 }] }),
  },
});

/** The second take of the same music: steadier, unbroken, a little less voiced. */
const secondTake: Performance = {
  context: { ...DEFAULT_CONTEXT, experience_level: "intermediate", goals: ["play fluently"] },
  history: [earlierOf(firstTake)],
  analysis: analysisOf({
    duration: 62,
    analysed_duration: 62,
    dimensions: readings({ rhythmic_precision: 66, note_accuracy: 72, dynamics_control: 57 }),
    measurements: {
      dynamic_range_db: 12,
      onset_rate: 5.2,
      notes: notesOf({ unevenness_ms: 11, melody_over_accompaniment_db: 2.6 }),
    },
    findings: [
      found("even_runs", {
        start: 12,
        end: 18,
        evidence: { unevenness_ms: 10.6, interval_ms: 130, notes: 40 },
      }),
      found("melody_buried", { start: 40, end: 47, evidence: { melody_over_accompaniment_db: 0.4 } }),
    ],
    sections: [
      sectionOf(0, 20),
      sectionOf(20, 40, { against: { dynamics_control: 5 } }),
      sectionOf(40, 62, { against: { dynamics_control: -5 } }),
    ],
  }),
};

export const PERFORMANCES = { beginnersWaltz, rushingSonatina, pedalledSchubert, flatStudy, secondTake };
