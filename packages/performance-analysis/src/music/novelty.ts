import { clamp } from "../signal/statistics.ts";
import { LOUDNESS_STEP, type Loudness } from "./loudness.ts";
import type { Note } from "./note.ts";
import type { OnsetGroup } from "./onset-groups.ts";

/** Seconds on each side that are compared: about two bars. What is farther from the middle counts less, in a straight line to 0. */
const SIDE = 5;
/** Shares of notes on each side, by certainty and nearness, from which they can be compared. */
const LEAST_NOTES = 1;
/** Share of a tenth of a second on each side, by nearness, from which loudness can be compared. */
const LEAST_SOUND = 1;
/** dB from one side to the other that are as new as a complete change of harmony, … */
const LEVEL_SCALE = 10;
/** … and what twice the density is of it. */
const DENSITY = 0.5;
/** Salience of what hardly is a note, and what it takes above that to be one for sure. */
const CERTAINTY = { from: 0.45, width: 0.4 };

/**
 * How sure it is that a note is struck, from 0 to 1. What one encoding of a recording shows and the next one doesn't is hardly
 * sure in either.
 */
export function certaintyOf({ salience }: Note): number {
  return clamp((salience - CERTAINTY.from) / CERTAINTY.width, 0, 1);
}

/**
 * How new what comes after an onset is against what came before it (Foote 2000): 1 − cosine of the pitch classes, the
 * difference in loudness by 10 dB, and half of the octaves by which the density of notes changes. All three fade in and out, so
 * that a note more or less, or a millisecond, changes little; loudness is that of the sound, which no codec touches.
 *
 * @param envelope loudness of the notes, see `loudnessEnvelope`.
 * @returns for the onset with that index; 0 where too little is played on one of its sides.
 */
export function noveltyOf(
  duration: number,
  { sounding }: Loudness,
  envelope: Float32Array,
  groups: readonly OnsetGroup[],
): (index: number) => number {
  return (index) => {
    const { time } = groups[index];
    const before = sideNotes(groups, index - 1, -1, time);
    const after = sideNotes(groups, index, 1, time);
    if (before.sum < LEAST_NOTES || after.sum < LEAST_NOTES) return 0;
    const density = Math.log2(after.sum / nearnessUpTo(duration - time) / (before.sum / nearnessUpTo(time)));
    const at = Math.round(time / LOUDNESS_STEP);
    const softer = sideLoudness(envelope, sounding, at - 1, -1);
    const louder = sideLoudness(envelope, sounding, at, 1);
    const level = softer === null || louder === null ? 0 : Math.abs(louder - softer) / LEVEL_SCALE;
    return 1 - cosine(before.classes, after.classes) + level + DENSITY * Math.abs(density);
  };
}

/** The notes on one side of an instant, by certainty and nearness: how many of each pitch class, and in all. */
function sideNotes(groups: readonly OnsetGroup[], first: number, step: 1 | -1, time: number) {
  const classes = new Float64Array(12);
  let sum = 0;
  for (let index = first; index >= 0 && index < groups.length; index += step) {
    const nearness = 1 - Math.abs(groups[index].time - time) / SIDE;
    if (nearness <= 0) break;
    for (const note of groups[index].notes) {
      const share = nearness * certaintyOf(note);
      classes[note.pitch % 12] += share;
      sum += share;
    }
  }
  return { classes, sum };
}

/** Mean loudness of what sounds on one side of a step, by nearness; null where hardly anything does. */
function sideLoudness(
  envelope: Float32Array,
  sounding: Uint8Array,
  first: number,
  direction: 1 | -1,
): number | null {
  const steps = SIDE / LOUDNESS_STEP;
  let total = 0;
  let weight = 0;
  for (let step = 0; step < steps; step += 1) {
    const at = first + direction * step;
    if (at < 0 || at >= envelope.length) break;
    if (sounding[at] === 0) continue;
    const nearness = 1 - (step + 0.5) / steps;
    total += nearness * envelope[at];
    weight += nearness;
  }
  return weight < LEAST_SOUND ? null : total / weight;
}

/** Seconds of a side, by nearness, where the recording goes on for so many. */
function nearnessUpTo(seconds: number): number {
  const there = Math.min(seconds, SIDE);
  return there - there ** 2 / (2 * SIDE);
}

function cosine(a: Float64Array, b: Float64Array): number {
  let product = 0;
  let squaresA = 0;
  let squaresB = 0;
  for (let index = 0; index < a.length; index += 1) {
    product += a[index] * b[index];
    squaresA += a[index] ** 2;
    squaresB += b[index] ** 2;
  }
  return product / Math.sqrt(squaresA * squaresB);
}
