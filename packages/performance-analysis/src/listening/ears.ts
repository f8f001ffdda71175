import { createSpectrogram, type Spectrogram } from "../features/spectrogram.ts";
import { createPartials, type Partials } from "../instrument/partials.ts";
import type { Note } from "../music/note.ts";
import { createFrameAnalyser } from "../signal/frame-analyser.ts";
import type { FrameCurves } from "../signal/frames.ts";
import type { SignalKernel } from "../signal/signal-kernel.ts";
import { extractNotes } from "../transcription/extract-notes.ts";
import type { NoteKernel } from "../transcription/kernel.ts";
import { createPosteriorStream } from "../transcription/posteriors.ts";

/** What is left of the sound once all of it is heard. */
export interface HeardSound {
  readonly curves: FrameCurves;
  readonly spectrogram: Spectrogram;
  readonly partials: Partials;
  readonly notes: readonly Note[];
}

export interface Ears {
  /** Takes mono samples at 22,050 Hz, in any chunking: the result doesn't depend on it. */
  push(samples: Float32Array): void;
  /** After the last samples. Call once. */
  finish(): HeardSound;
}

/**
 * Hears one recording: its level and onsets, its spectrum, the partials of what sounds, and the notes. Keeps some 30 kB a second
 * until it has found these, and never the samples.
 */
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
      partials: partials.partials(),
      notes: extractNotes(posteriors.finish(), kernel),
    }),
  };
}
