import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createSignalKernel, type SignalKernel } from "../../src/signal/signal-kernel.ts";
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
const SIGNAL_WASM = require.resolve("@crescendai/signal-kernel/signal-kernel.wasm");
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

/** The signal kernel as its package built it. */
export function openSignalKernel(): SignalKernel {
  return createSignalKernel(kernelExports(SIGNAL_WASM));
}
