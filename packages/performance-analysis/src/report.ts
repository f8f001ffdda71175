import type { Heard, Measurements, NoteMeasurements } from "@crescendai/contracts";
import { type ClippedSpan, isDistorted } from "./music/clipping.ts";
import { touchesDamage } from "./music/damage.ts";
import { type DynamicChange, findDynamicArc } from "./music/dynamic-arc.ts";
import type { HeardReading } from "./music/heard.ts";
import type { Hum } from "./music/hum.ts";
import type { Levels, Span } from "./music/levels.ts";
import { LOUDNESS_STEP, type Loudness } from "./music/loudness.ts";
import type { NoteReading } from "./music/note-reading.ts";
import type { Onset } from "./music/onsets.ts";
import { hasQuietMoment, type Silences } from "./music/pauses.ts";
import type { SpanMeasurements } from "./music/span-measurements.ts";
import { clamp, mean, round } from "./signal/statistics.ts";

type Common = {
  readonly loudness: Loudness;
  readonly levels: Levels;
  readonly clipped: { readonly spans: readonly ClippedSpan[]; readonly peak: number };
  /** Seconds listened to. */
  readonly analysed: number;
};
type Musical = Common & {
  readonly onsets: readonly Onset[];
  readonly silences: Silences;
  /** Stretches in which nobody could be heard to play: they couldn't be decoded, or somebody speaks. */
  readonly unplayed: readonly Span[];
  /** What the notes say, and the whole measured by them. */
  readonly notes: { readonly reading: NoteReading; readonly whole: SpanMeasurements };
};

/** Steps of the momentary loudness in one value of the curve at first, 0.5 s, and most values the curve may have. */
const CURVE_STEPS = 5;
const MOST_CURVE_VALUES = 600;
/** Most pauses that are listed, the longest ones. */
const MOST_PAUSES = 100;

/** Rounds everything for storage, and bounds every list, whatever the recording's length. */
export function toMeasurements(measured: Musical): Measurements {
  const { loudness, onsets, silences, analysed, unplayed, notes } = measured;
  const { pulse } = notes.reading;
  const soundingSeconds = loudness.sounding.reduce((sum, sounds) => sum + sounds, 0) * LOUDNESS_STEP;
  const within = (seconds: number) => round(clamp(seconds, 0, analysed), 2);
  return {
    ...commonMeasurements(measured),
    dynamic_arc: findDynamicArc(loudness, silences.pauses, onsets).map(
      ({ start, end, change }: DynamicChange) => ({
        start: within(start),
        end: within(end),
        change_db: round(change, 1),
      }),
    ),
    onset_count: onsets.length,
    onset_rate: soundingSeconds > 0 ? round(onsets.length / soundingSeconds, 2) : 0,
    pulse: {
      tempo_bpm: roundOrNull(pulse.tempo, 1),
      clarity: round(pulse.clarity, 2),
      beat_deviation_percent: roundOrNull(percent(pulse.deviation), 1),
      drift_percent: roundOrNull(percent(pulse.drift), 1),
      supported_beats: pulse.beats.filter(({ supported }) => supported).length,
      beats: pulse.beats.length,
    },
    notes: toNoteMeasurements(notes.reading, notes.whole, analysed),
    // Silence that stands for what couldn't be read, or for speech, is no pause.
    pauses: longestPauses(silences.pauses.filter((pause) => !touchesDamage(pause, unplayed))).map(
      ({ start, end }) => ({ start: within(start), end: within(end) }),
    ),
    leading_silence: within(silences.leading),
    trailing_silence: within(silences.trailing),
  };
}

/** Most restarts that are listed. */
const MOST_RESTARTS = 40;

function toNoteMeasurements(
  reading: NoteReading,
  whole: SpanMeasurements,
  analysed: number,
): NoteMeasurements {
  const { lowest, highest } = whole;
  const inMilliseconds = (seconds: number | null) => roundOrNull(seconds === null ? null : seconds * 1000, 1);
  return {
    count: reading.notes.length,
    range: lowest === null || highest === null ? null : { lowest, highest },
    unevenness_ms: inMilliseconds(whole.unevenness),
    running_notes: whole.runningNotes,
    chord_spread_ms: inMilliseconds(whole.chordSpread),
    chords: whole.chords,
    melody_over_accompaniment_db: roundOrNull(whole.voicing?.lead ?? null, 1),
    level_range_db: roundOrNull(whole.noteRange, 1),
    duration_ratio: roundOrNull(whole.durationRatio, 2),
    pedal_blur: roundOrNull(whole.heardBlur, 2),
    sustained_share: roundOrNull(whole.sustained, 2),
    restarts: reading.restarts.slice(0, MOST_RESTARTS).map(({ start, end }) => ({
      start: round(clamp(start, 0, analysed), 1),
      end: round(clamp(end, 0, analysed), 1),
    })),
  };
}

