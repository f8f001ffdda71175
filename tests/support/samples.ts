import { readFileSync } from "node:fs";
import { join } from "node:path";

type Bytes = Uint8Array<ArrayBuffer>;

const ROOT = join(import.meta.dirname, "../..");
const read = (path: string): Bytes => new Uint8Array(readFileSync(join(ROOT, path)));

/** The repository's sample, a piano (samples/README.md), and the same as telephones save it (tests/fixtures/README.md). */
export const MINUET = {
  WAV: { mime: "audio/wav", bytes: read("samples/petzold-minuet-in-g.wav") },
  MP3: { mime: "audio/mpeg", bytes: read("tests/fixtures/petzold-minuet-in-g.mp3") },
  M4A: { mime: "audio/mp4", bytes: read("tests/fixtures/petzold-minuet-in-g.m4a") },
} as const;

/** Seconds of the sample. */
export const MINUET_SECONDS = 23.68;
/** Samples a second of {@link minuetStart}. */
export const MINUET_RATE = 44_100;

/** The sample's first seconds, −1 to 1. */
export function minuetStart(seconds: number): Float32Array {
  // Behind a header of 44 bytes it is one channel of 16 bits.
  const data = new Int16Array(MINUET.WAV.bytes.buffer, 44, seconds * MINUET_RATE);
  return Float32Array.from(data, (sample) => sample / 32_768);
}

/** Ten seconds of what isn't a piano, MP3 (tests/fixtures/README.md). */
export function noPiano(name: "nylon-guitar" | "steel-guitar" | "drums" | "speech"): Bytes {
  return read(`tests/fixtures/${name}.mp3`);
}
