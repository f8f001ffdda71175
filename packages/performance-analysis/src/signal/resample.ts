import type { SignalKernel } from "./signal-kernel.ts";

/** Rate at which everything is heard, in Hz: keeps the piano's partials up to 10 kHz at half the cost of 44.1 kHz. */
export const LISTENING_RATE = 22_050;

/** Zero crossings of the sinc on each side, at the lower of the two rates: the length of the filter. */
const ZERO_CROSSINGS = 24;
/** Kaiser's β for a stop band of 80 dB: 0.1102 (A − 8.7) (Kaiser 1974; Oppenheim & Schafer §7.5). */
const KAISER_BETA = 7.857;
/** Cut-off (−6 dB) as a fraction of the lower rate's Nyquist frequency: the stop band begins where mirroring does. */
const CUTOFF = 0.9;
/** Phases of the filter held in memory; rates that need more are interpolated between these (error under −100 dB). */
const MAX_PHASES = 512;

export type Resampler = {
  /**
   * Takes mono samples at the source rate and gives what became complete, at the target rate: valid until the next call.
   * Where both rates are the same, these are the samples themselves.
   */
  push(samples: Float32Array): Float32Array;
  /** Gives what the end of the sound still owes: in all ⌈frames · target / source⌉ samples come out. */
  finish(): Float32Array;
};

/**
 * Band-limited resampling of a mono stream from `sourceRate` to `targetRate` (Hz, both positive integers) by a
 * polyphase Kaiser-windowed sinc (Smith, "Digital Audio Resampling"). Pass band to 0.8 of the lower rate's
 * Nyquist frequency, stop band from there on down by 80 dB, unity gain, no delay: output sample n is the sound at
 * n / targetRate seconds. The result doesn't depend on how the input is cut into pieces.
 */
export function createResampler(
  kernel: SignalKernel,
  sourceRate: number,
  targetRate: number = LISTENING_RATE,
): Resampler {
  if (sourceRate === targetRate) {
    return { push: (samples) => samples, finish: () => new Float32Array(0) };
  }
  const divisor = greatestCommonDivisor(sourceRate, targetRate);
  const interpolation = targetRate / divisor;
  const decimation = sourceRate / divisor;
  const phases = Math.min(interpolation, MAX_PHASES);
  const exact = phases === interpolation;
  const reach = Math.ceil(ZERO_CROSSINGS * Math.max(1, sourceRate / targetRate));
  const taps = 2 * reach;
  const table = filterTable(phases, reach, Math.min(1, targetRate / sourceRate) * CUTOFF);
  const firstPhase = table.subarray(0, taps);

  // Kept and grown only: new ones for every push would be garbage of 200 kB a second.
  let storage = new Float32Array(reach - 1);
  let room = createRoom(0);
  // The part of `storage` in use. It starts `reach - 1` samples before the source's first one, so that every tap finds one.
  let buffer = storage;
  /** Source position of output n is position + phase / interpolation, counted in `buffer` from its tap 0. */
  let position = 0;
  let phase = 0;
  let consumed = 0;
  let produced = 0;

  function run(limit: number): Float32Array {
    const available = buffer.length - taps - position;
    const complete = available < 0 ? 0 : Math.ceil(((available + 1) * interpolation - phase) / decimation);
    const count = Math.max(0, Math.min(complete, limit - produced));
    if (room.outputs.length < count) room = createRoom(2 * count);
    const outputs = room.outputs.subarray(0, count);
    produced += count;
    // From 44.1 kHz, what most recordings have, there is but one phase.
    if (interpolation === 1 && decimation === 2) {
      outputs.set(kernel.halvingSums({ samples: buffer.subarray(position), taps: firstPhase, count }));
      position += 2 * count;
      return outputs;
    }
    const starts = room.starts.subarray(0, count);
    const rows = room.rows.subarray(0, count);
    const { shares } = room;
    // Copies, so that they stay in the processor's registers.
    let start = position;
    let turn = phase;
    for (let at = 0; at < count; at += 1) {
      const row = exact ? turn : (turn / interpolation) * phases;
      const whole = Math.floor(row);
      starts[at] = start;
      rows[at] = whole * taps;
      shares[at] = row - whole;
      turn += decimation;
      const steps = Math.floor(turn / interpolation);
      start += steps;
      turn -= steps * interpolation;
    }
    position = start;
    phase = turn;
    const filter = { samples: buffer, starts, table, taps };
    if (exact) outputs.set(kernel.weightedSums({ ...filter, rows }));
    else {
      const nearest = kernel.weightedSums({ ...filter, rows }).slice();
      const next = kernel.weightedSums({ ...filter, rows: rows.map((row) => row + taps) });
      for (let at = 0; at < count; at += 1)
        outputs[at] = (1 - shares[at]) * nearest[at] + shares[at] * next[at];
    }
    return outputs;
  }

  function append(samples: Float32Array): void {
    const dropped = Math.min(position, buffer.length);
    const kept = buffer.subarray(dropped);
    const length = kept.length + samples.length;
    const next = storage.length < length ? new Float32Array(2 * length) : storage;
    next.set(kept);
    next.set(samples, kept.length);
    storage = next;
    buffer = next.subarray(0, length);
    position -= dropped;
  }

  return {
    push(samples) {
      consumed += samples.length;
      append(samples);
      return run(Number.POSITIVE_INFINITY);
    },
    finish() {
      append(new Float32Array(taps));
      return run(Math.ceil((consumed * interpolation) / decimation));
    },
  };
}

/** Room for outputs: where each one's samples and taps begin, and how far it lies on the way to the next phase's taps, 0…1. */
function createRoom(length: number) {
  return {
    outputs: new Float32Array(length),
    starts: new Int32Array(length),
    rows: new Int32Array(length),
    shares: new Float64Array(length),
  };
}

/** Rows of `2 · reach` taps, one for each phase and one beyond, each normalised to unity gain at 0 Hz. */
function filterTable(phases: number, reach: number, cutoff: number): Float64Array {
  const taps = 2 * reach;
  const table = new Float64Array((phases + 1) * taps);
  for (let phase = 0; phase <= phases; phase += 1) {
    let sum = 0;
    for (let tap = 0; tap < taps; tap += 1) {
      const distance = tap - (reach - 1) - phase / phases;
      const value = sinc(cutoff * distance) * kaiser(distance / reach);
      table[phase * taps + tap] = value;
      sum += value;
    }
    for (let tap = 0; tap < taps; tap += 1) table[phase * taps + tap] /= sum;
  }
  return table;
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** Kaiser's window at −1…1, 0 beyond. */
function kaiser(x: number): number {
  return Math.abs(x) >= 1 ? 0 : besselI0(KAISER_BETA * Math.sqrt(1 - x * x)) / besselI0(KAISER_BETA);
}

/** Modified Bessel function of the first kind and order 0, by its power series. */
function besselI0(x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; k < 50; k += 1) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

function greatestCommonDivisor(first: number, second: number): number {
  return second === 0 ? first : greatestCommonDivisor(second, first % second);
}
