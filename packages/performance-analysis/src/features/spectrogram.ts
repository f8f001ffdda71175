import { LISTENING_RATE } from "../signal/resample.ts";
import type { SignalKernel } from "../signal/signal-kernel.ts";
import { createSlidingWindow } from "../signal/sliding-window.ts";
import { createByteRows } from "./byte-rows.ts";

/** Samples from one frame to the next: 23 ms at 22,050 Hz, fine enough for how a string's sound begins and decays. */
export const SPECTROGRAM_HOP = 512;
/** Samples of a frame: 93 ms, so that neighbouring semitones part from about 200 Hz upwards. */
const WINDOW = 2048;
/** Frames per second. */
export const SPECTROGRAM_RATE = LISTENING_RATE / SPECTROGRAM_HOP;
/** Seconds from the beginning of a frame to its middle: what it holds belongs to that instant. */
export const FRAME_MIDDLE = WINDOW / 2 / LISTENING_RATE;

/** Hz; up to here bands are single bins, because semitones are narrower than the bins. */
const LINEAR_UP_TO = 205;
/** Hz; the lowest A of the piano, and the highest partials that survive every codec and microphone. */
const LOWEST = 27.5;
const HIGHEST = 8000;
/** dB of one step of a stored byte, and the level of the byte 0: half a decibel is far below any musical difference. */
const STEP_DB = 0.5;
const FLOOR_DB = -115;

/** Level of a stored byte, in dB relative to a full-scale sine. */
export function levelOfByte(byte: number): number {
  return FLOOR_DB + STEP_DB * byte;
}

/** Bands on a logarithmic axis, a semitone each where the bins allow it; levels in bytes. */
export interface Spectrogram {
  readonly frames: number;
  readonly bands: number;
  /** Level of a band in a frame, in dB relative to a full-scale sine. */
  level(frame: number, band: number): number;
  /** All levels of a frame as stored: see `levelOfByte`. */
  row(frame: number): Uint8Array;
}

export interface SpectrogramBuilder {
  /** Takes mono samples at 22,050 Hz, in any chunking. */
  push(samples: Float32Array): void;
  /** Everything up to the last whole frame. */
  spectrogram(): Spectrogram;
}

interface BandEdges {
  readonly first: number;
  readonly last: number;
  /** Hz, of its middle. */
  readonly centre: number;
}

const BANDS = layOutBands();
/** Number of bands. */
export const BAND_COUNT = BANDS.length;
/** Hz, the middle of each band. */
export const BAND_CENTRES: readonly number[] = BANDS.map(({ centre }) => centre);

function layOutBands(): BandEdges[] {
  const width = LISTENING_RATE / WINDOW;
  const bands: BandEdges[] = [];
  let bin = Math.round(LOWEST / width);
  for (; bin * width < LINEAR_UP_TO; bin += 1) bands.push({ first: bin, last: bin, centre: bin * width });
  for (let centre = LINEAR_UP_TO; centre < HIGHEST; centre *= 2 ** (1 / 12)) {
    const last = Math.max(bin, Math.round((centre * 2 ** (1 / 24)) / width) - 1);
    bands.push({ first: bin, last, centre: ((bin + last) / 2) * width });
    bin = last + 1;
  }
  return bands;
}

/** The band that holds a frequency in Hz; −1 outside of them. */
export function bandOf(frequency: number): number {
  const bin = Math.round((frequency * WINDOW) / LISTENING_RATE);
  if (bin < BANDS[0].first || bin > BANDS[BANDS.length - 1].last) return -1;
  let low = 0;
  let high = BANDS.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (BANDS[middle].first <= bin) low = middle;
    else high = middle - 1;
  }
  return low;
}

function byteOfBand(spectrum: Float32Array, { first, last }: BandEdges): number {
  let power = 1e-12;
  for (let bin = first; bin <= last; bin += 1) power += spectrum[bin] * spectrum[bin];
  const steps = Math.round((10 * Math.log10(power) - FLOOR_DB) / STEP_DB);
  return Math.max(0, Math.min(255, steps));
}

/** Keeps the spectrum of a stream of samples as bytes: 3.6 kB a second, whatever becomes of it. */
export function createSpectrogram({ magnitudes }: SignalKernel): SpectrogramBuilder {
  const rows = createByteRows(BAND_COUNT);
  const row = new Uint8Array(BAND_COUNT);

  function keep(frame: Float32Array): void {
    const spectrum = magnitudes(frame);
    for (let band = 0; band < BAND_COUNT; band += 1) row[band] = byteOfBand(spectrum, BANDS[band]);
    rows.append(row);
  }

  return {
    push: createSlidingWindow(WINDOW, SPECTROGRAM_HOP, keep),
    spectrogram: () => ({
      frames: rows.length,
      bands: BAND_COUNT,
      level: (frame, band) => levelOfByte(rows.byte(frame, band)),
      row: (frame) => rows.row(frame),
    }),
  };
}
