import { describe, expect, test } from "vitest";
import { createResampler } from "../src/signal/resample.ts";
import { sine } from "./piano.ts";

function resample(sound: Float32Array, rate: number, chunk = 4096): number[] {
  const resampler = createResampler(rate);
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

  test("gives the same whatever the chunking", () => {
    const sound = sine(523, 0.3, 48_000);
    expect(resample(sound, 48_000, 1)).toEqual(resample(sound, 48_000, 7919));
  });
});
