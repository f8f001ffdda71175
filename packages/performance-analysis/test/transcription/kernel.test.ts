import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { createNoteKernel, KEYS } from "../../src/transcription/kernel.ts";
import { kernelExports, kernelImports, kernelWeights, openKernel } from "./open-kernel.ts";
import { REFERENCE_TONES, soundOf } from "./tones.ts";

/**
 * Every fourth frame, from the first kept one on, of what TensorFlow.js 4.22.0 with the model of @spotify/basic-pitch 1.0.1
 * made of `REFERENCE_TONES`: 88 note and 88 onset posteriors, unsigned 16-bit, little-endian.
 */
const REFERENCE = new Uint16Array(
  new Uint8Array(readFileSync(new URL("fixtures/basic-pitch-window.bin", import.meta.url))).buffer,
);
const REFERENCE_STEP = 4;
const REFERENCE_SCALE = 65_535;

test("says of a window what the original says", () => {
  const kernel = openKernel();
  const { notes, noteStride, onsets } = kernel.transcribe(
    soundOf(REFERENCE_TONES, 2).subarray(0, kernel.windowLength),
  );
  let farthest = 0;
  let highest = 0;
  for (let row = 0; row * 2 * KEYS < REFERENCE.length; row += 1) {
    const frame = row * REFERENCE_STEP;
    for (let key = 0; key < KEYS; key += 1) {
      const note = REFERENCE[row * 2 * KEYS + key] / REFERENCE_SCALE;
      const onset = REFERENCE[(row * 2 + 1) * KEYS + key] / REFERENCE_SCALE;
      farthest = Math.max(farthest, Math.abs(notes[frame * noteStride + key] - note));
      farthest = Math.max(farthest, Math.abs(onsets[frame * KEYS + key] - onset));
      highest = Math.max(highest, onset);
    }
  }
  expect(highest).toBeGreaterThan(0.9);
  expect(farthest).toBeLessThan(2e-4);
});

test("hears the second of two windows as if there had been no first", () => {
  const kernel = openKernel();
  const window = soundOf(REFERENCE_TONES, 2).subarray(0, kernel.windowLength);
  const first = kernel.transcribe(window).onsets.slice();
  kernel.transcribe(window.toReversed());
  expect(kernel.transcribe(window).onsets).toEqual(first);
});

test("hears silence as a number", () => {
  const kernel = openKernel();
  const { notes, onsets } = kernel.transcribe(new Float32Array(kernel.windowLength));
  expect(notes.every(Number.isFinite)).toBe(true);
  expect(onsets.every((posterior) => posterior >= 0 && posterior <= 1)).toBe(true);
});

test("gives levels in decibels: ten times the amplitude is 20 dB more", () => {
  const kernel = openKernel();
  const window = soundOf([{ onset: 0.2, length: 1.6, pitch: 69 }], 2).subarray(0, kernel.windowLength);
  const bin = 70 * kernel.transcribe(window).levelStride + 3 * (69 - 21);
  const loud = kernel.transcribe(window).levels[bin];
  const quiet = kernel.transcribe(window.map((sample) => sample / 10)).levels[bin];
  expect(loud - quiet).toBeCloseTo(20, 2);
});

test("needs nothing from whoever instantiates it", () => {
  expect(kernelImports()).toEqual([]);
});

test("refuses another module, and weights of another size", () => {
  expect(() => createNoteKernel({}, kernelWeights())).toThrow("isn't the note kernel");
  expect(() => createNoteKernel(kernelExports(), new Uint8Array(4))).toThrow("35699 floats");
});
