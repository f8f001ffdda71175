/** Lossy codecs: a round trip through ffmpeg's encoders and decoders. */

import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bytesOf, run } from "./process.ts";
import type { Random } from "./random.ts";

/** A codec with its settings. */
export interface Codec {
  readonly name: "mp3" | "aac" | "opus" | "vorbis";
  /** Sample rate of the encoded file, in hertz. */
  readonly rate: number;
  /** Constant or average bit rate, in kbit/s; undefined for a variable rate by `quality`. */
  readonly kilobits: number | undefined;
  /** The encoder's own scale of quality, when the bit rate is variable. */
  readonly quality: number | undefined;
}

/** Rate at which copies are kept, in hertz. */
export const KEPT_RATE = 22_050;

const ENCODERS = { mp3: "libmp3lame", aac: "aac", opus: "libopus", vorbis: "libvorbis" } as const;
/** Containers that say how much of the start is the codec's own delay, so that decoding takes it off again. */
const CONTAINERS = { mp3: "mp3", aac: "m4a", opus: "ogg", vorbis: "ogg" } as const;
/** Frames longer than the sound by less than this are silence that the codec's blocks added, in seconds. */
const PADDING = 0.1;

/** A codec as recordings of amateurs have been through: mostly MP3 and AAC, seldom very low rates. */
export function drawCodec(random: Random, channels: number): Codec {
  const name = random.pick(["mp3", "mp3", "mp3", "aac", "aac", "aac", "opus", "vorbis"] as const);
  // Half of a pair's bits serve one channel well enough.
  const bits = (lowest: number, highest: number): number =>
    Math.round(random.logUniform(lowest, highest) * (channels === 2 ? 1.6 : 1));
  switch (name) {
    case "mp3": {
      const variable = random.chance(0.3);
      const rate = random.pick([44_100, 44_100, 44_100, 48_000, 32_000, 22_050]);
      const choices =
        rate === 22_050 ? [48, 56, 64, 96, 128] : [48, 64, 80, 96, 128, 128, 160, 192, 256, 320];
      const kilobits = random.pick(choices);
      const quality = Math.floor(random.uniform(0, 10));
      return variable
        ? { name, rate, kilobits: undefined, quality }
        : { name, rate, kilobits, quality: undefined };
    }
    case "aac":
      return {
        name,
        rate: random.pick([44_100, 44_100, 48_000, 32_000, 22_050]),
        kilobits: bits(32, 160),
        quality: undefined,
      };
    case "opus":
      return {
        name,
        rate: random.pick([48_000, 24_000, 16_000]),
        kilobits: bits(16, 96),
        quality: undefined,
      };
    case "vorbis":
      return {
        name,
        rate: random.pick([44_100, 48_000]),
        kilobits: undefined,
        quality: Math.floor(random.uniform(-1, 8)),
      };
  }
}

function interleaved(channels: readonly Float32Array<ArrayBuffer>[]): Float32Array<ArrayBuffer> {
  const [first, second] = channels;
  if (first === undefined) throw new Error("a sound has at least one channel");
  if (second === undefined) return first;
  const both = new Float32Array(2 * first.length);
  for (let i = 0; i < first.length; i++) {
    both[2 * i] = first[i];
    both[2 * i + 1] = second[i];
  }
  return both;
}

/** A sound to send through a codec. */
export interface CodecInput {
  /** One or two channels, equally long. */
  readonly channels: readonly Float32Array<ArrayBuffer>[];
  /** Their sample rate, in hertz. */
  readonly rate: number;
  readonly codec: Codec;
}

/**
 * Sounds through their codecs, decoded to mono at `KEPT_RATE`, each as long as it was; the codecs' delay is taken off.
 * All in two runs of `ffmpeg`, whose start costs more than the coding of a short sound. Needs libmp3lame, libopus and
 * libvorbis in it.
 */
export async function throughCodecs(inputs: readonly CodecInput[]): Promise<Float32Array<ArrayBuffer>[]> {
  if (inputs.length === 0) return [];
  const folder = await mkdtemp(join(tmpdir(), "codec-"));
  try {
    // Files, not pipes: an encoder goes back to write how long the sound is and what of it to skip.
    const files = inputs.map(({ codec }, i) => ({
      raw: join(folder, `${i}.raw`),
      coded: join(folder, `${i}.${CONTAINERS[codec.name]}`),
      decoded: join(folder, `${i}.f32`),
    }));
    const each = <Item>(of: (input: CodecInput, file: (typeof files)[number], i: number) => Item): Item[] =>
      inputs.flatMap((input, i) => files.slice(i, i + 1).map((file) => of(input, file, i)));
    await Promise.all(each(({ channels }, { raw }) => writeFile(raw, bytesOf(interleaved(channels)))));
    await run("ffmpeg", [
      ...["-v", "error", "-y"],
      ...each(({ channels, rate }, { raw }) => [
        ...["-f", "f32le", "-ar", `${rate}`, "-ac", `${channels.length}`, "-i", raw],
      ]).flat(),
      ...each(({ codec }, { coded }, i) => ["-map", `${i}`, ...encoding(codec), coded]).flat(),
    ]);
    await run("ffmpeg", [
      ...["-v", "error", "-y"],
      ...files.flatMap(({ coded }) => ["-threads", "1", "-i", coded]),
      ...files.flatMap(({ decoded }, i) => [
        ...["-map", `${i}:a`, "-ac", "1", "-ar", `${KEPT_RATE}`, "-f", "f32le", decoded],
      ]),
    ]);
    return await Promise.all(
      each(async ({ channels, rate, codec }, { decoded }) => {
        const samples = new Float32Array(new Uint8Array(await readFile(decoded)).buffer);
        return fitted(samples, Math.floor(((channels[0]?.length ?? 0) * KEPT_RATE) / rate), codec);
      }),
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

function encoding(codec: Codec): string[] {
  const bits = codec.kilobits === undefined ? [] : ["-b:a", `${codec.kilobits}k`];
  const quality = codec.quality === undefined ? [] : ["-q:a", `${codec.quality}`];
  return ["-c:a", ENCODERS[codec.name], "-threads", "1", "-ar", `${codec.rate}`, ...bits, ...quality];
}

/** Cut or filled up with silence to the wanted length. Throws if it's off by more than a codec's blocks. */
function fitted(sound: Float32Array<ArrayBuffer>, wanted: number, codec: Codec): Float32Array<ArrayBuffer> {
  if (Math.abs(sound.length - wanted) > PADDING * KEPT_RATE) {
    throw new Error(`${codec.name} gave ${sound.length} samples for ${wanted}`);
  }
  const result = new Float32Array(wanted);
  result.set(sound.subarray(0, wanted));
  return result;
}
