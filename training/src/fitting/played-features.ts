import { quantileSorted } from "simple-statistics";
import { meanOf } from "../evaluation/scores.ts";
import { type Performance, type PlayedNote, pedalAt } from "../render/performance.ts";

/** Keys struck within so many seconds are one chord. */
const CHORD = 0.04;
/** Value from which the sustain pedal holds the dampers off the strings. */
const PEDAL_DOWN = 64;
/** Shortest time that is told from none, in seconds, before its logarithm is taken. */
const SHORTEST = 0.02;
/** Seconds from one look at what sounds to the next, and from one look at how fast and loud it is. */
const LOOK = 0.1;
const STEP = 0.5;
/** Notes within so many seconds of such a moment count. */
const AROUND = 1;
/** Semitones up to which the next note may be of the same voice, and seconds that it may be away. */
const SAME_VOICE = 7;
const NEXT_NOTE = 1.5;
/** Semitones up to which two sounding notes rub. */
const RUB = 2;
/** What is kept of the values of a kind. */
const QUANTILES = [0.1, 0.25, 0.5, 0.75, 0.9];

/**
 * What a performance is by what its keys and pedals did, which no recording says as exactly: times between onsets, lengths of
 * keys and of sounds, notes that sound together, overlaps, velocities, leads of the top voice, spread of chords, pace. Only for
 * training (`soft-targets.ts`).
 *
 * @returns numbers in a fixed order; times as natural logarithms of seconds.
 */
export function playedFeatures(performance: Performance): Float32Array {
  const notes = performance.notes.toSorted((a, b) => a.onset - b.onset);
  const sounds = notes.map((note) => ({ ...note, end: soundEnd(note, performance) }));
  const start = notes[0].onset;
  const last = notes[notes.length - 1].onset;
  const seconds = performance.duration - start;
  const chords = chordsOf(notes);
  const distances = differences(chords.map((chord) => meanOf(chord.map(({ onset }) => onset)))).map(
    logarithm,
  );
  const several = chords.filter(({ length }) => length > 1);
  const looks = moments(start, performance.duration, LOOK).map((time) => ({
    keys: notes.filter(({ onset, offset }) => onset <= time && offset > time),
    sounding: sounds.filter(({ onset, end }) => onset <= time && end > time),
  }));
  const around = moments(start, last, STEP).map((time) =>
    notes.filter(({ onset }) => onset >= time - AROUND && onset < time + AROUND),
  );
  const loudness = around.filter(({ length }) => length > 0).map(velocityOf);
  const pedal = moments(start, performance.duration, LOOK).map(
    (time) => pedalAt(performance.pedal, time) / 127,
  );
  const series: readonly (readonly number[])[] = [
    distances,
    magnitudes(differences(distances)),
    notes.map(({ onset, offset }) => logarithm(offset - onset)),
    sounds.map(({ onset, end }) => logarithm(end - onset)),
    looks.map(({ keys }) => keys.length),
    looks.map(({ sounding }) => sounding.length),
    looks.map(({ sounding }) => rubsOf(sounding)),
    overlapsOf(notes),
    notes.map(({ velocity }) => velocity),
    magnitudes(differences(notes.map(({ velocity }) => velocity))),
    several.map((chord) => topOf(chord).velocity - velocityOf(chord)),
    chords.map((chord) => topOf(chord).velocity),
    loudness,
    magnitudes(differences(loudness)),
    several.map(
      (chord) => Math.max(...chord.map(({ onset }) => onset)) - Math.min(...chord.map(({ onset }) => onset)),
    ),
    notes.map(({ pitch }) => pitch),
    pedal,
    around.map(({ length }) => length),
  ];
  const presses = pedal.filter((value, index) => isDown(value) && !isDown(pedal[index - 1] ?? 0)).length;
  return Float32Array.from([
    notes.length / seconds,
    chords.length / seconds,
    presses / seconds,
    meanOf(pedal.map((value) => (isDown(value) ? 1 : 0))),
    ...series.flatMap(summary),
  ]);
}

function isDown(value: number): boolean {
  return value * 127 >= PEDAL_DOWN;
}

/** When a note dies away: where its key comes up, or the pedal that is down then. */
function soundEnd({ offset }: PlayedNote, { pedal, duration }: Performance): number {
  if (pedalAt(pedal, offset) < PEDAL_DOWN) return offset;
  return pedal.find(({ time, value }) => time > offset && value < PEDAL_DOWN)?.time ?? duration;
}

function chordsOf(notes: readonly PlayedNote[]): PlayedNote[][] {
  const chords: PlayedNote[][] = [];
  for (const note of notes) {
    const chord = chords.at(-1);
    const before = chord?.at(-1);
    if (chord !== undefined && before !== undefined && note.onset - before.onset < CHORD) chord.push(note);
    else chords.push([note]);
  }
  return chords;
}

/** How far each note reaches into the next one of its voice, as a share of the time to that, −1 to 2. */
function overlapsOf(notes: readonly PlayedNote[]): number[] {
  return notes.flatMap(({ onset, offset, pitch }, index) => {
    const next = notes
      .slice(index + 1)
      .find((other) => other.onset > onset + CHORD && Math.abs(other.pitch - pitch) <= SAME_VOICE);
    if (next === undefined || next.onset - onset >= NEXT_NOTE) return [];
    return Math.max(-1, Math.min(2, (offset - next.onset) / (next.onset - onset)));
  });
}

/** Neighbouring pitches among what sounds that rub. */
function rubsOf(sounding: readonly PlayedNote[]): number {
  const pitches = [...new Set(sounding.map(({ pitch }) => pitch))].sort((a, b) => a - b);
  return differences(pitches).filter((interval) => interval <= RUB).length;
}

function topOf(chord: readonly PlayedNote[]): PlayedNote {
  return chord.reduce((top, note) => (note.pitch > top.pitch ? note : top));
}

function velocityOf(notes: readonly PlayedNote[]): number {
  return meanOf(notes.map(({ velocity }) => velocity));
}

/** Quantiles, mean and standard deviation; zeros for no values. */
function summary(values: readonly number[]): number[] {
  if (values.length === 0) return [...QUANTILES, 0, 0].fill(0);
  const sorted = values.toSorted((a, b) => a - b);
  const middle = meanOf(values);
  return [
    ...QUANTILES.map((fraction) => quantileSorted(sorted, fraction)),
    middle,
    Math.sqrt(meanOf(values.map((value) => (value - middle) ** 2))),
  ];
}

function moments(from: number, to: number, step: number): number[] {
  return Array.from(
    { length: Math.max(1, Math.ceil((to - from) / step)) },
    (_, index) => from + index * step,
  );
}

function differences(values: readonly number[]): number[] {
  return values.slice(1).map((value, index) => value - values[index]);
}

function magnitudes(values: readonly number[]): number[] {
  return values.map(Math.abs);
}

function logarithm(seconds: number): number {
  return Math.log(Math.max(seconds, SHORTEST));
}
