import type { Heard } from "@crescendai/contracts";
import { FRAME_RATE, type FrameCurves } from "../signal/frames.ts";
import { clamp, median, quantile } from "../signal/statistics.ts";
import type { Levels } from "./levels.ts";
import type { Onset } from "./onsets.ts";
import type { Timbre } from "./timbre.ts";

/** What kind of sound it is, and how sure that is (0 to 1). */
export type HeardReading = { readonly heard: Heard; readonly confidence: number };

/** Seconds; less can't be told apart. */
const LEAST_LENGTH = 5;
/** dB relative to full scale that even the loudest hundredth stays below in a silent file: 8 bits can't reach lower. */
const SILENT_LEVEL = -65;
/**
 * Median flatness of the louder half of the frames from which sound may be noise: white, pink and brown noise give
 * 0.58 to 0.68, a densely played piano up to 0.4.
 */
const NOISE_FLATNESS = 0.5;
/** 98th percentile over median of the onset strength, up to which nothing stands out: noise 2, piano 5 to 30. */
const NOISE_CONTRAST = 3.5;
/** Share of the sounding frames whose strongest partial stays within 2 % in a steady tone, … */
const STEADY_SHARE = 0.9;
const STEADY_TOLERANCE = 0.02;
/** … its onsets per second at most, and how far its level may go up and down in dB. A struck string falls further. */
const STEADY_ONSET_RATE = 0.2;
const STEADY_LEVEL_RANGE = 8;
/** Onsets under which sound isn't called playing, unless it dies away like a struck string. */
const LEAST_ONSETS = 2;

/**
 * Speech as 30 renderings of voices of a speech synthesiser are measured, at the most: its pitch glides by 17 to 40 cents within
 * 23 ms (piano: 98 of a hundred under 14), six to eleven onsets a second, most of which are no notes, and brief ones.
 */
const SPEECH = { wavering: 14, onsetsPerSecond: 5.5, onsetsWithNote: 0.58, noteLength: 0.22 };
/** Drums: many onsets, hardly a note in them, no partial that stays. */
const DRUMS = { onsetsPerSecond: 2, onsetsWithNote: 0.12, notesPerSecond: 0.4, leaping: 0.6 };
/** Winds: nothing but partials, and notes that don't decay. A piano's hammers and strings are never under 0.05. */
const WINDS = { flatness: 0.03, lateAttack: -1.5, wavering: 1.5 };
/** What a piano seldom is: then the confidence is halved, not the recording refused. */
const DOUBTFUL = { onsetsWithNote: 0.5, notesPerSecond: 0.5, lateAttack: 1.5, wavering: 12 };

/** Share of the onsets with which a note begins, from which what is heard is playing for sure. */
const CLEARLY_PLAYED = 0.85;

/** With the notes known: whether what was taken for music is a voice or another instrument; doubt lowers the confidence. */
export function tellInstrument(kind: HeardReading, timbre: Timbre | null): HeardReading {
  if (kind.heard !== "music" || timbre === null) return kind;
  const { wavering, onsetsPerSecond, onsetsWithNote, notesPerSecond, noteLength } = timbre;
  if (
    onsetsPerSecond >= DRUMS.onsetsPerSecond &&
    onsetsWithNote <= DRUMS.onsetsWithNote &&
    notesPerSecond <= DRUMS.notesPerSecond &&
    timbre.leaping >= DRUMS.leaping
  ) {
    return { heard: "other_instrument", confidence: 0.8 };
  }
  if (
    wavering >= SPEECH.wavering &&
    onsetsPerSecond >= SPEECH.onsetsPerSecond &&
    onsetsWithNote <= SPEECH.onsetsWithNote &&
    noteLength <= SPEECH.noteLength
  ) {
    return { heard: "speech", confidence: clamp(0.6 + (wavering - SPEECH.wavering) / 25, 0.6, 0.95) };
  }
  if (
    timbre.flatness <= WINDS.flatness &&
    timbre.lateAttack >= WINDS.lateAttack &&
    wavering >= WINDS.wavering
  ) {
    return { heard: "other_instrument", confidence: 0.6 };
  }
  const doubts = [
    onsetsWithNote < DOUBTFUL.onsetsWithNote,
    notesPerSecond < DOUBTFUL.notesPerSecond,
    timbre.lateAttack > DOUBTFUL.lateAttack,
    wavering > DOUBTFUL.wavering,
  ].filter((doubt) => doubt).length;
  // Dense playing is nearly as flat as noise; but noise has no notes at its onsets.
  const isPlayed = doubts === 0 && onsetsWithNote >= CLEARLY_PLAYED && notesPerSecond >= 1;
  return { heard: "music", confidence: isPlayed ? 1 : kind.confidence * 0.6 ** doubts };
}

/** Tells music, silence, a steady tone, and noise apart. */
export function tellKind(curves: FrameCurves, levels: Levels, onsets: readonly Onset[]): HeardReading {
  const seconds = levels.level.length / FRAME_RATE;
  if (seconds < LEAST_LENGTH) return { heard: "too_short", confidence: 1 };
  const loudest = quantile(levels.level, 0.99);
  if (loudest < SILENT_LEVEL) {
    return { heard: "silence", confidence: clamp((SILENT_LEVEL - loudest) / 10, 0.5, 1) };
  }
  const sounding = soundingFrames(curves, levels);
  const flatness = flatnessOfLouderHalf(sounding, curves, levels);
  const strengths = sounding.map((frame) => curves.strength[frame]);
  const contrast = quantile(strengths, 0.98) / Math.max(1e-6, median(strengths));
  if (flatness >= NOISE_FLATNESS && contrast <= NOISE_CONTRAST) {
    return { heard: "noise", confidence: clamp(0.5 + (flatness - NOISE_FLATNESS) * 4, 0.5, 1) };
  }
  const rate = (onsets.length * FRAME_RATE) / sounding.length;
  const steady = steadyShare(sounding.map((frame) => curves.peakFrequency[frame]));
  const heardLevels = sounding.map((frame) => levels.level[frame]);
  const levelRange = quantile(heardLevels, 0.95) - quantile(heardLevels, 0.1);
  if (steady >= STEADY_SHARE && rate <= STEADY_ONSET_RATE && levelRange <= STEADY_LEVEL_RANGE) {
    return { heard: "steady_tone", confidence: clamp(steady, 0.5, 1) };
  }
  if (onsets.length < LEAST_ONSETS && levelRange <= STEADY_LEVEL_RANGE) {
    return { heard: "unclear", confidence: 0.5 };
  }
  return { heard: "music", confidence: 1 - clamp(flatness / NOISE_FLATNESS - 0.5, 0, 0.5) };
}

function soundingFrames(curves: FrameCurves, levels: Levels): number[] {
  const frames: number[] = [];
  for (let frame = 0; frame < curves.flatness.length; frame += 1) {
    if (levels.level[Math.min(frame + 2, levels.level.length - 1)] >= levels.threshold) frames.push(frame);
  }
  return frames;
}

function flatnessOfLouderHalf(frames: readonly number[], curves: FrameCurves, levels: Levels): number {
  const middle = median(frames.map((frame) => levels.level[frame]));
  return median(
    frames.filter((frame) => levels.level[frame] >= middle).map((frame) => curves.flatness[frame]),
  );
}

function steadyShare(frequencies: readonly number[]): number {
  const centre = median(frequencies);
  const near = frequencies.filter((frequency) => Math.abs(frequency / centre - 1) <= STEADY_TOLERANCE);
  return near.length / Math.max(1, frequencies.length);
}
