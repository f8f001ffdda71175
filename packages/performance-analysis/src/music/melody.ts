import { mean, median } from "../signal/statistics.ts";
import type { HeardNote } from "./note.ts";
import type { OnsetGroup } from "./onset-groups.ts";

/** One note of the top voice against what was struck around it. */
export type MelodyNote = {
  readonly time: number;
  readonly note: HeardNote;
  /** dB by which it stands out over the accompaniment around it; null where there is none. */
  readonly over: number | null;
};

/** Onset groups on each side among which the register of the top voice is looked for. */
const NEIGHBOURS = 6;
/** Semitones under that register from which a highest note belongs to the accompaniment: a hand's span less a third. */
const LARGEST_DROP = 9;
/** Seconds on each side from which the accompaniment's level is taken: about a bar in all. */
const REACH = 1.2;
/** Semitones from a note to its partials that are taken for notes: octave, twelfth, two octaves. */
const PARTIALS = [12, 19, 24];
/** dB by which such a note must be weaker than the one below it to be taken for its partial. */
const PARTIAL_DROP = 8;

/**
 * Follows the top voice: the highest note of each group, unless it lies far under the highest notes around it (then
 * the melody holds or rests and only the accompaniment moves), and not a partial of the note below it ("skyline" of
 * Uitdenbogerd & Zobel 1998, with continuity of register). `over` compares it with the mean level of the other voices'
 * notes within 1.2 s.
 */
export function followMelody(groups: readonly OnsetGroup[]): MelodyNote[] {
  const tops = groups.map(topOf);
  const isMelody = tops.map((top, index) => {
    const around = tops.slice(Math.max(0, index - NEIGHBOURS), index + NEIGHBOURS + 1);
    return top.pitch >= registerOf(around) - LARGEST_DROP;
  });
  return againstAccompaniment(
    groups,
    tops.map((top, index) => (isMelody[index] ? top : null)),
  );
}

/**
 * Compares a melody, of which `voice` has the note of each group or null, with the mean level of what is below it within
 * 1.2 s; by the notes' own levels, or by what `levelOf` says.
 */
export function againstAccompaniment(
  groups: readonly OnsetGroup[],
  voice: readonly (HeardNote | null)[],
  levelOf: (note: HeardNote) => number = ({ level }) => level,
): MelodyNote[] {
  const accompaniment = groups.map(({ notes }, index) => notes.filter((note) => note !== voice[index]));
  const melody: MelodyNote[] = [];
  let first = 0;
  groups.forEach(({ time }, index) => {
    const top = voice[index];
    if (top === null) return;
    while (groups[first].time < time - REACH) first += 1;
    const levels: number[] = [];
    for (let other = first; other < groups.length && groups[other].time <= time + REACH; other += 1) {
      for (const note of accompaniment[other]) {
        if (note.pitch < top.pitch) levels.push(levelOf(note));
      }
    }
    melody.push({ time, note: top, over: levels.length === 0 ? null : levelOf(top) - mean(levels) });
  });
  return melody;
}

/** Upper part of the neighbours' highest pitches: the mean of the upper half. */
function registerOf(tops: readonly HeardNote[]): number {
  const pitches = tops.map(({ pitch }) => pitch);
  const middle = median(pitches);
  return mean(pitches.filter((pitch) => pitch >= middle));
}

/** The highest note of a group that isn't a partial of another one. */
export function topOf({ notes }: OnsetGroup): HeardNote {
  for (let index = notes.length - 1; index > 0; index -= 1) {
    const note = notes[index];
    const isPartial = notes.some(
      (below) => PARTIALS.includes(note.pitch - below.pitch) && note.level < below.level - PARTIAL_DROP,
    );
    if (!isPartial) return note;
  }
  return notes[0];
}
