/** Which segments of the data set serve for what in transcription. */

import { readdir } from "node:fs/promises";

/** The file names of the segments, apart by use. */
export interface TranscriptionSegments {
  /** For fitting the networks that judge onsets. */
  readonly fitting: readonly string[];
  /** For choosing thresholds. */
  readonly tuning: readonly string[];
  /** For the benchmark: no player's version of these passages is in the other two. */
  readonly report: readonly string[];
}

/** One segment in so many is for tuning or for the report, beginning with this one: forty of 886. */
const EVERY = 22;
const FIRST = 7;

/** `Schubert_D960_mv2_8bars_1_01.mid`, performer 1, passage 1 → the same for all performers. */
export function passageOf(file: string): string {
  return file.replace(/_[^_]+_(\d+)\.mid$/, "_$1");
}

/** Divides the MIDI files of a folder. */
export async function readSegments(folder: string): Promise<TranscriptionSegments> {
  const files = (await readdir(folder)).filter((name) => name.endsWith(".mid")).sort();
  const chosen = files.filter((_, index) => index % EVERY === FIRST);
  const report = chosen.filter((_, index) => index % 2 === 1);
  const reserved = new Set(report.map(passageOf));
  const free = (file: string) => !reserved.has(passageOf(file));
  const tuning = chosen.filter((file, index) => index % 2 === 0 && free(file));
  return {
    fitting: files.filter((file) => free(file) && !chosen.includes(file)),
    tuning,
    report,
  };
}
