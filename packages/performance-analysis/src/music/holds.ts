import type { Span } from "./levels.ts";
import type { OnsetGroup } from "./onset-groups.ts";

/** Seconds from one onset to the next from which the music may stand still. */
export const LEAST_HOLD = 1.1;
/**
 * How many times the longest distance of onsets around it must be: 801 performances by pianists of eight or sixteen bars have one
 * of 2 (a fermata), and nine of 1.7, mostly at the end of a phrase.
 */
const LEAST_RATIO = 2;
/** Seconds before and after that are compared with, and distances of onsets that must lie there. */
const AROUND = 12;
const LEAST_DISTANCES = 12;
/** Onsets that must come before and after it in the recording: the first notes and the last have no music around them. */
const LEAST_ONSETS = 6;

/**
 * Where the playing stands still although a key or the pedal holds the sound: nothing new begins for 1.1 s and more, and for twice
 * as long as ever within 12 s. From the last onset to the next one. Where it is silent meanwhile it is a pause (`silences`).
 */
export function findHolds(onsets: readonly OnsetGroup[], silences: readonly Span[]): Span[] {
  const holds: Span[] = [];
  for (let index = LEAST_ONSETS; index < onsets.length - LEAST_ONSETS; index += 1) {
    const start = onsets[index - 1].time;
    const end = onsets[index].time;
    if (end - start < LEAST_HOLD || silences.some((silence) => silence.start < end && silence.end > start))
      continue;
    const distances = distancesAround(onsets, index);
    if (distances.length < LEAST_DISTANCES) continue;
    if (end - start >= LEAST_RATIO * Math.max(...distances)) holds.push({ start, end });
  }
  return holds;
}

/** Distances of onsets, in seconds, near the one that ends with the onset of this index, without it. */
function distancesAround(onsets: readonly OnsetGroup[], index: number): number[] {
  const start = onsets[index - 1].time;
  const end = onsets[index].time;
  const distances: number[] = [];
  for (let at = index - 1; at > 0 && onsets[at].time > start - AROUND; at -= 1)
    distances.push(onsets[at].time - onsets[at - 1].time);
  for (let at = index + 1; at < onsets.length && onsets[at].time < end + AROUND; at += 1)
    distances.push(onsets[at].time - onsets[at - 1].time);
  return distances;
}
