import { clamp, quantile } from "../signal/statistics.ts";
import type { Span } from "./levels.ts";
import { LOUDNESS_STEP, type Loudness, loudnessEnvelope } from "./loudness.ts";
import { firstFrom } from "./note.ts";
import type { OnsetGroup } from "./onset-groups.ts";

/** A place where a phrase may end. */
export type PhraseCut = {
  /** Seconds; where the next phrase begins. */
  readonly time: number;
  readonly cut: "pause" | "valley";
  /** How clearly it ends there: 1 and more is clear, pauses are over 10. */
  readonly weight: number;
};

/** Seconds on each side that are compared for novelty: about two bars. */
const SIDE = 5;
/** Seconds from one place looked at to the next. */
const HOP = 0.25;
/** dB below both sides that count as a full point. */
const DEPTH_SCALE = 4;
/** A long note counts as a point at so many times the usual distance of onsets. */
const LONG_NOTE = 2.5;
/** Weight of a complete change of harmony, of ten dB, and of twice the density from one side to the other. */
const NOVELTY = 0.8;
/** Least weight of a cut. */
const LEAST_WEIGHT = 0.7;

/**
 * Where phrases end: at pauses; at cadences of energy, which are valleys of the loudness (a long note dying away before
 * the next begins); and where pitch classes, level, or density become new (novelty of the two sides, Foote 2000). Every cut is
 * put at the onset with which something new begins. Sorted by weight, the clearest first.
 */
export function findPhraseCuts(
  duration: number,
  loudness: Loudness,
  pauses: readonly Span[],
  groups: readonly OnsetGroup[],
): PhraseCut[] {
  const cuts: PhraseCut[] = [];
  for (const { start, end } of pauses) {
    const weight = 10 + end - start;
    cuts.push({ time: end, cut: "pause", weight });
    if (end - start >= SIDE) cuts.push({ time: start, cut: "pause", weight });
  }
  const envelope = loudnessEnvelope(loudness, 0, loudness.momentary.length);
  const sides = describeSides(duration, groups);
  const usual = usualDistance(groups);
  let peak: PhraseCut | null = null;
  for (const [index, group] of groups.entries()) {
    if (index === 0 || group.time < 1 || group.time > duration - 1) continue;
    const gap = group.time - groups[index - 1].time;
    const long = usual === null ? 0 : clamp((gap / usual - 1) / (LONG_NOTE - 1), 0, 2);
    const weight = valleyAt(envelope, group.time) + 0.5 * long + NOVELTY * sides(group.time);
    // Only the clearest of the onsets around.
    if (peak !== null && group.time - peak.time < 1.5) {
      if (weight > peak.weight) peak = { time: group.time, cut: "valley", weight };
      continue;
    }
    if (peak !== null && peak.weight >= LEAST_WEIGHT) cuts.push(peak);
    peak = { time: group.time, cut: "valley", weight };
  }
  if (peak !== null && peak.weight >= LEAST_WEIGHT) cuts.push(peak);
  return cuts.sort((a, b) => b.weight - a.weight || a.time - b.time);
}

function usualDistance(groups: readonly OnsetGroup[]): number | null {
  if (groups.length < 8) return null;
  return quantile(
    groups.slice(1).map(({ time }, index) => time - groups[index].time),
    0.5,
  );
}

/** How deep the loudness lies just before an onset, below both sides, in points of 4 dB. */
function valleyAt(envelope: Float32Array, time: number): number {
  const at = Math.round(time / LOUDNESS_STEP);
  const side = Math.round(SIDE / LOUDNESS_STEP);
  if (at <= 5 || at + 5 >= envelope.length) return 0;
  let low = Number.POSITIVE_INFINITY;
  for (let step = Math.max(0, at - 8); step <= Math.min(envelope.length - 1, at + 2); step += 1) {
    low = Math.min(low, envelope[step]);
  }
  const before = quantile(envelope.subarray(Math.max(0, at - side), at), 0.8);
  const after = quantile(envelope.subarray(at, Math.min(envelope.length, at + side)), 0.8);
  return Math.max(0, Math.min(before, after) - low) / DEPTH_SCALE;
}

/** What is played in every quarter of a second, as sums, so that two sides of any place are compared at once. */
function describeSides(duration: number, groups: readonly OnsetGroup[]): (time: number) => number {
  const WIDTH = 14;
  const cells = Math.max(1, Math.ceil(duration / HOP));
  const sums = new Float64Array((cells + 1) * WIDTH);
  for (let cell = 0; cell < cells; cell += 1) {
    for (let column = 0; column < WIDTH; column += 1) {
      sums[(cell + 1) * WIDTH + column] = sums[cell * WIDTH + column];
    }
    const first = firstFrom(groups, cell * HOP);
    for (let index = first; index < groups.length && groups[index].time < (cell + 1) * HOP; index += 1) {
      for (const note of groups[index].notes) {
        sums[(cell + 1) * WIDTH + (((note.pitch % 12) + 12) % 12)] += 1;
        sums[(cell + 1) * WIDTH + 12] += note.level;
        sums[(cell + 1) * WIDTH + 13] += 1;
      }
    }
  }
  const side = Math.round(SIDE / HOP);
  return (time) => {
    const at = clamp(Math.round(time / HOP), 0, cells);
    const from = Math.max(0, at - side);
    const to = Math.min(cells, at + side);
    const sum = (a: number, b: number, column: number) => sums[b * WIDTH + column] - sums[a * WIDTH + column];
    const before = sum(from, at, 13);
    const after = sum(at, to, 13);
    if (before < 4 || after < 4) return 0;
    let product = 0;
    let squaresBefore = 0;
    let squaresAfter = 0;
    for (let column = 0; column < 12; column += 1) {
      const a = sum(from, at, column);
      const b = sum(at, to, column);
      product += a * b;
      squaresBefore += a * a;
      squaresAfter += b * b;
    }
    const harmony = 1 - product / Math.sqrt(squaresBefore * squaresAfter);
    const level = Math.abs(sum(from, at, 12) / before - sum(at, to, 12) / after) / 10;
    const density = Math.abs(Math.log2(after / (to - at) / (before / (at - from))));
    return harmony + level + 0.5 * density;
  };
}
