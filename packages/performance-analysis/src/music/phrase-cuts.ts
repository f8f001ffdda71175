import { clamp, quantile } from "../signal/statistics.ts";
import type { Span } from "./levels.ts";
import { LOUDNESS_STEP, type Loudness, loudnessEnvelope } from "./loudness.ts";
import { certaintyOf, noveltyOf } from "./novelty.ts";
import type { OnsetGroup } from "./onset-groups.ts";

/** A place where a phrase may end. */
export type PhraseCut = {
  /** Seconds; where the next phrase begins. */
  readonly time: number;
  readonly cut: "pause" | "valley";
  /** How clearly it ends there: 1 and more is clear, pauses are over 10. */
  readonly weight: number;
};

/** Seconds on each side that a valley is measured against: about two bars. */
const SIDE = 5;
/** dB below both sides that count as a full point. */
const DEPTH_SCALE = 4;
/** A long note counts as a point at so many times the usual distance of onsets. */
const LONG_NOTE = 2.5;
/** Weight of novelty, of which a complete change of harmony is 1. */
const NOVELTY = 0.8;
/** Certainty of its surest note from which something is sure to begin with an onset; and seconds to the one before. */
const SURE = 0.3;
const LEAST_GAP = 0.1;
/** Least weight of a cut. */
const LEAST_WEIGHT = 0.7;

/**
 * Where phrases may end: at pauses; at cadences of energy, which are valleys of the loudness (a long note dying away before
 * the next begins); and where pitch classes, loudness, or density become new (`noveltyOf`). Every cut is put at an onset with
 * which something new begins, and which is surely there: another encoding of the same playing is cut at the same places.
 * Sorted by weight, the clearest first.
 */
export function findPhraseCuts(
  duration: number,
  loudness: Loudness,
  pauses: readonly Span[],
  onsets: readonly OnsetGroup[],
): PhraseCut[] {
  const cuts: PhraseCut[] = [];
  for (const { start, end } of pauses) {
    const weight = 10 + end - start;
    cuts.push({ time: end, cut: "pause", weight });
    if (end - start >= SIDE) cuts.push({ time: start, cut: "pause", weight });
  }
  const groups = onsets.filter(isSure);
  const envelope = loudnessEnvelope(loudness, 0, loudness.momentary.length);
  const novelty = noveltyOf(duration, loudness, envelope, groups);
  const usual = usualDistance(groups);
  for (const [index, { time }] of groups.entries()) {
    if (index === 0 || time < 1 || time > duration - 1) continue;
    const gap = time - groups[index - 1].time;
    // Of a chord that is rolled, the first note.
    if (gap < LEAST_GAP) continue;
    const long = usual === null ? 0 : clamp((gap / usual - 1) / (LONG_NOTE - 1), 0, 2);
    const weight = valleyAt(envelope, time) + 0.5 * long + NOVELTY * novelty(index);
    if (weight >= LEAST_WEIGHT) cuts.push({ time, cut: "valley", weight });
  }
  return cuts.sort((a, b) => b.weight - a.weight || a.time - b.time);
}

/** Whether a note surely begins there; or, where nothing is known of notes, a sound. */
function isSure({ notes }: OnsetGroup): boolean {
  return notes.length === 0 || notes.some((note) => certaintyOf(note) >= SURE);
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
