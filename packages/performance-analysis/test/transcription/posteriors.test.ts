import fc from "fast-check";
import { expect, test } from "vitest";
import { KERNEL_SAMPLE_RATE, KEYS } from "../../src/transcription/kernel.ts";
import { createPosteriorStream, type Posteriors, SEMITONES } from "../../src/transcription/posteriors.ts";
import { openKernel } from "./open-kernel.ts";
import { REFERENCE_TONES, soundOf } from "./tones.ts";

const kernel = openKernel();

function hear(sound: Float32Array, cuts: readonly number[] = []): Posteriors {
  const stream = createPosteriorStream(kernel);
  const edges = [0, ...cuts.toSorted((a, b) => a - b), sound.length];
  for (const [index, start] of edges.entries()) stream.push(sound.subarray(start, edges[index + 1] ?? start));
  return stream.finish();
}

function bytesOf({ notesOf, onsetsOf, levelsOf }: Posteriors): number[][] {
  return [
    ...Array.from({ length: KEYS }, (_, key) => [...notesOf(key), ...onsetsOf(key)]),
    ...Array.from({ length: SEMITONES }, (_, semitone) => [...levelsOf(semitone)]),
  ];
}

test("the posteriors are the same however the sound is cut into pieces", () => {
  const sound = soundOf(REFERENCE_TONES, 4.3);
  const whole = bytesOf(hear(sound));
  fc.assert(
    fc.property(fc.array(fc.nat(sound.length), { maxLength: 20 }), (cuts) => {
      expect(bytesOf(hear(sound, cuts))).toEqual(whole);
    }),
    { seed: 7, numRuns: 8 },
  );
});

test("there is a frame for every 256 samples begun, and none for no sound", () => {
  expect(hear(new Float32Array(0)).frameCount).toBe(0);
  expect(hear(new Float32Array(1)).frameCount).toBe(1);
  expect(hear(new Float32Array(256)).frameCount).toBe(2);
  const seconds = 5;
  const { frameCount, frameRate, onsetsOf } = hear(new Float32Array(seconds * KERNEL_SAMPLE_RATE));
  expect(frameCount).toBe(Math.floor(seconds * frameRate) + 1);
  expect(onsetsOf(40)).toHaveLength(frameCount);
});

test("the onset of a tone peaks where it begins, in every window and across their borders", () => {
  const onsets = [0.4, 1.2, 1.63, 2.5, 3.26, 4.1, 4.9, 5.7];
  const sound = soundOf(
    onsets.map((onset) => ({ onset, length: 0.35, pitch: 69 })),
    6.5,
  );
  const { onsetsOf, frameRate } = hear(sound);
  const curve = onsetsOf(69 - 21);
  for (const onset of onsets) {
    const around = curve.subarray(
      Math.round((onset - 0.1) * frameRate),
      Math.round((onset + 0.1) * frameRate),
    );
    const peak = Math.round((onset - 0.1) * frameRate) + around.indexOf(Math.max(...around));
    expect(Math.max(...around)).toBeGreaterThan(100);
    expect(Math.abs(peak / frameRate - onset)).toBeLessThan(0.02);
  }
});
