import { median } from "../signal/statistics.ts";
import type { OnsetGroup } from "./onset-groups.ts";

/** Part of the usual distance of onsets within which two groups are one place of the rhythm, however loosely struck. */
const SHARE = 0.42;
/** Groups on each side from which the usual distance is taken, and seconds that a distance between places has at least. */
const NEIGHBOURS = 8;
const LEAST_DISTANCE = 0.06;

/**
 * Joins groups that lie much nearer to each other than groups around them do: two hands that miss each other, a grace note.
 * What is joined takes the time of its highest note, as a group does. For asking how even a rhythm is; as chords they
 * aren't one.
 */
export function joinStruckTogether(groups: readonly OnsetGroup[]): OnsetGroup[] {
  const distances = groups.slice(1).map(({ time }, index) => time - groups[index].time);
  const joined: OnsetGroup[] = [];
  groups.forEach((group, index) => {
    const before = joined.at(-1);
    const around = distances
      .slice(Math.max(0, index - NEIGHBOURS), index + NEIGHBOURS)
      .filter((distance) => distance >= LEAST_DISTANCE);
    if (before === undefined || around.length < 3 || group.time - before.time >= SHARE * median(around)) {
      joined.push(group);
      return;
    }
    const notes = [...before.notes, ...group.notes].sort((a, b) => a.pitch - b.pitch);
    joined[joined.length - 1] = {
      time: notes[notes.length - 1].onset,
      notes,
      spread: Math.max(before.time + before.spread, group.time + group.spread) - before.time,
    };
  });
  return joined;
}
