import { expect, test } from "vitest";
import { pseudoRandom } from "./piano.ts";
import { openSignalKernel } from "./transcription/open-kernel.ts";

const { magnitudes } = openSignalKernel();

test.each([8, 16, 1024, 2048, 4096])(
  "the spectrum of %i samples is Fourier's sum under a Hann window",
  (length) => {
    const random = pseudoRandom(length);
    const samples = Float32Array.from({ length }, () => 2 * random() - 1);
    const spectrum = magnitudes(samples).slice();
    expect(spectrum).toHaveLength(length / 2 + 1);
    // All bins of short frames; of long ones the first, some others and the last.
    for (let bin = 0; bin <= length / 2; bin += Math.max(1, length / 32)) {
      let real = 0;
      let imaginary = 0;
      for (const [index, sample] of samples.entries()) {
        const windowed = sample * (0.5 - 0.5 * Math.cos((2 * Math.PI * index) / length));
        real += windowed * Math.cos((2 * Math.PI * bin * index) / length);
        imaginary -= windowed * Math.sin((2 * Math.PI * bin * index) / length);
      }
      expect(spectrum[bin]).toBeCloseTo((4 / length) * Math.hypot(real, imaginary), 6);
    }
  },
);

test("a sine at full scale peaks at 1", () => {
  const sine = Float32Array.from({ length: 1024 }, (_, index) => Math.sin((2 * Math.PI * 50 * index) / 1024));
  expect(magnitudes(sine)[50]).toBeCloseTo(1, 6);
});
