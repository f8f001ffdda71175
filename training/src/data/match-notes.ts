import type { Note } from "@crescendai/performance-analysis/listening";
import type { PlayedNote } from "../render/performance.ts";

/** Seconds between the played and the heard onset of one note: the tolerance of MIREX. */
const TOLERANCE = 0.05;

/**
 * For each heard note the index of the played one it is, or −1: same pitch, onsets within 50 ms, the nearest first,
 * each played note once. Both lists in order of onset.
 */
export function matchNotes(heard: readonly Note[], played: readonly PlayedNote[]): Int32Array {
  const byPitch = new Map<number, number[]>();
  for (const [index, { pitch }] of played.entries())
    byPitch.set(pitch, [...(byPitch.get(pitch) ?? []), index]);
  const pairs = heard.flatMap(({ pitch, onset }, index) =>
    (byPitch.get(pitch) ?? [])
      .map((other) => ({ index, other, apart: Math.abs(played[other].onset - onset) }))
      .filter(({ apart }) => apart <= TOLERANCE),
  );
  pairs.sort((a, b) => a.apart - b.apart || a.index - b.index);
  const match = new Int32Array(heard.length).fill(-1);
  const taken = new Set<number>();
  for (const { index, other } of pairs) {
    if (match[index] >= 0 || taken.has(other)) continue;
    match[index] = other;
    taken.add(other);
  }
  return match;
}

/** Level of a MIDI velocity in dB, up to a constant: 40 · log10 (DLS level 2, §2.9; close to most pianos). */
export function velocityLevel(velocity: number): number {
  return 40 * Math.log10(velocity);
}
