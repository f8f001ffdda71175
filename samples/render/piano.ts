/** The instrument: samples of the Salamander Grand Piano, fetched with npm, decoded, levelled. */

import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** Sample rate of the samples and of the rendering, in hertz. */
export const SAMPLE_RATE = 44_100;

/** Velocity layers used, and the highest MIDI velocity for which each is taken. */
const LAYERS = [
  { layer: 5, upTo: 52 },
  { layer: 8, upTo: 70 },
  { layer: 11, upTo: 127 },
] as const;

const DECODER = "mpg123-decoder";
const PACKAGES = [`${DECODER}@1.0.3`, ...LAYERS.map(({ layer }) => `${samplePackage(layer)}@1.0.5`)];

/** The pitches within an octave that were sampled: every minor third. */
const SAMPLED = new Map([
  [0, "C"],
  [3, "D#"],
  [6, "F#"],
  [9, "A"],
]);

/** The part of the peak at which a sample's attack is taken to begin. */
const ATTACK = 0.1;
/** Kept of the sample before its attack, in seconds; faded in. */
const BEFORE_ATTACK = 0.004;
/** What a sample's level is measured over, in seconds. */
const LEVEL_WINDOW = 0.5;

/** One recorded key, ready to play. */
export interface Sample {
  /** MIDI note number of the recorded key. */
  readonly pitch: number;
  /** One channel at `SAMPLE_RATE`, root mean square 1 over the first half second. */
  readonly audio: Float32Array;
  /** Where the attack is in `audio`, in seconds. */
  readonly attack: number;
}

/** Gives the sample to play for a MIDI pitch and velocity. */
export type Piano = (pitch: number, velocity: number) => Promise<Sample>;

interface Decoder {
  readonly ready: Promise<void>;
  reset(): Promise<void>;
  decode(mp3: Uint8Array): { readonly channelData: readonly Float32Array[]; readonly sampleRate: number };
}

function samplePackage(layer: number): string {
  return `@audio-samples/piano-mp3-velocity${layer}`;
}

function isDecoderModule(module: unknown): module is { MPEGDecoder: new () => Decoder } {
  return (
    typeof module === "object" &&
    module !== null &&
    "MPEGDecoder" in module &&
    typeof module.MPEGDecoder === "function"
  );
}

/**
 * The right microphone alone: the two hear each key in differing phase, and their sum cancels some of them by
 * up to 8 dB. Cut to its attack and brought to a common level, so that loudness is the velocity's and nothing
 * else's.
 */
function prepare(channels: readonly Float32Array[]): Omit<Sample, "pitch"> {
  const channel = channels[1];
  if (channel === undefined) throw new Error("expected a sample in stereo");
  const peak = channel.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const attack = channel.findIndex((value) => Math.abs(value) > ATTACK * peak);
  const start = Math.max(0, attack - Math.round(BEFORE_ATTACK * SAMPLE_RATE));
  const window = channel.subarray(start, start + Math.round(LEVEL_WINDOW * SAMPLE_RATE));
  const level = Math.sqrt(window.reduce((sum, value) => sum + value * value, 0) / window.length);
  const lead = attack - start;
  const audio = channel.slice(start).map((value, i) => (value * Math.min(1, i / lead)) / level);
  return { audio, attack: lead / SAMPLE_RATE };
}

/** Fetches the samples into a temporary folder, hands the piano to `play`, and clears up behind it. */
export async function withPiano<Result>(play: (piano: Piano) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "piano-"));
  try {
    execFileSync(
      "npm",
      [
        "install",
        "--prefix",
        folder,
        "--no-audit",
        "--no-fund",
        "--ignore-scripts",
        "--loglevel=error",
        ...PACKAGES,
      ],
      { cwd: folder, stdio: "inherit" },
    );
    const modules = join(folder, "node_modules");
    const module: unknown = await import(pathToFileURL(join(modules, DECODER, "index.js")).href);
    if (!isDecoderModule(module)) throw new Error(`${DECODER} has no MPEGDecoder`);
    const decoder = new module.MPEGDecoder();
    await decoder.ready;
    const prepared = new Map<string, Sample>();

    return await play(async (pitch, velocity) => {
      const nearest = Math.round(pitch / 3) * 3;
      const layer = LAYERS.find(({ upTo }) => velocity <= upTo)?.layer ?? LAYERS[2].layer;
      const name = `${SAMPLED.get(nearest % 12)}${Math.floor(nearest / 12) - 1}v${layer}`;
      const known = prepared.get(name);
      if (known !== undefined) return known;
      await decoder.reset();
      const decoded = decoder.decode(
        await readFile(join(modules, samplePackage(layer), "audio", `${name}.mp3`)),
      );
      if (decoded.sampleRate !== SAMPLE_RATE) throw new Error(`${name}: unexpected sample rate`);
      const sample = { pitch: nearest, ...prepare(decoded.channelData) };
      prepared.set(name, sample);
      return sample;
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}
