import { type ClippedSpan, isDistorted } from "./clipping.ts";
import type { Hum } from "./hum.ts";

/**
 * dB over the strongest partial of a hum under which its power is part of every level: at 15 dB it lifts a passage that is 10 dB
 * softer than the mean by more than a decibel.
 */
const COVERING_HUM = 15;

/**
 * Why how loud the playing was can't be told from this recording, as a sentence; null where it can.
 *
 * @param loudness mean loudness in dB relative to full scale, or null where nothing sounds.
 * @param seconds of playing.
 */
export function whyLevelsAreCovered(
  hum: Hum | null,
  loudness: number | null,
  clipped: readonly ClippedSpan[],
  seconds: number,
): string | null {
  if (isDistorted(clipped, seconds)) {
    return "The recording is distorted: how loud its loud moments were is lost, so dynamics can't be measured.";
  }
  if (hum !== null && loudness !== null && loudness - hum.level < COVERING_HUM) {
    return "A hum nearly as loud as the playing covers its softer notes, so dynamics can't be measured.";
  }
  return null;
}
