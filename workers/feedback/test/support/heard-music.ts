import {
  type Analysis,
  AnalysisSchema,
  DIMENSIONS,
  type Dimension,
  type DimensionReading,
  type Finding,
  type NoteMeasurements,
  PERCEPTUAL_SCALES,
  type Section,
} from "@crescendai/contracts";
import { DIMENSION_BASES } from "@crescendai/performance-analysis/judgement";
import * as v from "valibot";
import type { EarlierRecording } from "../../src/composition/history.ts";

/*
 * Analyses as the listener gives them, for tests of what is said about them.
 */

export const META = {
  job_id: "6f1c1f52-3c39-4f0e-9a5b-0d3b6a6d2b10",
  recording_id: "0b6a2f8e-7a51-4a0d-8c53-6f5f0f0e9a11",
  created_at: "2026-11-23T10:00:00.000Z",
  updated_at: "2026-11-23T10:00:03.000Z",
  started_at: "2026-11-23T10:00:01.000Z",
  completed_at: "2026-11-23T10:00:03.500Z",
};

/** A value for each dimension: `usual`, but for those given. */
export function eachDimension<Value>(usual: Value, given: Partial<Record<Dimension, Value>> = {}) {
  return Object.fromEntries(DIMENSIONS.map((name) => [name, given[name] ?? usual]));
}

/** Readings with these scores, 60 for the others, each ± 7. */
export function readings(scores: Partial<Record<Dimension, number>> = {}): Analysis["dimensions"] {
  const entries = DIMENSIONS.map((name) => [
    name,
    {
      score: scores[name] ?? 60,
      uncertainty: name === "note_accuracy" ? 15 : 7,
      basis: basisOf(name),
      reason: null,
    },
  ]);
  return v.parse(AnalysisSchema.entries.dimensions, Object.fromEntries(entries));
}

/** What a dimension's score rests on where notes were recognised. */
function basisOf(dimension: Dimension): DimensionReading["basis"] {
  const { measured } = DIMENSION_BASES[dimension];
  if (measured === 0) return "rated";
  return measured === 1 ? "measured" : "both";
}

export const UNSCORED = {
  score: null,
  uncertainty: null,
  basis: null,
  reason: "No model of listeners' ratings listens yet.",
};

export function perceptions(given: Partial<Record<(typeof PERCEPTUAL_SCALES)[number], number>> = {}) {
  return v.parse(
    AnalysisSchema.entries.perception,
    Object.fromEntries(PERCEPTUAL_SCALES.map((scale) => [scale, given[scale] ?? 0.56])),
  );
}

const PERCEPTION_UNCERTAINTY = v.parse(
  AnalysisSchema.entries.perception_uncertainty,
  Object.fromEntries(PERCEPTUAL_SCALES.map((scale) => [scale, 0.12])),
);

export function sectionOf(
  start: number,
  end: number,
  changes: {
    readonly against?: Partial<Record<Dimension, number>>;
    readonly loudness?: number;
    readonly onsets?: number;
  } = {},
): Section {
  return v.parse(AnalysisSchema.entries.sections.item, {
    start,
    end,
    cut: "valley",
    mean_loudness_db: changes.loudness ?? -20,
    onsets_per_second: changes.onsets ?? 2.5,
    against_whole: eachDimension(0, changes.against),
  });
}

export function notesOf(changes: Partial<NoteMeasurements> = {}): NoteMeasurements {
  return {
    count: 240,
    range: { lowest: 36, highest: 84 },
    unevenness_ms: 14,
    running_notes: 80,
    chord_spread_ms: 20,
    chords: 20,
    melody_over_accompaniment_db: 5,
    level_range_db: 14,
    duration_ratio: 0.95,
    pedal_blur: 0.2,
    sustained_share: 0.4,
    restarts: [],
    ...changes,
  };
}

interface Heard extends Partial<Omit<Analysis, "measurements">> {
  readonly measurements?: Partial<Analysis["measurements"]>;
}

/** An analysis of 40 s of music in which nothing special was found, but for what is given. */
export function analysisOf({ measurements = {}, ...changes }: Heard = {}): Analysis {
  return v.parse(AnalysisSchema, {
    model_version: "embedded-2",
    duration: 40,
    analysed_duration: 40,
    truncated: false,
    heard: "music",
    confidence: 0.9,
    dimensions: readings(),
    perception: perceptions(),
    perception_uncertainty: PERCEPTION_UNCERTAINTY,
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
        drift_percent: 2,
        supported_beats: 60,
        beats: 64,
      },
      notes: notesOf(),
      pauses: [],
      leading_silence: 0,
      trailing_silence: 0,
      clipping: [],
      noise_floor_db: -70,
      peak_db: -3,
      ...measurements,
    },
    findings: [],
    sections: [sectionOf(0, 12), sectionOf(12, 26, { loudness: -23.5 }), sectionOf(26, 40)],
    sketch: [],
    ...changes,
  });
}

export function earlierOf(
  analysis: Analysis,
  {
    created_at = "2026-03-03T18:20:00.000Z",
    same_music = 0.8,
    recording_id = "2b9f0c1e-52a4-4f0a-9d6c-1f2e3d4c5b6a",
  } = {},
): EarlierRecording {
  const { dimensions, perception, perception_uncertainty, measurements, confidence } = analysis;
  return {
    recording_id,
    created_at,
    duration: analysis.analysed_duration,
    dimensions,
    perception,
    perception_uncertainty,
    measurements,
    confidence,
    same_music,
  };
}

