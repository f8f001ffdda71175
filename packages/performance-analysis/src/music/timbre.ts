import { bandOf, FRAME_MIDDLE, SPECTROGRAM_RATE, type Spectrogram } from "../features/spectrogram.ts";
import { FRAME_RATE, type FrameCurves } from "../signal/frames.ts";
import { clamp, median } from "../signal/statistics.ts";
import type { Levels } from "./levels.ts";
import type { Note } from "./note.ts";
import type { Onset } from "./onsets.ts";

/** What tells a struck string from a voice, a bow, a pluck, a drum. */
export type Timbre = {
  /** Seconds of plainly audible sound that the rest is measured over. */
  readonly seconds: number;
  readonly notesPerSecond: number;
  readonly onsetsPerSecond: number;
  /** Share of the sound's onsets with which a note begins. */
  readonly onsetsWithNote: number;
  /** Median length of a note, in seconds. */
  readonly noteLength: number;
  /** Median wavering of the strongest partial within 23 ms, in cents: strings of a piano keep their pitch. */
  readonly wavering: number;
  /** Share of the frames in which the strongest partial is another one than 23 ms before. */
  readonly leaping: number;
  /** Median spectral flatness. */
  readonly flatness: number;
  /** Median change of a note's fundamental from 50 to 140 ms after its onset, in dB: a struck string only decays. */
  readonly lateAttack: number;
};

/** dB over the threshold of silence from which a frame is looked at: the tails are the room's. */
const AUDIBLE = 8;
/** Seconds within which an onset of the sound and one of a note are the same. */
const SAME_ONSET = 0.05;
/** Most notes whose attacks are looked at. */
const MOST_NOTES = 600;
/** Hz from which the strongest partial's frequency is exact enough to see it waver. */
const LEAST_FREQUENCY = 150;
/** Cents within which it is the same partial in the next frame but one. */
const SAME_PARTIAL = 100;

/** Measures a sound's timbre; every number is finite whatever the sound. Null where nothing sounds for at least half a second. */
export function measureTimbre(
  curves: FrameCurves,
  levels: Levels,
  onsets: readonly Onset[],
  notes: readonly Note[],
  spectrogram: Spectrogram,
): Timbre | null {
  const { flatness, wavering, leaping } = followFrames(curves, levels);
  if (flatness.length < FRAME_RATE / 2) return null;
  const seconds = flatness.length / FRAME_RATE;
  const begun = notes.map(({ onset }) => onset).sort((a, b) => a - b);
  const or = (value: number, otherwise: number) => (Number.isFinite(value) ? value : otherwise);
  return {
    seconds,
    notesPerSecond: notes.length / seconds,
    onsetsPerSecond: onsets.length / seconds,
    onsetsWithNote: or(onsets.filter(({ time }) => isNear(begun, time)).length / onsets.length, 1),
    noteLength: or(median(notes.map(({ onset, offset }) => offset - onset)), 0),
    wavering: or(median(wavering), 0),
    leaping: leaping / flatness.length,
    flatness: median(flatness),
    lateAttack: or(median(lateAttacks(notes, spectrogram)), 0),
  };
}

/**
 * Of the frames that are audible: their flatness, by how many cents the strongest partial wavers, and in how many it leaps to another
 * one. A function of its own, as V8 would compile all of a longer one in mid-loop.
 */
function followFrames({ flatness: flatnessOf, peakFrequency }: FrameCurves, { level, threshold }: Levels) {
  const flatness: number[] = [];
  const wavering: number[] = [];
  let leaping = 0;
  for (let frame = 2; frame < peakFrequency.length; frame += 1) {
    if (level[Math.min(frame + 2, level.length - 1)] < threshold + AUDIBLE) continue;
    flatness.push(flatnessOf[frame]);
    const frequency = peakFrequency[frame];
    const cents = Math.abs(1200 * Math.log2(frequency / peakFrequency[frame - 2]));
    if (frequency > LEAST_FREQUENCY && cents < SAME_PARTIAL) wavering.push(cents);
    else leaping += 1;
  }
  return { flatness, wavering, leaping };
}

function isNear(ascending: readonly number[], time: number): boolean {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle] < time - SAME_ONSET) low = middle + 1;
    else high = middle;
  }
  return low < ascending.length && ascending[low] <= time + SAME_ONSET;
}

function lateAttacks(notes: readonly Note[], spectrogram: Spectrogram): number[] {
  const changes: number[] = [];
  const step = Math.max(1, Math.ceil(notes.length / MOST_NOTES));
  const frameAt = (time: number) =>
    clamp(Math.round((time - FRAME_MIDDLE) * SPECTROGRAM_RATE), 0, spectrogram.frames - 1);
  for (let index = 0; index < notes.length; index += step) {
    const { onset, pitch } = notes[index];
    const band = bandOf(440 * 2 ** ((pitch - 69) / 12));
    if (band < 0 || spectrogram.frames === 0) continue;
    changes.push(
      spectrogram.level(frameAt(onset + 0.14), band) - spectrogram.level(frameAt(onset + 0.05), band),
    );
  }
  return changes;
}
