/** Performances made for the tests: a study for two hands, changed in one respect at a time, then heard as a transcriber hears. */

import type { HeardNote } from "../../src/music/note.ts";
import { pseudoRandom } from "../piano.ts";

/** A note as it was played. */
export type PlayedNote = {
  readonly onset: number;
  readonly offset: number;
  readonly pitch: number;
  /** dB. */
  readonly level: number;
  readonly melody: boolean;
};

const MELODY = [
  [72, 74, 76, 77, 79, 77, 76, 74],
  [77, 79, 81, 79, 77, 76, 77, 72],
  [74, 76, 77, 79, 81, 83, 79, 77],
  [76, 79, 84, 83, 84, 79, 76, 72],
  [76, 77, 79, 81, 84, 83, 81, 79],
  [81, 79, 77, 76, 77, 74, 77, 81],
  [83, 81, 79, 77, 74, 76, 77, 79],
  [76, 74, 72, 74, 76, 79, 84, 72],
];
const CHORDS = [
  [48, 52, 55],
  [53, 57, 60],
  [43, 47, 50],
  [48, 52, 55],
  [45, 48, 52],
  [50, 53, 57],
  [43, 47, 50],
  [48, 52, 55],
];
const ALBERTI = [0, 2, 1, 2, 0, 2, 1, 2];
/** Seconds of a quaver, and of a bar. */
export const QUAVER = 0.3;
export const BAR = 8 * QUAVER;
/** Seconds before the first note. */
export const LEAD_IN = 0.5;

/** So many bars of quavers in the right hand over Alberti figures: joined, even, at one level each. */
export function study(bars = 12): PlayedNote[] {
  const notes: PlayedNote[] = [];
  for (let bar = 0; bar < bars; bar += 1) {
    for (let quaver = 0; quaver < 8; quaver += 1) {
      const onset = LEAD_IN + bar * BAR + quaver * QUAVER;
      const offset = onset + 0.99 * QUAVER;
      const chord = CHORDS[bar % 8] ?? [];
      const melody = MELODY[bar % 8]?.[quaver] ?? 72;
      notes.push({ onset, offset, pitch: melody, level: -9, melody: true });
      notes.push({ onset, offset, pitch: chord[ALBERTI[quaver] ?? 0] ?? 48, level: -13, melody: false });
    }
  }
  return notes;
}

/** Seconds of a semiquaver of the song. */
const SEMIQUAVER = 0.15;

/**
 * So many bars of a tune in quavers over Alberti figures in semiquavers that come within a third of it: every other note of the
 * figures stands alone between two of the tune's.
 */
export function song(bars = 6): PlayedNote[] {
  return Array.from({ length: bars }, (_, bar) => bar).flatMap((bar) => {
    const begin = LEAD_IN + bar * 16 * SEMIQUAVER;
    const chord = CHORDS[bar % 8] ?? [];
    const figures = Array.from({ length: 16 }, (_, index): PlayedNote => {
      const onset = begin + index * SEMIQUAVER;
      const pitch = (chord[ALBERTI[index % 8] ?? 0] ?? 48) + 12;
      return { onset, offset: onset + 0.99 * SEMIQUAVER, pitch, level: -13, melody: false };
    });
    const tune = Array.from({ length: 8 }, (_, index): PlayedNote => {
      const onset = begin + 2 * index * SEMIQUAVER;
      const pitch = MELODY[bar % 8]?.[index] ?? 72;
      return { onset, offset: onset + 1.98 * SEMIQUAVER, pitch, level: -9, melody: true };
    });
    return [...figures, ...tune];
  });
}

/** Chords struck again and again in quavers under a tune in quavers. */
export function pulsing(bars = 6): PlayedNote[] {
  return study(bars)
    .filter(({ melody }) => melody)
    .flatMap((note) => {
      const chord = CHORDS[Math.floor((note.onset - LEAD_IN + 1e-6) / BAR) % 8] ?? [];
      return [note, ...chord.map((pitch) => ({ ...note, pitch, level: -14, melody: false }))];
    });
}

/** Two normally distributed numbers from two uniform ones (Box & Muller 1958); here one of them. */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Every note early or late at random, in the stretch given. */
export function jittered(
  notes: readonly PlayedNote[],
  deviation: number,
  from = 0,
  to = Number.POSITIVE_INFINITY,
): PlayedNote[] {
  const random = pseudoRandom(11);
  return notes.map((note) => {
    const shift = note.onset >= from && note.onset < to ? deviation * normal(random) : 0;
    return { ...note, onset: note.onset + shift, offset: note.offset + shift };
  });
}

