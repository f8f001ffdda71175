/** What the networks are told of an onset candidate: posteriors and levels around it, of its key and of the related ones. */

import { frameCurves } from "./frame-curves.ts";
import { KEYS } from "./kernel.ts";
import type { OnsetCandidate } from "./onset-candidates.ts";
import { LEVEL_STEPS, POSTERIOR_SCALE, type Posteriors, SEMITONES } from "./posteriors.ts";
import { PARTIALS, struckLevels } from "./struck-levels.ts";

/** Frames, relative to the candidate's, at which the key itself is looked at. */
const OWN_ONSET_FRAMES = [-8, -6, -4, -3, -2, -1, 0, 1, 2, 3, 4, 6, 8] as const;
const OWN_FRAMES = [-12, -8, -6, -4, -3, -2, -1, 0, 1, 2, 3, 4, 6, 8, 12, 16] as const;

/** Related keys, in semitones: those of which it may be a partial, its own partials, its neighbours. */
const RELATED = [
  -36, -31, -28, -24, -19, -16, -12, -7, -5, -2, -1, 1, 2, 5, 7, 12, 16, 19, 24, 28, 31, 36,
] as const;
const RELATED_LEVEL_FRAMES = [-4, 2, 6] as const;

/** Partials looked at more closely, in semitones. */
const CLOSE_PARTIALS = [12, 19, 24, 28] as const;
const CLOSE_PARTIAL_FRAMES = [-8, -2, 0, 1, 4, 10] as const;

/** Frames at which all keys together are looked at, and semitones whose range of levels in the whole recording counts. */
const ALL_KEYS_FRAMES = [-4, -3, -2, -1, 0, 1, 2, 3, 4] as const;
const RANGE_SEMITONES = [0, 12, 19] as const;

/**
 * Numbers the networks are told: the lists above, five posteriors of each related key, three curves of all keys, two ends of each
 * range, three numbers of each neighbour candidate, excess over each partial and over a struck key's level, what of that the
 * background reaches; register, apex and note posterior.
 */
export const ONSET_INPUTS =
  OWN_ONSET_FRAMES.length +
  2 * OWN_FRAMES.length +
  RELATED.length * (5 + RELATED_LEVEL_FRAMES.length) +
  CLOSE_PARTIALS.length * CLOSE_PARTIAL_FRAMES.length +
  3 * ALL_KEYS_FRAMES.length +
  2 * RANGE_SEMITONES.length +
  2 * 3 +
  PARTIALS.length +
  2 +
  3;

/** Levels lower than 60 dB under the loudest within half a second are told as that; the unit is 20 dB. */
const DEEPEST = -60 * LEVEL_STEPS;
const LEVEL_UNIT = 20 * LEVEL_STEPS;
/** Units of the mean rise of all levels, 5 dB, and of the number of keys struck. */
const RISE_UNIT = 5 * LEVEL_STEPS;
const KEYS_UNIT = 3;
/** Distances between candidates are told as ½ ln(1 + frames / 4). */
const DISTANCE_UNIT = 4;
/** No input is larger than this; it's also told for what isn't there. */
const LARGEST = 3;

/** Tells the networks' inputs of the candidates of a recording. */
export interface OnsetInputs {
  /** Writes `ONSET_INPUTS` numbers, all within ±3, to `target` from `at` on. */
  write(index: number, target: Float32Array, at: number): void;
}

/**
 * Prepares the inputs of a recording's candidates, which are all of `onsetCandidates` in its order: what a struck key is like in
 * this recording is learnt from them. Beyond its ends the recording is taken to go on as in its first and last frame.
 */
