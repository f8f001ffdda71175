import noteKernelWeights from "@crescendai/note-kernel/basic-pitch.bin";
import noteKernel from "@crescendai/note-kernel/note-kernel.wasm";
import { createNoteKernel, type ListeningTools, parseListeningModel } from "@crescendai/performance-analysis";
import listeningModel from "@crescendai/performance-analysis/listening-model.bin";

let tools: ListeningTools | null = null;

/**
 * What listening needs, made once in an isolate, when it is first needed. Analyses may share it: the kernel hears one window
 * at a time, within one turn of the event loop, and keeps nothing of it.
 */
export function listeningTools(): ListeningTools {
  tools ??= {
    kernel: createNoteKernel(new WebAssembly.Instance(noteKernel).exports, noteKernelWeights),
    model: parseListeningModel(new Uint8Array(listeningModel)),
  };
  return tools;
}