/** What is struck together early or late together, at random. */
export function loosened(notes: readonly PlayedNote[], deviation: number): PlayedNote[] {
  const random = pseudoRandom(11);
  const shifts = new Map(notes.map(({ onset }) => [onset, 0]));
  for (const onset of [...shifts.keys()].sort((a, b) => a - b)) shifts.set(onset, deviation * normal(random));
  return notes.map((note) => {
    const shift = shifts.get(note.onset) ?? 0;
    return { ...note, onset: note.onset + shift, offset: note.offset + shift };
  });
}

/** Faster by `share` from the middle on. */
export function rushed(notes: readonly PlayedNote[], share: number): PlayedNote[] {
  const middle = endOf(notes) / 2;
  const warp = (time: number) => (time <= middle ? time : middle + (time - middle) / (1 + share));
  return notes.map((note) => ({ ...note, onset: warp(note.onset), offset: warp(note.offset) }));
}

/** Levels that swell and fall every four bars by so many dB to either side. */
export function swelling(notes: readonly PlayedNote[], depth: number): PlayedNote[] {
  return notes.map((note) => ({
    ...note,
    level: note.level + depth * Math.sin((2 * Math.PI * (note.onset - LEAD_IN)) / (4 * BAR)),
  }));
}

/** Every note at one level. */
export function flat(notes: readonly PlayedNote[]): PlayedNote[] {
  return notes.map((note) => ({ ...note, level: -11 }));
}

/** The melody at one level, the rest at another, from a moment on. */
export function balanced(notes: readonly PlayedNote[], melody: number, rest: number, from = 0): PlayedNote[] {
  return notes.map((note) => (note.onset >= from ? { ...note, level: note.melody ? melody : rest } : note));
}

/** Notes `times` as long, in the stretch given. */
export function lengthened(
  notes: readonly PlayedNote[],
  times: number,
  from = 0,
  to = Number.POSITIVE_INFINITY,
): PlayedNote[] {
  return notes.map((note) =>
    note.onset >= from && note.onset < to
      ? { ...note, offset: note.onset + (note.offset - note.onset) * times }
      : note,
  );
}

/** The pedal down all the time, lifted only every so many bars: strings sound until then, or until they are struck again. */
export function pedalled(notes: readonly PlayedNote[], bars: number): PlayedNote[] {
  return notes.map((note) => {
    const lift = LEAD_IN + (Math.floor((note.onset - LEAD_IN + 1e-6) / (bars * BAR)) + 1) * bars * BAR;
    const again = notes.find(({ pitch, onset }) => pitch === note.pitch && onset > note.onset + 0.01);
    return { ...note, offset: Math.min(lift, again?.onset ?? lift, note.onset + 3) };
  });
}

/** Breaks off after the onsets before `at` seconds, and begins again `back` seconds earlier after `stop` seconds. */
export function restarted(
  notes: readonly PlayedNote[],
  at: number,
  back: number,
  stop: number,
): PlayedNote[] {
  const shift = back + stop;
  const before = notes.filter(({ onset }) => onset < at);
  const again = notes.filter(({ onset }) => onset >= at - back);
  return [
    ...before,
    ...again.map((note) => ({ ...note, onset: note.onset + shift, offset: note.offset + shift })),
  ];
}

/** Seconds of the last release. */
export function endOf(notes: readonly PlayedNote[]): number {
  return notes.reduce((end, { offset }) => Math.max(end, offset), 0);
}

/** As a transcriber hears it: 5 ms jitter, a twentieth missed, octaves that aren't there, ends and levels in error by some. */
export function asHeard(notes: readonly PlayedNote[], seed = 1): HeardNote[] {
  const random = pseudoRandom(seed);
  const heard: HeardNote[] = [];
  for (const { onset, offset, pitch, level } of notes) {
    if (random() < 0.05) continue;
    const begin = onset + 0.005 * normal(random);
    const end = Math.max(begin + 0.05, offset + 0.02 + 0.03 * Math.abs(normal(random)));
    const loud = level + 3 * normal(random);
    heard.push({ onset: begin, offset: end, pitch, salience: 0.5 + 0.4 * random(), level: loud });
    if (random() < 0.04) {
      heard.push({ onset: begin, offset: begin + 0.1, pitch: pitch + 12, salience: 0.35, level: loud - 10 });
    }
  }
  return heard.sort((a, b) => a.onset - b.onset);
}
