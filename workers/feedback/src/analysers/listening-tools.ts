import noteKernelWeights from "@crescendai/note-kernel/basic-pitch.bin";
import noteKernel from "@crescendai/note-kernel/note-kernel.wasm";
import {
  createNoteKernel,
  createSignalKernel,
  type ListeningTools,
  parseListeningModel,
} from "@crescendai/performance-analysis";
import listeningModel from "@crescendai/performance-analysis/listening-model.bin";
import signalKernel from "@crescendai/signal-kernel/signal-kernel.wasm";

let tools: ListeningTools | null = null;

/**
 * What listening needs, made once in an isolate, when it is first needed. Analyses may share it: the kernels do one thing at a
 * time, within one turn of the event loop, and keep nothing of it.
 */
export function listeningTools(): ListeningTools {
  tools ??= {
    kernel: createNoteKernel(new WebAssembly.Instance(noteKernel).exports, noteKernelWeights),
    signal: createSignalKernel(new WebAssembly.Instance(signalKernel).exports),
    model: parseListeningModel(new Uint8Array(listeningModel)),
  };
  return tools;
}
