import { execFileSync, spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { writePerformance } from "./performance.ts";

/** A recording to listen to. */
export interface BenchRecording {
  readonly file: string;
  readonly format: "WAV" | "MP3" | "M4A" | "FLAC";
  readonly type: string;
  readonly seconds: number;
}

/** ffmpeg's arguments for each format that needs an encoder. */
const ENCODERS = [
  { format: "MP3", type: "audio/mpeg", arguments: ["-c:a", "libmp3lame", "-b:a", "192k"] },
  { format: "M4A", type: "audio/mp4", arguments: ["-c:a", "aac", "-b:a", "192k"] },
  { format: "FLAC", type: "audio/flac", arguments: ["-c:a", "flac"] },
] as const;

/** The encoders of MP3, M4A and FLAC are ffmpeg's: without it, only WAV is measured. */
export function hasEncoder(): boolean {
  return spawnSync("ffmpeg", ["-version"]).status === 0;
}

/**
 * Makes recordings of the lengths asked for, in seconds, 44.1 kHz stereo and 192 kbit/s: in every format those of
 * `everyFormat`, as MP3 (WAV at 16 kHz mono, which fits an upload, without an encoder) those of `longer`.
 */
export function makeRecordings(
  folder: string,
  everyFormat: readonly number[],
  longer: readonly number[],
): BenchRecording[] {
  const encoders = hasEncoder() ? ENCODERS : [];
  if (encoders.length === 0) console.log("No ffmpeg here: MP3, M4A and FLAC are left out.");
  const recordings: BenchRecording[] = [];
  for (const seconds of everyFormat) {
    const file = `${seconds}.wav`;
    writePerformance(join(folder, file), { seconds, sampleRate: 44_100, channels: 2 });
    recordings.push({ file, format: "WAV", type: "audio/wav", seconds });
    for (const encoder of encoders) recordings.push(encode(folder, file, seconds, encoder));
  }
  const [mp3] = encoders;
  for (const seconds of longer) {
    const file = `${seconds}-long.wav`;
    const sound = mp3
      ? ({ sampleRate: 44_100, channels: 2 } as const)
      : ({ sampleRate: 16_000, channels: 1 } as const);
    writePerformance(join(folder, file), { seconds, ...sound });
    if (mp3) {
      recordings.push(encode(folder, file, seconds, mp3));
      rmSync(join(folder, file));
    } else recordings.push({ file, format: "WAV", type: "audio/wav", seconds });
  }
  return recordings;
}

function encode(
  folder: string,
  wav: string,
  seconds: number,
  encoder: (typeof ENCODERS)[number],
): BenchRecording {
  const file = `${seconds}.${encoder.format.toLowerCase()}`;
  execFileSync("ffmpeg", [
    "-v",
    "error",
    "-y",
    "-i",
    join(folder, wav),
    ...encoder.arguments,
    join(folder, file),
  ]);
  return { file, format: encoder.format, type: encoder.type, seconds };
}
