import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createResampler } from "../src/signal/resample.ts";
import { createSignalKernel } from "../src/signal/signal-kernel.ts";
import { SEED } from "./decode/run.ts";
import { sine } from "./piano.ts";
import { kernelExports, openSignalKernel } from "./transcription/open-kernel.ts";

const kernel = openSignalKernel();

function resample(sound: Float32Array, rate: number, chunk = 4096): number[] {
  const resampler = createResampler(kernel, rate);
  const output: number[] = [];
  for (let start = 0; start < sound.length; start += chunk) {
    output.push(...resampler.push(sound.subarray(start, start + chunk)));
  }
  return [...output, ...resampler.finish()];
}

describe("the resampler", () => {
  test.each([8000, 11_025, 16_000, 22_050, 32_000, 44_100, 44_099, 48_000, 96_000, 192_000])(
    "keeps a sine's frequency, phase and level from %i Hz",
    (rate) => {
      const sound = sine(1000, 0.5, rate);
      const output = resample(sound, rate);
      expect(output).toHaveLength(Math.ceil((sound.length * 22_050) / rate));
      for (let index = 500; index < output.length - 500; index += 1) {
        const expected = 0.5 * Math.sin((2 * Math.PI * 1000 * index) / 22_050);
        expect(Math.abs((output[index] ?? 0) - expected)).toBeLessThan(0.002);
      }
    },
  );

  test("takes away by 75 dB what would be mirrored into the sound", () => {
    const output = resample(sine(14_000, 0.5, 44_100), 44_100).slice(500, -500);
    const power = output.reduce((sum, sample) => sum + sample ** 2, 0) / output.length;
    expect(10 * Math.log10(power / 0.125)).toBeLessThan(-75);
  });

  test.each([44_100, 48_000])("gives the same whatever the chunking, from %i Hz", (rate) => {
    const sound = sine(523, 0.3, rate);
    expect(resample(sound, rate, 1)).toEqual(resample(sound, rate, 7919));
  });

  test("goes on where it was, though others use the same kernel meanwhile", () => {
    const sound = sine(523, 0.3, 48_000);
    const other = createResampler(kernel, 44_101);
    const resampler = createResampler(kernel, 48_000);
    const output: number[] = [];
    for (let start = 0; start < sound.length; start += 4096) {
      output.push(...resampler.push(sound.subarray(start, start + 4096)));
      other.push(sound.subarray(start, start + 1000));
    }
    expect([...output, ...resampler.finish()]).toEqual(resample(sound, 48_000));
  });
});

describe("the resampling kernel", () => {
  test("sums each output's samples times its taps, however many there are", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 90 }), { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 1, max: 20 }),
        (starts, pairs) => {
          const taps = 2 * pairs;
          const samples = Float32Array.from({ length: 90 + taps }, (_, index) => Math.sin(index));
          const table = Float64Array.from({ length: 8 * taps }, (_, index) => Math.cos(3 * index));
          const rows = Int32Array.from(starts, (start) => (start % 8) * taps);
          const sums = kernel.weightedSums({ samples, starts: Int32Array.from(starts), table, rows, taps });
          const expected = starts.map((start, index) => {
            const products = Array.from(
              { length: taps },
              (_, tap) =>
                (samples[start + tap] ?? Number.NaN) * (table[(rows[index] ?? 0) + tap] ?? Number.NaN),
            );
            return products.reduce((sum, product) => sum + product, 0);
          });
          expect([...sums]).toEqual(expected.map((sum) => expect.closeTo(sum, 9)));
        },
      ),
      { seed: SEED },
    );
  });

  test("sums to the bit the same where the rate is halved", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 40 }),
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 0, max: 1000 }),
        (count, pairs, phase) => {
          const taps = Float64Array.from({ length: 2 * pairs }, (_, index) => Math.cos(3 * index));
          const samples = Float32Array.from({ length: 2 * count + taps.length }, (_, index) =>
            Math.sin(phase + index),
          );
          const starts = Int32Array.from({ length: count }, (_, index) => 2 * index);
          const rows = new Int32Array(count);
          const sums = [...kernel.weightedSums({ samples, starts, table: taps, rows, taps: taps.length })];
          expect([...kernel.halvingSums({ samples, taps, count })]).toEqual(sums);
        },
      ),
      { seed: SEED },
    );
  });

  test("refuses to be made of another module", () => {
    expect(() => createSignalKernel(kernelExports())).toThrow("isn't the signal kernel");
  });
});
