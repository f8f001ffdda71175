/// <reference types="node" />
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { bytesAsSource } from "../../src/decode/byte-source.ts";
import { type DecodedSound, type DecodeOptions, decodeAudio } from "../../src/decode/decode-audio.ts";
import type { Result } from "../../src/result.ts";
import { openSignalKernel } from "../transcription/open-kernel.ts";

/** One for all files, as in the product. */
export const KERNEL = openSignalKernel();

/** Property tests take the same way every time. */
export const SEED = 20_261_123;

export function fixture(name: string): Uint8Array {
  return new Uint8Array(readFileSync(join(import.meta.dirname, "fixtures", name)));
}

export type Decoded = {
  readonly result: Result<DecodedSound>;
  readonly mono: Float32Array;
  readonly peak: Float32Array;
  /** Reads of the source, and the bytes that they brought. */
  readonly reads: number;
  readonly bytesRead: number;
};

export async function decode(file: Uint8Array, options: DecodeOptions = {}): Promise<Decoded> {
  const whole = bytesAsSource(file);
  let reads = 0;
  let bytesRead = 0;
  const source = {
    size: whole.size,
    read: async (offset: number, length: number) => {
      const bytes = await whole.read(offset, length);
      reads += 1;
      bytesRead += bytes.length;
      return bytes;
    },
  };
  const mono: Float32Array[] = [];
  const peak: Float32Array[] = [];
  const result = await decodeAudio(
    source,
    KERNEL,
    (block) => {
      mono.push(block.mono.slice());
      peak.push(block.peak.slice());
    },
    options,
  );
  return { result, mono: join32(mono), peak: join32(peak), reads, bytesRead };
}

/** What was decoded of a file that can be; another fails the test. */
export async function decoded(file: Uint8Array, options?: DecodeOptions) {
  const { result, ...rest } = await decode(file, options);
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return { ...rest, ...result.value };
}

/** Why a file can't be decoded; one that can fails the test. */
export async function refused(file: Uint8Array) {
  const { result } = await decode(file);
  if (result.ok) throw new Error(`decoded: ${JSON.stringify(result.value)}`);
  return result.error;
}

/** Decibels by which `expected` is above its difference to `actual`, from sample `from` on. */
export function signalToNoise(actual: Float32Array, expected: ArrayLike<number>, from = 0): number {
  let signal = 0;
  let noise = 0;
  for (let at = from; at < expected.length; at += 1) {
    signal += expected[at] ** 2;
    noise += (expected[at] - actual[at]) ** 2;
  }
  return 10 * Math.log10(signal / noise);
}

/** Where two sounds begin to differ, or "same": a comparison that stays short where it fails. */
export function difference(actual: Float32Array, expected: Float32Array): string {
  const at = actual.findIndex((sample, index) => sample !== expected[index]);
  if (at >= 0) return `${actual[at]} instead of ${expected[at]} at ${at}`;
  return actual.length === expected.length
    ? "same"
    : `${actual.length} samples instead of ${expected.length}`;
}

/** The shift in samples, up to `reach`, at which `actual` is most like `expected`; positive: it comes late. */
export function delayOf(actual: Float32Array, expected: Float32Array, reach: number): number {
  let best = Number.NEGATIVE_INFINITY;
  let delay = 0;
  // A stretch with a few onsets is enough.
  const end = Math.min(expected.length - reach, reach + 15_000);
  for (let shift = -reach; shift <= reach; shift += 1) {
    let sum = 0;
    for (let at = reach; at < end; at += 1) sum += expected[at] * actual[at + shift];
    if (sum > best) {
      best = sum;
      delay = shift;
    }
  }
  return delay;
}

function join32(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