/** The measurements of a recording in which nothing is played: no onsets, no pulse, no arc. */
export function silentMeasurements(measured: Common & { readonly heard: Heard }): Measurements {
  const silent = measured.heard === "silence";
  return {
    ...commonMeasurements(measured),
    ...(silent ? { mean_loudness_db: null, dynamic_range_db: null } : {}),
    loudest: null,
    softest: null,
    dynamic_arc: [],
    onset_count: 0,
    onset_rate: 0,
    pulse: {
      tempo_bpm: null,
      clarity: 0,
      beat_deviation_percent: null,
      drift_percent: null,
      supported_beats: 0,
      beats: 0,
    },
    notes: null,
    pauses: [],
    leading_silence: silent ? round(measured.analysed, 2) : 0,
    trailing_silence: silent ? round(measured.analysed, 2) : 0,
  };
}

/** Share of the confidence that is left by a few clipped peaks, and by clipping throughout. */
const CLIPPED = 0.8;
const DISTORTED = 0.5;
/** dB of the music over noise, and over a hum, from which they do no harm, and the least share that they leave. */
const CLEAN_DB = 30;
const NOISY = 0.6;
const HUMMING = 0.4;
/** Mean loudness in dB from which on down confidence falls, to half where it is some 20 dB over the noise of 16 bits. */
const QUIET_DB = -45;
const QUIETEST_DB = -75;
/** Least share of the confidence that damage takes: where something couldn't be read, what is around it may be wrong too. */
const LEAST_DAMAGE = 0.05;

/** What speaks against relying on the measurements of a recording of music. */
export type Impairments = {
  /** Seconds of playing. */
  readonly seconds: number;
  /** Seconds of it that couldn't be read. */
  readonly lost: number;
  readonly hum: Hum | null;
};

/**
 * How far the measurements of music can be relied on, 0 to 1: the sureness that it is music, less for a recording
 * under 20 s, for fewer than 20 onsets, for clipping, for noise or a hum less than 30 dB under the music, for music under
 * −45 dB, and for the share that couldn't be read.
 */
export function confidenceOf(
  kind: HeardReading,
  { seconds, lost, hum }: Impairments,
  measurements: Measurements,
): number {
  const { clipping, mean_loudness_db: loudness, noise_floor_db: floor } = measurements;
  const length = clamp(seconds / 20, 0.4, 1);
  const notes = clamp(measurements.onset_count / 20, 0.4, 1);
  const clipped = clipping.length === 0 ? 1 : isDistorted(clipping, seconds) ? DISTORTED : CLIPPED;
  const level = loudness ?? -120;
  const clean = hasQuietMoment(measurements) ? clamp((level - (floor ?? -120)) / CLEAN_DB, NOISY, 1) : 1;
  const humming = hum === null ? 1 : clamp((level - hum.level) / CLEAN_DB, HUMMING, 1);
  const quiet = clamp(1 - (0.5 * (QUIET_DB - level)) / (QUIET_DB - QUIETEST_DB), 0.5, 1);
  const whole = lost > 0 ? 1 - Math.max(LEAST_DAMAGE, lost / seconds) : 1;
  return round(
    kind.confidence * Math.sqrt(length * notes) * clipped * clean * humming * quiet * Math.max(0, whole),
    2,
  );
}

function commonMeasurements({ loudness, levels, clipped, analysed }: Common) {
  const passage = (span: Loudness["loudest"]) =>
    span === null
      ? null
      : {
          start: round(Math.max(0, span.start), 1),
          end: round(Math.min(analysed, span.end), 1),
          loudness_db: round(span.loudness, 1),
        };
  return {
    loudness_curve: loudnessCurve(loudness.momentary),
    mean_loudness_db: roundOrNull(loudness.mean, 1),
    dynamic_range_db: roundOrNull(loudness.range, 1),
    loudest: passage(loudness.loudest),
    softest: passage(loudness.softest),
    clipping: clipped.spans.map(({ start, end, count }) => ({
      start: round(start, 2),
      end: round(end, 2),
      count,
    })),
    noise_floor_db: Number.isFinite(levels.noiseFloor) ? round(levels.noiseFloor, 1) : null,
    peak_db: round(clipped.peak, 1),
  };
}

function loudnessCurve(momentary: Float32Array): Measurements["loudness_curve"] {
  let steps = CURVE_STEPS;
  while (momentary.length / steps > MOST_CURVE_VALUES) steps *= 2;
  const values: number[] = [];
  for (let first = 0; first < momentary.length; first += steps) {
    values.push(round(mean(momentary.subarray(first, first + steps)), 1));
  }
  return { step: round(steps * LOUDNESS_STEP, 1), values_db: values };
}

function longestPauses(pauses: readonly Span[]) {
  const least = pauses.map(({ start, end }) => end - start).sort((a, b) => b - a)[MOST_PAUSES] ?? 0;
  return pauses.filter(({ start, end }) => end - start > least);
}

function percent(share: number | null): number | null {
  return share === null ? null : share * 100;
}

function roundOrNull(value: number | null, decimals: number): number | null {
  return value === null ? null : round(value, decimals);
}
