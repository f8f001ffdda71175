import noteKernelWeights from "@crescendai/note-kernel/basic-pitch.bin";
import noteKernel from "@crescendai/note-kernel/note-kernel.wasm";
import {
  createNoteKernel,
  createResamplingKernel,
  type ListeningTools,
  parseListeningModel,
} from "@crescendai/performance-analysis";
import listeningModel from "@crescendai/performance-analysis/listening-model.bin";
import resamplingKernel from "@crescendai/resampling-kernel/resampling-kernel.wasm";

let tools: ListeningTools | null = null;

/**
 * What listening needs, made once in an isolate, when it is first needed. Analyses may share it: the kernels do one thing at a
 * time, within one turn of the event loop, and keep nothing of it.
 */
export function listeningTools(): ListeningTools {
  tools ??= {
    kernel: createNoteKernel(new WebAssembly.Instance(noteKernel).exports, noteKernelWeights),
    resampling: createResamplingKernel(new WebAssembly.Instance(resamplingKernel).exports),
    model: parseListeningModel(new Uint8Array(listeningModel)),
  };
  return tools;
}