/** One plausible finding of each kind about the playing. */
export const PLAYING: Readonly<Record<string, Finding>> = {
  crescendo: finding("crescendo", 4, 10.2, "dynamics_control", { change_db: 12.3, length_seconds: 6.2 }),
  diminuendo: finding("diminuendo", 14, 16, "dynamics_control", { change_db: -3.1, length_seconds: 2 }),
  loudest_passage: finding("loudest_passage", 8, 12, "dynamics_control", {
    loudness_db: -14,
    contrast_db: 11.6,
  }),
  softest_passage: finding("softest_passage", 27, 31, "dynamics_control", {
    loudness_db: -25.6,
    contrast_db: 11.6,
  }),
  narrow_dynamics: finding("narrow_dynamics", 0, 40, "dynamics_control", { dynamic_range_db: 3.1 }),
  wide_dynamics: finding("wide_dynamics", 0, 40, "dynamics_control", { dynamic_range_db: 21.4 }),
  melody_voiced: finding("melody_voiced", 0, 12, "dynamics_control", { melody_over_accompaniment_db: 7.6 }),
  melody_buried: finding("melody_buried", 26, 33, "dynamics_control", { melody_over_accompaniment_db: -1.2 }),
  pause: finding("pause", 30, 33, null, { pause_seconds: 3 }),
  hold: finding("hold", 22, 23.8, null, { hold_seconds: 1.8 }),
  restart: finding("restart", 33.2, 36, "note_accuracy", { repeated_notes: 5, lost_seconds: 2.1 }),
  tempo_drift: finding("tempo_drift", 20, 24, "rhythmic_precision", {
    tempo_change_percent: 18,
    tempo_before_bpm: 96,
    tempo_after_bpm: 113.3,
  }),
  steady_pulse: finding("steady_pulse", 0.4, 38.7, "rhythmic_precision", {
    tempo_bpm: 96,
    beat_deviation_percent: 1.6,
    clarity: 0.6,
  }),
  unsteady_pulse: finding("unsteady_pulse", 15, 21, "rhythmic_precision", {
    tempo_bpm: 96,
    beat_deviation_percent: 7.4,
    local_deviation_percent: 12.5,
    clarity: 0.4,
  }),
  even_runs: finding("even_runs", 12, 18, "rhythmic_precision", {
    unevenness_ms: 8.7,
    interval_ms: 125,
    notes: 46,
  }),
  uneven_runs: finding("uneven_runs", 12, 18, "rhythmic_precision", {
    unevenness_ms: 26.4,
    interval_ms: 125,
    notes: 46,
  }),
  chords_together: finding("chords_together", 26, 34, "rhythmic_precision", { spread_ms: 11.2, chords: 17 }),
  chords_not_together: finding("chords_not_together", 26, 34, "note_accuracy", {
    spread_ms: 41.8,
    chords: 17,
  }),
  detached_passage: finding("detached_passage", 19, 25, "articulation_quality", {
    duration_ratio: 0.72,
    elsewhere_ratio: 0.96,
  }),
  overlapped_passage: finding("overlapped_passage", 19, 25, "articulation_quality", {
    duration_ratio: 1.63,
    elsewhere_ratio: 1.02,
  }),
  pedal_blur: finding("pedal_blur", 26, 34, "pedaling_technique", { blur_share: 0.62, changes: 13 }),
  clear_pedal: finding("clear_pedal", 26, 34, "pedaling_technique", { blur_share: 0.08, changes: 13 }),
};

/** One plausible finding of each kind about the recording. */
export const RECORDING: Readonly<Record<string, Finding>> = {
  unlike_piano: finding("unlike_piano", 0, 40, null, {}),
  clipping: finding("clipping", 9, 11, null, { clipped_samples: 412, stretches: 3, peak_db: 0 }),
  too_quiet: finding("too_quiet", 0, 40, null, { mean_loudness_db: -48.2, peak_db: -30 }),
  hum: finding("hum", 0, 40, null, { hum_hz: 50, hum_db: -38 }),
  distant: finding("distant", 0, 40, null, { damping_db: 5.4 }),
  damaged: finding("damaged", 21, 24, null, { lost_seconds: 2.4 }),
  talk: finding("talk", 0, 4, null, { spoken_seconds: 4, places: 1 }),
  silence: finding("silence", 0, 40, null, { level_db: -120 }),
  steady_tone: finding("steady_tone", 0, 40, null, { level_db: -12.3 }),
  noise: finding("noise", 0, 40, null, { level_db: -31 }),
  speech: finding("speech", 0, 40, null, {}),
  other_instrument: finding("other_instrument", 0, 40, null, {}),
};

function finding(
  kind: Finding["kind"],
  start: number,
  end: number,
  dimension: Dimension | null,
  evidence: Finding["evidence"],
): Finding {
  return { kind, start, end, dimension, strength: 0.6, evidence };
}

/** A finding of a kind, at another place or with other evidence if need be. */
export function found(kind: Finding["kind"], changes: Partial<Finding> = {}): Finding {
  const plausible = PLAYING[kind] ?? RECORDING[kind];
  if (plausible === undefined) throw new Error(`${kind} isn't among the findings of these tests`);
  return { ...plausible, ...changes };
}

/** Notes that are as short as staccato. */
export const STACCATO = found("detached_passage", {
  evidence: { duration_ratio: 0.47, elsewhere_ratio: 0.96 },
});
