/** Filters the next samples of a stream in place: a block at a time, so that its state stays in the processor's registers. */
export type Filter = (samples: Float64Array) => void;

/**
 * K-weighting of ITU-R BS.1770-5, annex 1: a shelf for the head (+4 dB above about 1.7 kHz) and a high-pass at 38 Hz.
 * The standard gives coefficients for 48 kHz only; these are the same two analogue filters brought to `sampleRate`
 * (Hz) by the bilinear transform (parameters as in libebur128).
 */
export function createKWeighting(sampleRate: number): Filter {
  const shelf = shelfFilter(sampleRate, 1681.974450955533, 3.999843853973347, 0.7071752369554196);
  const highPass = highPassFilter(sampleRate, 38.13547087602444, 0.5003270373238773);
  return (samples) => {
    shelf(samples);
    highPass(samples);
  };
}

function shelfFilter(sampleRate: number, frequency: number, gain: number, quality: number): Filter {
  const k = Math.tan((Math.PI * frequency) / sampleRate);
  const high = 10 ** (gain / 20);
  const band = high ** 0.4996667741545416;
  const a0 = 1 + k / quality + k * k;
  return biquad(
    (high + (band * k) / quality + k * k) / a0,
    (2 * (k * k - high)) / a0,
    (high - (band * k) / quality + k * k) / a0,
    (2 * (k * k - 1)) / a0,
    (1 - k / quality + k * k) / a0,
  );
}

function highPassFilter(sampleRate: number, frequency: number, quality: number): Filter {
  const k = Math.tan((Math.PI * frequency) / sampleRate);
  const a0 = 1 + k / quality + k * k;
  return biquad(1, -2, 1, (2 * (k * k - 1)) / a0, (1 - k / quality + k * k) / a0);
}

/** Second-order section, direct form II transposed, with a0 = 1. */
function biquad(b0: number, b1: number, b2: number, a1: number, a2: number): Filter {
  let kept = { first: 0, second: 0 };
  return (samples) => {
    let { first, second } = kept;
    for (let index = 0; index < samples.length; index += 1) {
      const sample = samples[index];
      const output = b0 * sample + first;
      first = b1 * sample - a1 * output + second;
      second = b2 * sample - a2 * output;
      samples[index] = output;
    }
    kept = { first, second };
  };
}

/** Corner of the filter that takes a converter's constant offset away, in Hz: an octave below the lowest A. */
const OFFSET_CORNER = 13;

/** Takes away a constant offset: one-pole high-pass that begins settled on the first sample. */
export function createOffsetFilter(sampleRate: number): Filter {
  const pole = 1 - (2 * Math.PI * OFFSET_CORNER) / sampleRate;
  let kept: { readonly previous: number; readonly output: number } | null = null;
  return (samples) => {
    if (samples.length === 0) return;
    let { previous, output } = kept ?? { previous: samples[0], output: 0 };
    for (let index = 0; index < samples.length; index += 1) {
      const sample = samples[index];
      output = pole * output + (sample - previous);
      previous = sample;
      samples[index] = output;
    }
    kept = { previous, output };
  };
}
