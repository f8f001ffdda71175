import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createResamplingKernel, type ResamplingKernel } from "../../src/signal/resampling-kernel.ts";
import { createNoteKernel, type NoteKernel } from "../../src/transcription/kernel.ts";

/** What the tests use of the platform's WebAssembly: its types come with the DOM's, which aren't wanted here. */
declare const WebAssembly: {
  readonly Module: {
    new (bytes: Uint8Array<ArrayBuffer>): object;
    imports(module: object): unknown[];
  };
  readonly Instance: new (module: object) => { readonly exports: object };
};

const require = createRequire(import.meta.url);

const WASM = require.resolve("@crescendai/note-kernel/note-kernel.wasm");
const RESAMPLING_WASM = require.resolve("@crescendai/resampling-kernel/resampling-kernel.wasm");
const WEIGHTS = require.resolve("@crescendai/note-kernel/basic-pitch.bin");

function bytesOf(path: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(path));
}

/** The bytes of `basic-pitch.bin`. */
export function kernelWeights(): Uint8Array {
  return bytesOf(WEIGHTS);
}

/** What a fresh instance of the kernel exports. */
export function kernelExports(path = WASM): object {
  return new WebAssembly.Instance(new WebAssembly.Module(bytesOf(path))).exports;
}

/** What the kernel wants to be given by whoever instantiates it. */
export function kernelImports(): unknown[] {
  return WebAssembly.Module.imports(new WebAssembly.Module(bytesOf(WASM)));
}

/** The note kernel as its package built it. */
export function openKernel(): NoteKernel {
  return createNoteKernel(kernelExports(), kernelWeights());
}

/** The resampling kernel as its package built it. */
export function openResamplingKernel(): ResamplingKernel {
  return createResamplingKernel(kernelExports(RESAMPLING_WASM));
}
