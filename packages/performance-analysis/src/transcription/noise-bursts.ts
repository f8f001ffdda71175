/** Tells bursts of noise, as drums and knocks make them, from the attacks of tones. */

import { LEVEL_STEPS, type Posteriors, SEMITONES } from "./posteriors.ts";

/** Least decibels by which the loudest semitone of a tone is above the mean of all, in each frame of its attack. */
const LEAST_PROMINENCE = 21;
/** Least decibels by which a burst raises the mean of all semitones: it fills the whole spectrum. */
const LEAST_RISE = 15;
/** Frames of an attack, 58 ms, and how long before it the rise is measured from, 46 ms. */
const ATTACK = 5;
const BEFORE = 4;

/** Whether what begins at a frame is a burst of noise: the networks, which have heard nothing but pianos, can't tell. */
export function isNoiseBurst(posteriors: Posteriors, frame: number): boolean {
  const before = spectrumAt(posteriors, Math.max(0, frame - BEFORE)).mean;
  const end = Math.min(posteriors.frameCount, frame + ATTACK);
  let noisy = false;
  let highestMean = before;
  for (let at = frame; at < end; at += 1) {
    const { highest, mean } = spectrumAt(posteriors, at);
    if (highest - mean < LEAST_PROMINENCE) noisy = true;
    if (mean > highestMean) highestMean = mean;
  }
  return noisy && highestMean - before >= LEAST_RISE;
}

/** The highest level of all semitones and their mean, in decibels above `LEAST_LEVEL`. */
function spectrumAt(
  posteriors: Posteriors,
  frame: number,
): { readonly highest: number; readonly mean: number } {
  let highest = 0;
  let sum = 0;
  for (let semitone = 0; semitone < SEMITONES; semitone += 1) {
    const level = posteriors.levelsOf(semitone)[frame];
    sum += level;
    if (level > highest) highest = level;
  }
  return { highest: highest / LEVEL_STEPS, mean: sum / SEMITONES / LEVEL_STEPS };
}
