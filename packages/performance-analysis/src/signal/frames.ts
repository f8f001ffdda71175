import { LISTENING_RATE } from "./resample.ts";

/** Samples from one frame to the next: 11.6 ms at 22,050 Hz, finer than the ±25 ms that an onset is wanted to. */
export const HOP = 256;
/** Samples of a spectrum: 46 ms, the usual compromise for onsets (Bello et al. 2005; Böck & Widmer 2013). */
export const WINDOW = 1024;
/** Frames per second. */
export const FRAME_RATE = LISTENING_RATE / HOP;

/**
 * What is kept of the sound: one value per hop of 256 samples at 22,050 Hz.
 * `power` and `weighted` are mean squares over hop h (samples 256 h to 256 h + 255), plain and K-weighted; the others
 * belong to the spectrum of samples 256 f to 256 f + 1023.
 */
export type FrameCurves = {
  readonly power: Float32Array;
  readonly weighted: Float32Array;
  /** Onset strength, 0 and up: rise of the log spectrum, mean over bands. */
  readonly strength: Float32Array;
  /** Spectral flatness, 0 (tones) to about 0.6 (noise). */
  readonly flatness: Float32Array;
  /** Frequency of the strongest partial, in Hz. */
  readonly peakFrequency: Float32Array;
};
