import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import {
  createNoteKernel,
  createPosteriorStream,
  createSignalKernel,
  createSpectrogram,
  type NoteKernel,
  type SignalKernel,
} from "@crescendai/performance-analysis/listening";
import type { HeardRender } from "./heard-file.ts";

const require = createRequire(import.meta.url);

/** The kernels as the product uses them, instantiated under Node. */
export interface Kernels {
  readonly kernel: NoteKernel;
  readonly signal: SignalKernel;
}

export async function openKernels(): Promise<Kernels> {
  const weights = await readFile(require.resolve("@crescendai/note-kernel/basic-pitch.bin"));
  return {
    kernel: createNoteKernel(
      await exportsOf(require.resolve("@crescendai/note-kernel/note-kernel.wasm")),
      weights,
    ),
    signal: createSignalKernel(
      await exportsOf(require.resolve("@crescendai/signal-kernel/signal-kernel.wasm")),
    ),
  };
}

async function exportsOf(file: string): Promise<object> {
  const module = await WebAssembly.compile(await readFile(file));
  return (await WebAssembly.instantiate(module)).exports;
}

/** Hears mono sound at 22.05 kHz. */
export function hear({ kernel, signal }: Kernels, sound: Float32Array): HeardRender {
  const posteriors = createPosteriorStream(kernel);
  const spectrogram = createSpectrogram(signal);
  posteriors.push(sound);
  spectrogram.push(sound);
  return { posteriors: posteriors.finish(), spectrogram: spectrogram.spectrogram() };
}
