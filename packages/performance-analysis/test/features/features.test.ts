import { describe, expect, it } from "vitest";
import { extractFeatures } from "../../src/features/extract-features.ts";
import { LEVEL_INPUTS, levelInputs } from "../../src/features/note-level-inputs.ts";
import { BAND_CENTRES, bandOf, createSpectrogram } from "../../src/features/spectrogram.ts";

import type { HeardNote } from "../../src/music/note.ts";
import { readNotes } from "../../src/music/note-reading.ts";
import { openSignalKernel } from "../transcription/open-kernel.ts";

const RATE = 22_050;
const KERNEL = openSignalKernel();

function tone(frequency: number, seconds: number, amplitude: number): Float32Array {
  return Float32Array.from(
    { length: Math.round(seconds * RATE) },
    (_, index) => amplitude * Math.sin((2 * Math.PI * frequency * index) / RATE),
  );
}

function spectrogramOf(sound: Float32Array, piece = sound.length) {
  const builder = createSpectrogram(KERNEL);
  for (let at = 0; at < sound.length; at += piece) builder.push(sound.subarray(at, at + piece));
  return builder.spectrogram();
}

describe("the spectrogram", () => {
  it("shows a tone in its own band, at its own level", () => {
    for (const frequency of [220, 440, 1000, 3000]) {
      const spectrogram = spectrogramOf(tone(frequency, 1, 0.5));
      const band = bandOf(frequency);
      expect(Math.abs(BAND_CENTRES[band] / frequency - 1)).toBeLessThan(0.05);
      const row = spectrogram.row(5);
      expect(Math.abs(row.indexOf(Math.max(...row)) - band)).toBeLessThanOrEqual(1);
      // A Hann window spreads a tone over neighbouring bins: up to 2 dB more than its own.
      expect(Math.max(...Array.from(row, (_, index) => spectrogram.level(5, index)))).toBeGreaterThan(-8);
    }
  });

  it("is the same however the sound is cut into pieces", () => {
    const sound = tone(523, 1.3, 0.3);
    const whole = spectrogramOf(sound);
    const pieces = spectrogramOf(sound, 777);
    expect(pieces.frames).toBe(whole.frames);
    for (let frame = 0; frame < whole.frames; frame += 1)
      expect([...pieces.row(frame)]).toEqual([...whole.row(frame)]);
  });
});

const NOTES = Array.from({ length: 40 }, (_, index) => ({
  onset: index * 0.25,
  offset: index * 0.25 + 0.24,
  pitch: 60 + (index % 12),
  salience: 0.8,
  level: index % 2,
}));

/** As they are, without hearing where they are damped. */
const read = (notes: readonly HeardNote[]) => readNotes(notes, null, []);

describe("features", () => {
  const sound = tone(440, 11, 0.2);

  it("have the same names in the same order whatever is heard, and only finite values", () => {
    const full = extractFeatures(read(NOTES), spectrogramOf(sound), 0, 11);
    const empty = extractFeatures(read([]), spectrogramOf(new Float32Array(0)), 0, 11);
    expect(empty.names).toEqual(full.names);
    expect(new Set(full.names).size).toBe(full.names.length);
    expect([...full.values, ...empty.values].every(Number.isFinite)).toBe(true);
  });

  it("don't depend on the microphone's gain", () => {
    const loud = extractFeatures(read(NOTES), spectrogramOf(tone(440, 11, 0.8)), 0, 11);
    const soft = extractFeatures(read(NOTES), spectrogramOf(tone(440, 11, 0.1)), 0, 11);
    loud.values.forEach((value, index) => {
      expect(Math.abs(value - soft.values[index]), loud.names[index]).toBeLessThan(
        0.02 * Math.abs(value) + 1.5,
      );
    });
  });

  it("of notes tell faster from slower, and joined from detached", () => {
    const spectrogram = spectrogramOf(sound);
    const value = (notes: typeof NOTES, name: string) => {
      const list = extractFeatures(read(notes), spectrogram, 0, 30);
      return list.values[list.names.indexOf(name)];
    };
    const slow = NOTES.map((note) => ({ ...note, onset: note.onset * 2, offset: note.offset * 2 }));
    const detached = NOTES.map((note) => ({ ...note, offset: note.onset + 0.1 }));
    expect(value(slow, "attacks_per_second")).toBeCloseTo(value(NOTES, "attacks_per_second") / 2, 1);
    expect(value(detached, "top_length_ratio_p50")).toBeCloseTo(0.4, 2);
    expect(value(NOTES, "top_length_ratio_p50")).toBeCloseTo(0.96, 2);
  });

  it("give each note one row of level inputs, of finite numbers, even at the edges of a recording", () => {
    const inputs = levelInputs(
      [
        { onset: 0, offset: 0.1, pitch: 21, salience: 1 },
        ...NOTES,
        { onset: 11, offset: 12, pitch: 108, salience: 1 },
      ],
      spectrogramOf(sound),
    );
    expect(inputs.length).toBe((NOTES.length + 2) * LEVEL_INPUTS);
    expect(inputs.every(Number.isFinite)).toBe(true);
  });
});
