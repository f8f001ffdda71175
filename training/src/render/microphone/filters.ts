/** Second-order filters: Robert Bristow-Johnson's "Cookbook formulae for audio EQ biquad filter coefficients". */

/** A second-order section, a0 normalised to 1: y = b0 x + b1 x₁ + b2 x₂ − a1 y₁ − a2 y₂. */
export interface Biquad {
  readonly b0: number;
  readonly b1: number;
  readonly b2: number;
  readonly a1: number;
  readonly a2: number;
}

/** Quality of a Butterworth filter of second order. */
export const BUTTERWORTH = Math.SQRT1_2;

function normalised(b: readonly [number, number, number], a: readonly [number, number, number]): Biquad {
  return { b0: b[0] / a[0], b1: b[1] / a[0], b2: b[2] / a[0], a1: a[1] / a[0], a2: a[2] / a[0] };
}

function angle(frequency: number, rate: number, quality: number): { cosine: number; alpha: number } {
  const omega = (2 * Math.PI * Math.min(frequency, 0.49 * rate)) / rate;
  return { cosine: Math.cos(omega), alpha: Math.sin(omega) / (2 * quality) };
}

/** Keeps what's above a frequency in hertz. */
export function highPass(frequency: number, rate: number, quality = BUTTERWORTH): Biquad {
  const { cosine, alpha } = angle(frequency, rate, quality);
  const side = (1 + cosine) / 2;
  return normalised([side, -2 * side, side], [1 + alpha, -2 * cosine, 1 - alpha]);
}

/** Keeps what's below a frequency in hertz. */
export function lowPass(frequency: number, rate: number, quality = BUTTERWORTH): Biquad {
  const { cosine, alpha } = angle(frequency, rate, quality);
  const side = (1 - cosine) / 2;
  return normalised([side, 2 * side, side], [1 + alpha, -2 * cosine, 1 - alpha]);
}

/** Raises (or, with a negative gain in dB, lowers) what's around a frequency in hertz. */
export function peaking(frequency: number, gain: number, quality: number, rate: number): Biquad {
  const { cosine, alpha } = angle(frequency, rate, quality);
  const amplitude = 10 ** (gain / 40);
  return normalised(
    [1 + alpha * amplitude, -2 * cosine, 1 - alpha * amplitude],
    [1 + alpha / amplitude, -2 * cosine, 1 - alpha / amplitude],
  );
}

/** Sends a sound through sections one after the other, in place. */
export function filter(sound: Float32Array, sections: readonly Biquad[]): void {
  for (const { b0, b1, b2, a1, a2 } of sections) {
    // Transposed direct form II.
    let first = 0;
    let second = 0;
    for (let i = 0; i < sound.length; i++) {
      const input = sound[i];
      const output = b0 * input + first;
      first = b1 * input - a1 * output + second;
      second = b2 * input - a2 * output;
      sound[i] = output;
    }
  }
}
