import type { Note } from "../music/note.ts";
import { clamp, mean } from "../signal/statistics.ts";
import { PARTIALS_RATE, PARTIALS_WINDOW, type Partials } from "./partials.ts";
import { findStiffness, type Stiffness } from "./stiffness.ts";

/** Most notes that are looked at, evenly over the recording: more wouldn't change the answer. */
const MOST_NOTES = 300;
/** Seconds that a note must sound: the rest of its frame would be other notes. */
const SHORTEST = 0.12;
/** Seconds by which a frame may begin before the note. */
const EARLY = 0.01;
/** Partials whose levels are told one by one. */
const TOLD_PARTIALS = 8;

/**
 * Describes the strings of notes, each by fourteen numbers of order 1: the pitch; what `findStiffness` tells; and the levels
 * of the partials. Notes too short, or with fewer than four partials, aren't described. How notes begin, fall and hiss isn't
 * asked: on instruments that a fit hadn't heard it told less than rooms and microphones hid.
 */
export function describeNotes(notes: readonly Note[], partials: Partials): Float32Array[] {
  const long = notes.filter(({ onset, offset }) => offset - onset >= SHORTEST);
  const step = Math.max(1, long.length / MOST_NOTES);
  const described: Float32Array[] = [];
  for (let place = 0; place < long.length; place += step) {
    const note = long[Math.floor(place)];
    const strings = stringsOf(note, partials);
    if (strings.length > 0) described.push(describe(note, strings));
  }
  return described;
}

function describe({ pitch }: Note, strings: readonly Stiffness[]): Float32Array {
  const [first, second = first] = strings;
  return Float32Array.of(
    pitch / 12 - 5,
    mean(strings.map(({ overPiano }) => clamp(overPiano, -5, 3))),
    mean(strings.map(({ overNone }) => overNone)),
    mean(strings.map(({ pianoMisfit }) => pianoMisfit)),
    first.found / 6,
    Math.abs(second.tuning - first.tuning) / 10,
    ...first.levels.slice(0, TOLD_PARTIALS).map((level) => level / 20),
  );
}

/** The note's string as the first frame after its onset shows it, and the next, if the note fills it. */
function stringsOf({ onset, offset, pitch }: Note, partials: Partials): Stiffness[] {
  const first = Math.max(0, Math.ceil((onset - EARLY) * PARTIALS_RATE));
  const found: Stiffness[] = [];
  for (let frame = first; frame < Math.min(first + 2, partials.frames); frame += 1) {
    if (frame > first && frame / PARTIALS_RATE + PARTIALS_WINDOW > offset) break;
    const stiffness = findStiffness(partials.frame(frame), pitch);
    if (stiffness !== null) found.push(stiffness);
  }
  return found;
}
