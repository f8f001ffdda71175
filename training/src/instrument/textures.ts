/** What is played: the same kinds of music for pianos and for all else, so that the music can't tell them apart. */

import type { Performance, PlayedNote } from "../render/performance.ts";
import type { Random } from "../render/random.ts";

/** Kinds of music. */
export type Texture = "piece" | "melody" | "arpeggio" | "chords" | "scale";

/** MIDI pitches that an instrument has, both included. */
export interface Range {
  readonly lowest: number;
  readonly highest: number;
}

/** Seconds of a performance. */
const SHORTEST = 8;
const LONGEST = 13;
/** Triads and sevenths, as semitones over the root, and steps that harmonies move by. */
const CHORDS = [
  [0, 4, 7],
  [0, 3, 7],
  [0, 4, 7, 10],
  [0, 3, 7, 10],
  [0, 5, 7],
] as const;
const MOVES = [5, -5, 2, -2, -3, 4, 0, 7] as const;
const MAJOR = [0, 2, 4, 5, 7, 9, 11] as const;

/** Music of a kind within a range; `piece` and `melody` are taken from the performance given. */
export function drawTexture(
  texture: Texture,
  played: Performance,
  range: Range,
  random: Random,
): Performance {
  const length = random.uniform(SHORTEST, LONGEST);
  switch (texture) {
    case "piece":
      return fitted(excerpt(played, length, random), range, random);
    case "melody":
      return fitted(upperVoice(excerpt(played, length, random)), range, random);
    case "arpeggio":
      return performanceOf(brokenChords(range, length, random));
    case "chords":
      return performanceOf(struckChords(range, length, random));
    case "scale":
      return performanceOf(scales(range, length, random));
  }
}

/** A bar of drums, over and over: which is struck at each eighth is drawn once. */
export function drawBeat(random: Random): Performance {
  const eighth = random.uniform(0.18, 0.4);
  const length = random.uniform(SHORTEST, LONGEST);
  const bar = Array.from({ length: 8 }, (_, place) => [
    ...(place % 4 === 0 || random.chance(0.2) ? [35 + random.pick([0, 1])] : []),
    ...(place % 4 === 2 || random.chance(0.1) ? [random.pick([38, 40])] : []),
    ...(random.chance(0.7) ? [random.pick([42, 42, 46, 51])] : []),
    ...(random.chance(0.1) ? [random.pick([41, 43, 45, 47, 48, 50])] : []),
  ]);
  const notes: PlayedNote[] = [];
  for (let place = 0; place * eighth < length; place += 1) {
    const onset = 0.1 + place * eighth + random.normal() * 0.008;
    for (const pitch of bar[place % 8] ?? []) {
      notes.push({
        onset: Math.max(0, onset),
        offset: Math.max(0, onset) + 0.2,
        pitch,
        velocity: velocityNear(85, random),
      });
    }
  }
  return performanceOf(notes);
}

function performanceOf(notes: readonly PlayedNote[]): Performance {
  const sorted = [...notes].sort((a, b) => a.onset - b.onset || a.pitch - b.pitch);
  const duration = sorted.reduce((latest, { offset }) => Math.max(latest, offset), 0);
  return { notes: sorted, pedal: [], softPedal: [], duration };
}

/** A stretch of a performance from one of its notes on, with its pedals. */
function excerpt(played: Performance, length: number, random: Random): Performance {
  const last = Math.max(0, played.duration - length);
  const start = random.chance(0.5) ? 0 : random.uniform(0, last);
  const end = start + length;
  const moved = <Item extends { readonly time: number }>(curve: readonly Item[]) =>
    curve
      .filter(({ time }) => time < end)
      .map((point) => ({ ...point, time: Math.max(0, point.time - start) }));
  const notes = played.notes
    .filter(({ onset }) => onset >= start && onset < end)
    .map((note) => ({ ...note, onset: note.onset - start, offset: Math.min(end, note.offset) - start }));
  return {
    ...performanceOf(notes.length > 0 ? notes : played.notes.slice(0, 1)),
    pedal: moved(played.pedal),
    softPedal: moved(played.softPedal),
  };
}

/** The highest of the notes that begin together, and none under one that still sounds. */
function upperVoice(played: Performance): Performance {
  const voice: PlayedNote[] = [];
  for (const note of played.notes) {
    const before = voice.at(-1);
    if (before !== undefined && note.onset < before.onset + 0.06) {
      if (note.pitch > before.pitch) voice[voice.length - 1] = note;
    } else if (before === undefined || note.pitch > before.pitch - 12 || note.onset > before.onset + 0.5) {
      voice.push(note);
    }
  }
  const joined = voice.map((note, index) => {
    const next = voice[index + 1];
    return next === undefined || note.offset <= next.onset
      ? note
      : { ...note, offset: Math.max(next.onset, note.onset + 0.02) };
  });
  return performanceOf(joined);
}

