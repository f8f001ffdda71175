/** Coefficients of a second-order section, with a0 = 1. */
export interface Section {
  readonly b0: number;
  readonly b1: number;
  readonly b2: number;
  readonly a1: number;
  readonly a2: number;
}

/**
 * K-weighting of ITU-R BS.1770-5, annex 1: a shelf for the head (+4 dB above about 1.7 kHz) and a high-pass at 38 Hz, one after
 * the other. The standard gives coefficients for 48 kHz only; these are the same two analogue filters brought to `sampleRate`
 * (Hz) by the bilinear transform (parameters as in libebur128).
 */
export function kWeighting(sampleRate: number): { readonly shelf: Section; readonly highPass: Section } {
  return {
    shelf: shelfFilter(sampleRate, 1681.974450955533, 3.999843853973347, 0.7071752369554196),
    highPass: highPassFilter(sampleRate, 38.13547087602444, 0.5003270373238773),
  };
}

function shelfFilter(sampleRate: number, frequency: number, gain: number, quality: number): Section {
  const k = Math.tan((Math.PI * frequency) / sampleRate);
  const high = 10 ** (gain / 20);
  const band = high ** 0.4996667741545416;
  const a0 = 1 + k / quality + k * k;
  return {
    b0: (high + (band * k) / quality + k * k) / a0,
    b1: (2 * (k * k - high)) / a0,
    b2: (high - (band * k) / quality + k * k) / a0,
    a1: (2 * (k * k - 1)) / a0,
    a2: (1 - k / quality + k * k) / a0,
  };
}

function highPassFilter(sampleRate: number, frequency: number, quality: number): Section {
  const k = Math.tan((Math.PI * frequency) / sampleRate);
  const a0 = 1 + k / quality + k * k;
  return { b0: 1, b1: -2, b2: 1, a1: (2 * (k * k - 1)) / a0, a2: (1 - k / quality + k * k) / a0 };
}
