import type { SignalKernelExports } from "./signal-kernel-exports.ts";

/**
 * Magnitudes of the bins 0 to n/2 of a frame of n samples (a power of two up to 4096) under a Hann window, scaled so that a
 * sine at full scale peaks at 1. They are valid until the next call to the kernel.
 */
export type Magnitudes = (samples: Float32Array) => Float32Array;

/** Has the kernel transform. */
export function createMagnitudes(exports: SignalKernelExports): Magnitudes {
  const samplesAt = exports.samplesPointer();
  const magnitudesAt = exports.magnitudesPointer();
  return (samples) => {
    const { length } = samples;
    // The memory may have grown since the last call, and then has another buffer.
    const { buffer } = exports.memory;
    new Float32Array(buffer, samplesAt, length).set(samples);
    exports.magnitudes(length);
    return new Float32Array(buffer, magnitudesAt, length / 2 + 1);
  };
}
