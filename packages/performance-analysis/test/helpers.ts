import type { Analysis } from "@crescendai/contracts";
import { createListener } from "../src/index.ts";
import { every, renderPiano, type WavOptions, wavFile } from "./piano.ts";

/** Listens to a whole file in pieces of 64 KiB; a file that can't be listened to fails the test. */
export function listenTo(file: Uint8Array): Analysis {
  const listener = createListener();
  for (let start = 0; start < file.length; start += 65_536)
    listener.push(file.subarray(start, start + 65_536));
  const result = listener.finish();
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
}

/** Listens to sound at 22,050 Hz. */
export function hear(sound: Float32Array, options: WavOptions = {}): Analysis {
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
