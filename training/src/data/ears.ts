import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import {
  createNoteKernel,
  createPosteriorStream,
  createSpectrogram,
  type NoteKernel,
} from "@crescendai/performance-analysis/listening";
import type { HeardRender } from "./heard-file.ts";

/** The note kernel as the product uses it, instantiated under Node. */
export async function openNoteKernel(): Promise<NoteKernel> {
  const require = createRequire(import.meta.url);
  const module = await WebAssembly.compile(
    await readFile(require.resolve("@crescendai/note-kernel/note-kernel.wasm")),
  );
  const weights = await readFile(require.resolve("@crescendai/note-kernel/basic-pitch.bin"));
  return createNoteKernel((await WebAssembly.instantiate(module)).exports, weights);
}

/** Hears mono sound at 22.05 kHz. */
export function hear(kernel: NoteKernel, sound: Float32Array): HeardRender {
  const posteriors = createPosteriorStream(kernel);
  const spectrogram = createSpectrogram();
  posteriors.push(sound);
  spectrogram.push(sound);
  return { posteriors: posteriors.finish(), spectrogram: spectrogram.spectrogram() };
}
