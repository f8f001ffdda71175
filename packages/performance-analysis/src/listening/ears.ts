import { createSpectrogram, type Spectrogram } from "../features/spectrogram.ts";
import { createPartials, type Partials } from "../instrument/partials.ts";
import { createFrameAnalyser } from "../signal/frame-analyser.ts";
import type { FrameCurves } from "../signal/frames.ts";
import type { SignalKernel } from "../signal/signal-kernel.ts";
import type { NoteKernel } from "../transcription/kernel.ts";
import { createPosteriorStream, type Posteriors } from "../transcription/posteriors.ts";

/** Everything that is kept of the sound: some 30 kB a second, and never the samples. */
export interface HeardSound {
  readonly curves: FrameCurves;
  readonly spectrogram: Spectrogram;
  readonly posteriors: Posteriors;
  readonly partials: Partials;
}

export interface Ears {
  /** Takes mono samples at 22,050 Hz, in any chunking: the result doesn't depend on it. */
  push(samples: Float32Array): void;
  /** After the last samples. Call once. */
  finish(): HeardSound;
}

/** Hears one recording: its level and onsets, its spectrum, and which keys sound and are
 * struck, and the partials of what sounds. */
export function createEars(kernel: NoteKernel, signal: SignalKernel): Ears {
  const frames = createFrameAnalyser(signal);
  const spectrogram = createSpectrogram(signal);
  const posteriors = createPosteriorStream(kernel);
  const partials = createPartials(signal);
  return {
    push(samples) {
      frames.push(samples);
      spectrogram.push(samples);
      posteriors.push(samples);
      partials.push(samples);
    },
    finish: () => ({
      curves: frames.curves(),
      spectrogram: spectrogram.spectrogram(),
      posteriors: posteriors.finish(),
      partials: partials.partials(),
    }),
  };
}
