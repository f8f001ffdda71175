import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { centsOf, createPartials, type Partials } from "../../src/instrument/partials.ts";
import { findStiffness, pianoCoefficient } from "../../src/instrument/stiffness.ts";
import { sine } from "../piano.ts";
import { openSignalKernel } from "../transcription/open-kernel.ts";

const RATE = 22_050;
const KERNEL = openSignalKernel();

/** A plucked or struck string: ten partials at n f₀ √(1 + B n²), 4 dB softer each. */
function stringSound(pitch: number, coefficient: number, seconds = 0.6): Float32Array {
  const fundamental = 440 * 2 ** ((pitch - 69) / 12);
  const sound = new Float32Array(seconds * RATE);
  for (let partial = 1; partial <= 10; partial += 1) {
    const frequency = partial * fundamental * Math.sqrt(1 + coefficient * partial ** 2);
    if (frequency > 0.45 * RATE) break;
    const tone = sine(frequency, seconds, RATE, 0.1 * 10 ** (-(partial * 4) / 20));
    for (let index = 0; index < sound.length; index += 1) sound[index] += tone[index];
  }
  return sound;
}

function partialsOf(sound: Float32Array): Partials {
  const builder = createPartials(KERNEL);
  builder.push(sound);
  return builder.partials();
}

describe("the partials of a sound", () => {
  test("are told within two cents, whatever pieces the sound comes in", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 200, max: 7000, noNaN: true }),
        fc.integer({ min: 1, max: 5000 }),
        (hertz, piece) => {
          const sound = sine(hertz, 0.5, RATE);
          const whole = partialsOf(sound);
          const builder = createPartials(KERNEL);
          for (let at = 0; at < sound.length; at += piece) builder.push(sound.subarray(at, at + piece));
          const { cents, levels } = builder.partials().frame(0);
          expect(cents).toEqual(whole.frame(0).cents);
          const strongest = levels.indexOf(Math.max(...levels));
          expect(Math.abs(cents[strongest] - centsOf(hertz))).toBeLessThan(2);
        },
      ),
      { seed: 11, numRuns: 40 },
    );
  });

  test("of silence are none", () => {
    expect(partialsOf(new Float32Array(RATE)).frame(0).cents).toHaveLength(0);
  });
});

describe("the stiffness of a string", () => {
  test("is found within a factor of 1.7, at any pitch from C3 to C6 and any stiffness of a piano's", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 48, max: 84 }),
        fc.double({ min: -0.9, max: 0.9, noNaN: true }),
        (pitch, over) => {
          const sound = stringSound(pitch, pianoCoefficient(pitch) * Math.exp(over));
          const found = findStiffness(partialsOf(sound).frame(1), pitch);
          expect(Math.abs((found?.overPiano ?? 99) - over)).toBeLessThan(Math.log(1.7));
        },
      ),
      { seed: 12, numRuns: 60 },
    );
  });

  test("of a string without any is far below a piano's", () => {
    for (const pitch of [52, 57, 62, 67, 72]) {
      const found = findStiffness(partialsOf(stringSound(pitch, 0)).frame(1), pitch);
      expect(found?.overPiano).toBeLessThan(-2);
      expect(found?.pianoMisfit).toBeGreaterThan(0);
    }
  });

  test("isn't told of a tone with two partials", () => {
    const sound = sine(262, 0.6, RATE).map(
      (sample, index) => sample / 2 + 0.2 * Math.sin((2 * Math.PI * 524 * index) / RATE),
    );
    expect(findStiffness(partialsOf(sound).frame(1), 60)).toBeNull();
  });
});