export function createOnsetInputs(
  posteriors: Posteriors,
  candidates: readonly OnsetCandidate[],
): OnsetInputs {
  const keys = Array.from({ length: KEYS }, (_, key) => key);
  const notes = keys.map((key) => posteriors.notesOf(key));
  const onsets = keys.map((key) => posteriors.onsetsOf(key));
  const levels = Array.from({ length: SEMITONES }, (_, semitone) => posteriors.levelsOf(semitone));
  const curves = frameCurves(posteriors);
  const struck = struckLevels(posteriors, candidates);
  const { frameCount } = posteriors;
  const last = frameCount - 1;
  const silent = new Uint8Array(frameCount);

  // By comparisons, as with Math.min and Math.max V8 counts frames in floating point.
  const clamped = (frame: number) => (frame < 0 ? 0 : frame < frameCount ? frame : last);
  const existing = (semitone: number) => (semitone < 0 ? 0 : semitone < SEMITONES ? semitone : SEMITONES - 1);

  /** The highest of the frames from … to, as a posterior. */
  function highest(curve: Uint8Array, from: number, to: number): number {
    const end = clamped(to);
    let most = 0;
    for (let frame = clamped(from); frame <= end; frame += 1) if (curve[frame] > most) most = curve[frame];
    return most / POSTERIOR_SCALE;
  }

  function average(curve: Uint8Array, from: number, to: number): number {
    let sum = 0;
    if (from >= 0 && to <= last) for (let frame = from; frame <= to; frame += 1) sum += curve[frame];
    else for (let frame = from; frame <= to; frame += 1) sum += curve[clamped(frame)];
    return sum / (to - from + 1) / POSTERIOR_SCALE;
  }

  return {
    write(index, target, start) {
      const { key, frame, apex, note } = candidates[index];
      const loudest = curves.loudest[frame];
      let at = start;

      at = writePosteriors(target, at, onsets[key], frame, OWN_ONSET_FRAMES);
      at = writePosteriors(target, at, notes[key], frame, OWN_FRAMES);
      at = writeLevels(target, at, levels[key], frame, OWN_FRAMES, loudest);
      for (const semitones of RELATED) {
        const other = key + semitones;
        const otherOnsets = onsets[other] ?? silent;
        const otherNotes = notes[other] ?? silent;
        target[at] = highest(otherOnsets, frame - 2, frame + 2);
        target[at + 1] = highest(otherOnsets, frame - 10, frame - 3);
        target[at + 2] = highest(otherOnsets, frame + 3, frame + 8);
        target[at + 3] = average(otherNotes, frame - 7, frame - 3);
        target[at + 4] = average(otherNotes, frame + 1, frame + 6);
        at = writeLevels(target, at + 5, levels[existing(other)], frame, RELATED_LEVEL_FRAMES, loudest);
      }
      for (const semitones of CLOSE_PARTIALS) {
        const curve = levels[existing(key + semitones)];
        at = writeLevels(target, at, curve, frame, CLOSE_PARTIAL_FRAMES, loudest);
      }
      for (let place = 0; place < ALL_KEYS_FRAMES.length; place += 1) {
        const there = clamped(frame + ALL_KEYS_FRAMES[place]);
        target[at + place] = bounded(curves.rise[there] / RISE_UNIT);
        target[at + ALL_KEYS_FRAMES.length + place] = curves.highestOnset[there];
        target[at + 2 * ALL_KEYS_FRAMES.length + place] = bounded(curves.onsetSum[there] / KEYS_UNIT);
      }
      at += 3 * ALL_KEYS_FRAMES.length;
      for (const semitones of RANGE_SEMITONES) {
        const semitone = existing(key + semitones);
        target[at] = bounded((curves.quiet[semitone] - loudest) / LEVEL_UNIT);
        target[at + 1] = bounded((curves.loud[semitone] - loudest) / LEVEL_UNIT);
        at += 2;
      }
      at = writeNeighbour(target, at, candidates[index - 1], key, frame);
      at = writeNeighbour(target, at, candidates[index + 1], key, frame);
      for (let partial = 0; partial < PARTIALS.length; partial += 1) {
        target[at] = bounded((struck.abovePartial(key, frame, partial) ?? LARGEST * LEVEL_UNIT) / LEVEL_UNIT);
        at += 1;
      }
      target[at] = bounded(struck.aboveTypical(key, frame) / LEVEL_UNIT);
      target[at + 1] = bounded((curves.quiet[key] - struck.typical(key)) / LEVEL_UNIT);
      target[at + 2] = key / KEYS;
      target[at + 3] = apex;
      target[at + 4] = note / POSTERIOR_SCALE;
    },
  };

  /** These three write numbers to `target` from `at` on, and tell where the next one goes. */
  function writePosteriors(
    target: Float32Array,
    at: number,
    curve: Uint8Array,
    frame: number,
    offsets: readonly number[],
  ): number {
    for (let place = 0; place < offsets.length; place += 1) {
      target[at + place] = curve[clamped(frame + offsets[place])] / POSTERIOR_SCALE;
    }
    return at + offsets.length;
  }

  function writeLevels(
    target: Float32Array,
    at: number,
    curve: Uint8Array,
    frame: number,
    offsets: readonly number[],
    loudest: number,
  ): number {
    for (let place = 0; place < offsets.length; place += 1) {
      const level = curve[clamped(frame + offsets[place])];
      target[at + place] = Math.max(level - loudest, DEEPEST) / LEVEL_UNIT;
    }
    return at + offsets.length;
  }

  function writeNeighbour(
    target: Float32Array,
    at: number,
    neighbour: OnsetCandidate | undefined,
    key: number,
    frame: number,
  ): number {
    const there = neighbour?.key === key ? neighbour : undefined;
    target[at] = there === undefined ? 0 : onsets[key][there.frame] / POSTERIOR_SCALE;
    target[at + 1] =
      there === undefined ? LARGEST : bounded(Math.log1p(Math.abs(there.frame - frame) / DISTANCE_UNIT) / 2);
    target[at + 2] = there === undefined ? 0 : there.note / POSTERIOR_SCALE;
    return at + 3;
  }
}

function bounded(value: number): number {
  return Math.min(LARGEST, Math.max(-LARGEST, value));
}