/** Transposed so that its middle lies in that of the range; what is still outside goes in by octaves. */
function fitted(played: Performance, { lowest, highest }: Range, random: Random): Performance {
  const pitches = played.notes.map(({ pitch }) => pitch).sort((a, b) => a - b);
  const middle = pitches[pitches.length >> 1] ?? 60;
  const fits = (pitches[0] ?? 0) >= lowest && (pitches.at(-1) ?? 127) <= highest;
  const wanted = (lowest + highest) / 2 + random.uniform(-4, 4);
  const shift = fits ? Math.round(random.uniform(-2, 2)) : Math.round(wanted - middle);
  const notes = played.notes.map((note) => {
    let pitch = note.pitch + shift;
    while (pitch < lowest) pitch += 12;
    while (pitch > highest) pitch -= 12;
    return { ...note, pitch };
  });
  return { ...played, notes };
}

function velocityNear(middle: number, random: Random): number {
  return Math.round(Math.min(120, Math.max(25, middle + random.normal() * 10)));
}

/** Chords of a progression, as pitches upwards, all within the range. */
function progression({ lowest, highest }: Range, size: number, count: number, random: Random): number[][] {
  let root = Math.round(random.uniform(lowest, Math.max(lowest, Math.min(highest - 24, lowest + 19))));
  return Array.from({ length: count }, () => {
    const shape = random.pick(CHORDS);
    const pitches = Array.from(
      { length: size },
      (_, index) => root + (shape[index % shape.length] ?? 0) + 12 * Math.floor(index / shape.length),
    ).filter((pitch) => pitch >= lowest && pitch <= highest);
    root += random.pick(MOVES);
    while (root < lowest) root += 12;
    while (root > Math.min(highest - 12, lowest + 24)) root -= 12;
    return pitches;
  });
}

function brokenChords(range: Range, length: number, random: Random): PlayedNote[] {
  const step = random.logUniform(0.11, 0.4);
  const size = Math.round(random.uniform(3, 7));
  const rings = random.chance(0.6);
  const loud = random.uniform(50, 95);
  const chords = progression(range, size, Math.ceil(length / (step * 4)) + 1, random);
  const notes: PlayedNote[] = [];
  let onset = 0.1;
  for (const pitches of chords) {
    const down = pitches.slice(1, -1).reverse();
    const order = random.chance(0.5) ? pitches : [...pitches, ...down];
    const end = onset + order.length * step;
    for (const pitch of order) {
      if (onset > length) break;
      notes.push({
        onset,
        offset: rings ? Math.max(end, onset + step) : onset + step * 0.95,
        pitch,
        velocity: velocityNear(loud, random),
      });
      onset += step * (1 + random.normal() * 0.02);
    }
  }
  return notes;
}

function struckChords(range: Range, length: number, random: Random): PlayedNote[] {
  const step = random.logUniform(0.3, 1.4);
  const spread = random.pick([0, 0.004, 0.012, 0.025]);
  const loud = random.uniform(50, 100);
  const held = random.uniform(0.5, 1);
  const chords = progression(range, Math.round(random.uniform(3, 6)), Math.ceil(length / step) + 1, random);
  const notes: PlayedNote[] = [];
  for (const [index, pitches] of chords.entries()) {
    const time = 0.1 + index * step;
    if (time > length) break;
    for (const [string, pitch] of pitches.entries()) {
      const onset = time + string * spread;
      notes.push({
        onset,
        offset: time + step * held + spread * pitches.length,
        pitch,
        velocity: velocityNear(loud, random),
      });
    }
  }
  return notes;
}

function scales({ lowest, highest }: Range, length: number, random: Random): PlayedNote[] {
  const step = random.logUniform(0.12, 0.6);
  const legato = random.uniform(0.6, 1.05);
  const loud = random.uniform(50, 100);
  const key = Math.round(random.uniform(0, 11));
  const degrees = Array.from({ length: 128 }, (_, pitch) => pitch).filter(
    (pitch) =>
      pitch >= lowest && pitch <= highest && MAJOR.some((degree) => (pitch - key + 120) % 12 === degree),
  );
  let place = Math.floor(random.uniform(0, degrees.length * 0.6));
  let direction = 1;
  const notes: PlayedNote[] = [];
  for (let onset = 0.1; onset < length; onset += step * (1 + random.normal() * 0.03)) {
    const pitch = degrees[place] ?? lowest;
    notes.push({ onset, offset: onset + step * legato, pitch, velocity: velocityNear(loud, random) });
    if (place + direction < 0 || place + direction >= degrees.length || random.chance(0.08))
      direction = -direction;
    place = Math.min(degrees.length - 1, Math.max(0, place + direction));
  }
  return notes;
}
