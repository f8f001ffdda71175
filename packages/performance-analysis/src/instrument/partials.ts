import { createByteRows } from "../features/byte-rows.ts";
import { LISTENING_RATE } from "../signal/resample.ts";
import type { SignalKernel } from "../signal/signal-kernel.ts";
import { createSlidingWindow } from "../signal/sliding-window.ts";
import { valueAt } from "../signal/statistics.ts";

/** Samples of a frame: 186 ms, so that the frequency of a partial is known to a cent from 200 Hz upwards. */
const WINDOW = 4096;
/** Samples from one frame to the next: 93 ms, so that one frame at least lies within a quaver. */
const HOP = 2048;
/** Frames a second. */
export const PARTIALS_RATE = LISTENING_RATE / HOP;
/** Seconds that a frame lasts. */
export const PARTIALS_WINDOW = WINDOW / LISTENING_RATE;

/** Most partials that are kept of a frame, the strongest: eight of each of six notes. */
const MOST = 48;
/** Hz between which partials are looked for; above, codecs and telephones leave little. */
const LOWEST = 55;
const HIGHEST = 8000;
/** dB relative to a full-scale sine, and to the frame's strongest, under which nothing is a partial. */
const FLOOR_DB = -100;
const RANGE_DB = 60;
/** Steps of the stored pitch a cent, over `LOWEST`: 8,600 cents in 16 bits. */
const STEPS_PER_CENT = 7;
/** Steps of the stored level a dB, over `FLOOR_DB`. */
const STEPS_PER_DB = 2;
/** Bytes of a stored partial: its pitch in two, its level in one; level 0 stands for none. */
const BYTES = 3;

/** The partials of a recording, frame by frame. */
export interface Partials {
  readonly frames: number;
  /** Those of a frame, in order of frequency. */
  frame(index: number): FramePartials;
}

/** Partials of one frame. */
export interface FramePartials {
  /** Cents over 55 Hz, ascending. */
  readonly cents: Float64Array;
  /** dB relative to a full-scale sine. */
  readonly levels: Float64Array;
}

export interface PartialsBuilder {
  /** Takes mono samples at 22,050 Hz, in any chunking. */
  push(samples: Float32Array): void;
  /** Everything up to the last whole frame. */
  partials(): Partials;
}

/** A frequency in Hz as cents over 55 Hz (A1). */
export function centsOf(frequency: number): number {
  return 1200 * Math.log2(frequency / LOWEST);
}

/**
 * Keeps the strongest peaks of the spectrum: 1.6 kB a second. Frequencies are refined by a parabola through the log magnitudes
 * (Smith, _Spectral Audio Signal Processing_), within a twentieth of a bin, 0.3 Hz.
 */
export function createPartials({ magnitudes }: SignalKernel): PartialsBuilder {
  const rows = createByteRows(MOST * BYTES);
  const row = new Uint8Array(MOST * BYTES);
  return {
    push: createSlidingWindow(WINDOW, HOP, (frame) => {
      writePeaks(magnitudes(frame), row);
      rows.append(row);
    }),
    partials: () => ({ frames: rows.length, frame: (index) => readPeaks(rows.row(index)) }),
  };
}

function writePeaks(magnitudes: Float32Array, row: Uint8Array): void {
  const width = LISTENING_RATE / WINDOW;
  const first = Math.ceil(LOWEST / width) + 1;
  const last = Math.floor(HIGHEST / width);
  let strongest = 0;
  for (let bin = first; bin <= last; bin += 1) strongest = Math.max(strongest, magnitudes[bin]);
  const least = Math.max(10 ** (FLOOR_DB / 20), strongest * 10 ** (-RANGE_DB / 20));
  const peaks: number[] = [];
  for (let bin = first; bin <= last; bin += 1) {
    const magnitude = magnitudes[bin];
    if (magnitude > least && magnitude >= magnitudes[bin - 1] && magnitude > magnitudes[bin + 1])
      peaks.push(bin);
  }
  const tooMany = peaks.length - MOST;
  const strongestLeftOut =
    tooMany > 0
      ? valueAt(
          peaks.map((bin) => magnitudes[bin]),
          tooMany - 1,
        )
      : 0;
  row.fill(0);
  let at = 0;
  for (const bin of peaks) {
    const magnitude = magnitudes[bin];
    if (magnitude <= strongestLeftOut) continue;
    const left = Math.log(magnitudes[bin - 1] + 1e-12);
    const centre = Math.log(magnitude + 1e-12);
    const right = Math.log(magnitudes[bin + 1] + 1e-12);
    const curvature = left - 2 * centre + right;
    const shift = curvature < 0 ? (0.5 * (left - right)) / curvature : 0;
    const pitch = Math.max(0, Math.round(centsOf((bin + shift) * width) * STEPS_PER_CENT));
    const level = Math.round((20 * Math.log10(magnitude) - FLOOR_DB) * STEPS_PER_DB);
    row[at] = pitch >> 8;
    row[at + 1] = pitch & 255;
    row[at + 2] = Math.min(255, Math.max(1, level));
    at += BYTES;
  }
}

function readPeaks(row: Uint8Array): FramePartials {
  let count = 0;
  while (count < MOST && row[BYTES * count + 2] > 0) count += 1;
  const cents = new Float64Array(count);
  const levels = new Float64Array(count);
  for (let index = 0; index < count; index += 1) {
    cents[index] = ((row[BYTES * index] << 8) | row[BYTES * index + 1]) / STEPS_PER_CENT;
    levels[index] = row[BYTES * index + 2] / STEPS_PER_DB + FLOOR_DB;
  }
  return { cents, levels };
}
