import { expect, test } from "vitest";
import type { Note } from "../../src/music/note.ts";
import { extractNotes } from "../../src/transcription/extract-notes.ts";
import { createPosteriorStream } from "../../src/transcription/posteriors.ts";
import { openKernel } from "./open-kernel.ts";
import { scoreNotes } from "./score-notes.ts";
import { soundOf, type Tone } from "./tones.ts";

const kernel = openKernel();

function notesIn(sound: Float32Array): Note[] {
  const stream = createPosteriorStream(kernel);
  stream.push(sound);
  return extractNotes(stream.finish(), kernel);
}

/** A melody over broken chords, three voices, 12 s. */
const PIECE: readonly Tone[] = [
  ...[72, 74, 76, 77, 79, 77, 76, 74, 72, 71, 72].map((pitch, i) => ({ onset: 0.5 + i, length: 0.9, pitch })),
  ...Array.from({ length: 22 }, (_, i) => ({
    onset: 0.5 + i / 2,
    length: 0.45,
    pitch: [48, 55, 52, 55][i % 4] ?? 48,
  })),
];

const SOUND = soundOf(PIECE, 12);
const HEARD = notesIn(SOUND);

test("finds the notes of a simple piece at their times", () => {
  const { f1, errors } = scoreNotes(HEARD, PIECE);
  expect(f1).toBeGreaterThan(0.9);
  expect(errors.every((error) => Math.abs(error) < 0.03)).toBe(true);
});

test("a key struck again and again is as many notes, each ending before the next begins", () => {
  const tones = Array.from({ length: 10 }, (_, i) => ({ onset: 0.5 + 0.25 * i, length: 0.22, pitch: 67 }));
  const notes = notesIn(soundOf(tones, 3.5)).filter(({ pitch }) => pitch === 67);
  expect(scoreNotes(notes, tones).f1).toBeGreaterThan(0.9);
  for (const [index, { onset, offset }] of notes.entries()) {
    expect(offset).toBeGreaterThan(onset);
    expect(offset).toBeLessThanOrEqual(notes[index + 1]?.onset ?? Number.POSITIVE_INFINITY);
  }
});

test("a long note is heard longer than a short one, to within a fifth of a second", () => {
  const lengths = [0.15, 0.4, 0.8, 1.2];
  for (const length of lengths) {
    const [note] = notesIn(soundOf([{ onset: 0.5, length, pitch: 64 }], 2.5));
    expect(note).toBeDefined();
    if (note !== undefined) expect(Math.abs(note.offset - note.onset - length)).toBeLessThan(0.2);
  }
});

test("the gain of a recording changes nothing that matters", () => {
  const loud = notesIn(SOUND.map((sample) => 2 * sample));
  const quiet = notesIn(SOUND.map((sample) => sample / 8));
  expect(scoreNotes(quiet, loud).f1).toBeGreaterThan(0.9);
});

test("hears no notes in silence, and next to none in noise", () => {
  expect(notesIn(new Float32Array(0))).toEqual([]);
  expect(notesIn(new Float32Array(22_050 * 4))).toEqual([]);
  // Fewer than three a second.
  expect(notesIn(soundOf([], 5).map((sample) => sample * 1000)).length).toBeLessThan(15);
});

test("notes come in the order of their onsets, with salience between 0 and 1", () => {
  expect(HEARD).toEqual(HEARD.toSorted((a, b) => a.onset - b.onset || a.pitch - b.pitch));
  for (const { salience } of HEARD) {
    expect(salience).toBeGreaterThanOrEqual(0.4);
    expect(salience).toBeLessThanOrEqual(1);
  }
});
