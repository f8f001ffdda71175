import { median } from "../signal/statistics.ts";
import type { OnsetGroup } from "./onset-groups.ts";

/** A key that was struck again at once, as when a finger slips. */
export type DoubledOnset = { readonly time: number; readonly pitch: number };

/** Seconds within which striking a key again is a slip, unless everything around moves that fast. */
const LONGEST_SLIP = 0.16;
/** Part of the usual distance of onsets that a slip stays under. */
const SLIP_SHARE = 0.55;
/** Groups on each side from which the usual distance is taken. */
const NEIGHBOURS = 6;

/** Finds keys struck twice in much less time than the notes around them take: stutters, not repeated notes or trills. */
export function findDoubledOnsets(groups: readonly OnsetGroup[]): DoubledOnset[] {
  const found: DoubledOnset[] = [];
  for (let index = 1; index < groups.length; index += 1) {
    const distance = groups[index].time - groups[index - 1].time;
    if (distance > LONGEST_SLIP) continue;
    const again = groups[index].notes.find(({ pitch }) =>
      groups[index - 1].notes.some((note) => note.pitch === pitch),
    );
    if (again === undefined || distance > SLIP_SHARE * usualDistance(groups, index)) continue;
    found.push({ time: groups[index].time, pitch: again.pitch });
  }
  return found;
}

function usualDistance(groups: readonly OnsetGroup[], index: number): number {
  const distances: number[] = [];
  const last = Math.min(groups.length - 1, index + NEIGHBOURS);
  for (let other = Math.max(1, index - NEIGHBOURS); other <= last; other += 1) {
    if (other !== index) distances.push(groups[other].time - groups[other - 1].time);
  }
  return median(distances);
}
