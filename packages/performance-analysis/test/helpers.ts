import { readFileSync } from "node:fs";
import type { Analysis } from "@crescendai/contracts";
import { analyse, bytesAsSource, type ListeningTools, parseListeningModel } from "../src/index.ts";
import { every, renderPiano, type WavOptions, wavFile } from "./piano.ts";
import { openKernel, openSignalKernel } from "./transcription/open-kernel.ts";

const MODEL_FILE = new URL("../model/listening-model.bin", import.meta.url);

/** The kernels and the model of the product, opened once for a test file. */
export const TOOLS: ListeningTools = {
  kernel: openKernel(),
  signal: openSignalKernel(),
  model: parseListeningModel(new Uint8Array(readFileSync(MODEL_FILE))),
};

/** Listens to a whole file; one that can't be listened to fails the test. */
export async function listenTo(file: Uint8Array): Promise<Analysis> {
  const result = await analyse(bytesAsSource(file), TOOLS);
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
}

/** Listens to sound, at 22,050 Hz unless the options say another rate. */
export function hear(sound: Float32Array, options: WavOptions = {}): Promise<Analysis> {
  return listenTo(wavFile(sound, options));
}

/** The findings of one kind. */
export function findingsOf(analysis: Analysis, kind: Analysis["findings"][number]["kind"]) {
  return analysis.findings.filter((finding) => finding.kind === kind);
}

/** Repeated notes with levels that follow a curve: what a scale with a crescendo is. */
export function shaped(seconds: number, levelAt: (time: number) => number): Float32Array {
  const notes = every(0.3, 0.5, seconds - 0.5).map((time, index) => ({
    time,
    pitch: [60, 62, 64, 65][index % 4] ?? 60,
    level: levelAt(time),
    length: 0.28,
  }));
  return renderPiano(notes, seconds);
}

/** A level that goes from one to the other between two instants. */
export function rampLevel(from: number, to: number, start: number, end: number) {
  return (time: number) => from + (to - from) * Math.min(1, Math.max(0, (time - start) / (end - start)));
}
