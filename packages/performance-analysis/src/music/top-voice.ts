import { clamp } from "../signal/statistics.ts";
import { topOf } from "./melody.ts";
import type { HeardNote } from "./note.ts";
import type { OnsetGroup } from "./onset-groups.ts";

/*
 * Costs of an explanation, in the manner of a negative log likelihood: what a voice does seldom costs more. Set on eight pieces
 * of ours of which the voices are known (Alberti basses, broken chords, a waltz, pulsing chords, a chorale, scales), with all of
 * the melody's notes and with half of them missing. On these and two more 0.98 of what is taken for melody is one, and 0.95
 * of the melody that is there is found.
 */
/** Of each note of the melody, and of each note or chord that accompanies. */
const MELODY_NOTE = 1.8;
const OTHER_NOTE = 1.2;
/** Semitones of a leap that cost 1: melodies move by steps, accompaniments leap. */
const MELODY_LEAP = 2.5;
const OTHER_LEAP = 9;
/** Seconds after which a leap from a note costs half. */
const MEMORY = 1;
/** Of a moment at which the melody has no note, and what is added where no chord around has more notes than this one. */
const REST = 0.2;
const FULL_CHORD = 1.2;
/**
 * Of each second over `HELD` that the melody is said to rest, or not to have begun, while notes within a fourth of its last one
 * are struck: in chords that follow each other slowly their highest notes are the melody. No more for a longer rest than that
 * for a second.
 */
const MISSED = 0.3;
const HELD = 1.5;
const LONGEST_MISSED = 1;
const NEAR = 5;
/** Moments on each side that are "around". */
const NEIGHBOURS = 10;
/** Of a chord that accompanies, and the semitones between its upper two notes that cost 1 more: a hand keeps together. */
const CHORD = 0.4;
const CHORD_GAP = 4;
/** Of each semitone by which an accompanying note is above the melody, within `MEMORY`. */
const CROSSING = 0.2;
/** Explanations that are followed at a time: four times as many give the same voices. */
const BEAM = 24;

/** The last note of a voice. */
type Last = { readonly pitch: number; readonly time: number };

/** One explanation of everything up to a moment. */
type Explanation = {
  readonly cost: number;
  readonly melody: Last | null;
  readonly other: Last | null;
  /** Whether the moment's highest note is the melody's. */
  readonly isMelody: boolean;
  readonly before: Explanation | null;
};

/**
 * The note of the melody at each moment; null where it holds or rests and only the accompaniment moves. Two voices are followed
 * at once, the melody and the highest note of what accompanies it, and the explanation is taken whose leaps, rests and
 * crossings cost least in all (voice separation by costs: Kilian & Hoos, ISMIR 2002), by beam search. So the upper notes of
 * an Alberti bass aren't taken for melody because they come between its notes, nor where some of its notes weren't heard.
 */
export function followTopVoice(groups: readonly OnsetGroup[]): (HeardNote | null)[] {
  const tops = groups.map(topOf);
  let beam: readonly Explanation[] = [{ cost: 0, melody: null, other: null, isMelody: false, before: null }];
  groups.forEach(({ time, notes }, index) => {
    const top = { pitch: tops[index].pitch, time };
    const below = notes.findLast(({ pitch }) => pitch < top.pitch);
    const under = below === undefined ? null : { pitch: below.pitch, time };
    const around = groups.slice(Math.max(0, index - NEIGHBOURS), index + NEIGHBOURS + 1);
    const rest = REST + (around.some((other) => other.notes.length > notes.length) ? 0 : FULL_CHORD);
    beam = cheapest(
      beam.flatMap((before) => [
        withMelody(before, top, under),
        without(before, top, under, rest, groups[0].time),
      ]),
    );
  });
  const isMelody: boolean[] = [];
  for (let one: Explanation | null = beam[0]; one !== null; one = one.before) isMelody.push(one.isMelody);
  // From the last moment back to the one before the first.
  return tops.map((top, index) => (isMelody[groups.length - 1 - index] ? top : null));
}

/** The highest note is the melody's, and what is under it accompanies. */
function withMelody(before: Explanation, top: Last, under: Last | null): Explanation {
  const { melody, other } = before;
  return {
    cost:
      before.cost +
      MELODY_NOTE +
      leapOf(melody, top, MELODY_LEAP) +
      (under === null ? crossingOf(other, top) : OTHER_NOTE + leapOf(other, under, OTHER_LEAP)),
    melody: top,
    other: under ?? other,
    isMelody: true,
    before,
  };
}

/** All of it accompanies; the first moment was at `begun`, in seconds. */
function without(
  before: Explanation,
  top: Last,
  under: Last | null,
  rest: number,
  begun: number,
): Explanation {
  const { melody, other } = before;
  const chord = under === null ? 0 : CHORD + (top.pitch - under.pitch) / CHORD_GAP;
  const moved = OTHER_NOTE + leapOf(other, top, OTHER_LEAP);
  const against =
    (melody === null ? 0 : crossingOf(top, melody)) + missedOf(melody ?? { ...top, time: begun }, top);
  return { cost: before.cost + rest + moved + chord + against, melody, other: top, isMelody: false, before };
}

function leapOf(from: Last | null, to: Last, semitones: number): number {
  if (from === null) return 0;
  return Math.abs(to.pitch - from.pitch) / (semitones * (1 + (to.time - from.time) / MEMORY));
}

/** What it costs that one note is above, or at, another that ought to be the higher one. */
function crossingOf(above: Last | null, melody: Last): number {
  if (above === null || Math.abs(melody.time - above.time) >= MEMORY || above.pitch < melody.pitch) return 0;
  return CROSSING * (above.pitch - melody.pitch + 1);
}

/** What it costs that the melody has rested since its last note, and does at a moment whose highest note is near that one. */
function missedOf(melody: Last, top: Last): number {
  if (Math.abs(top.pitch - melody.pitch) > NEAR) return 0;
  return MISSED * clamp(top.time - melody.time - HELD, 0, LONGEST_MISSED);
}

/** The cheapest explanations, of those that end in the same notes only the cheaper one: what follows costs them the same. */
function cheapest(explanations: readonly Explanation[]): Explanation[] {
  const best = new Map<string, Explanation>();
  for (const one of explanations) {
    const { melody, other } = one;
    const end = `${melody?.time}/${melody?.pitch}/${other?.time}/${other?.pitch}`;
    const known = best.get(end);
    if (known === undefined || one.cost < known.cost) best.set(end, one);
  }
  return [...best.values()].sort((a, b) => a.cost - b.cost).slice(0, BEAM);
}
