import FFT from "fft.js";

/** Magnitudes of the bins 0 to n/2 of a windowed frame of n samples; the array is reused by the next call. */
export type Spectrum = (samples: Float32Array) => Float32Array;

/** A spectrum of `length` samples (a power of two) under a Hann window, scaled so that a sine at full scale peaks at 1. */
export function createSpectrum(length: number): Spectrum {
  const transform = new FFT(length);
  const window = new Float32Array(length);
  for (let index = 0; index < length; index += 1) {
    window[index] = 0.5 - 0.5 * Math.cos((2 * Math.PI * index) / length);
  }
  // A Hann window's mean is 1/2, and a real sine's energy lies in two bins.
  const scale = 4 / length;
  const input = new Float64Array(length);
  const output = new Float64Array(2 * length);
  const magnitudes = new Float32Array(length / 2 + 1);
  return (samples) => {
    for (let index = 0; index < length; index += 1) input[index] = samples[index] * window[index];
    transform.realTransform(output, input);
    for (let bin = 0; bin < magnitudes.length; bin += 1) {
      const real = output[2 * bin];
      const imaginary = output[2 * bin + 1];
      magnitudes[bin] = scale * Math.sqrt(real * real + imaginary * imaginary);
    }
    return magnitudes;
  };
}
