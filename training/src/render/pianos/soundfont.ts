/** Pianos of soundfonts, played by FluidSynth. */

import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Performance } from "../performance.ts";
import { run } from "../process.ts";
import { findAttack } from "./attack.ts";
import { type Preset, writePerformance } from "./midi-file.ts";
import {
  PIANO_RATE,
  type Piano,
  type PianoSetup,
  PLAIN_SETUP,
  renderLength,
  type StereoSound,
} from "./piano.ts";

/** Seconds of silence before the performance's time 0, so that onsets can be moved forward. */
const LEAD = 0.25;
/** Full-scale notes of ten fingers stay within ±1 at this gain; the output is float, so nothing is lost beyond it. */
const GAIN = 0.3;

/** Keys of a piano. */
const LOWEST = 21;
const HIGHEST = 108;
/** The latency of each key is measured on notes of this length and distance, in seconds, at this velocity. */
const TEST_NOTE = { length: 0.4, distance: 1.2, velocity: 90 } as const;

/** A soundfont file and one of its sounds. */
export interface SoundfontPreset extends Preset {
  readonly name: string;
  /** Path of the .sf2 file. */
  readonly file: string;
}

async function synthesise(
  file: string,
  midi: Uint8Array,
  folder: string,
): Promise<Float32Array<ArrayBuffer>> {
  const input = join(folder, "performance.mid");
  const output = join(folder, "sound.raw");
  await writeFile(input, midi);
  await run("fluidsynth", [
    ...["-n", "-i", "-q", "-R", "0", "-C", "0", "-g", `${GAIN}`, "-r", `${PIANO_RATE}`],
    // Only the samples of the preset in use are loaded: a large soundfont starts in half a second less.
    ...["-o", "synth.dynamic-sample-loading=1", "-o", "synth.polyphony=512"],
    // Bank numbers as most soundfonts mean them: controller 0 alone.
    ...["-o", "synth.midi-bank-select=gs"],
    ...["-O", "float", "-T", "raw", "-F", output],
    file,
    input,
  ]);
  return new Float32Array(new Uint8Array(await readFile(output)).buffer);
}

async function inTemporaryFolder<Result>(use: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "soundfont-"));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Every key once, one after the other. */
function chromaticScale(): Performance {
  const notes = Array.from({ length: HIGHEST - LOWEST + 1 }, (_, i) => ({
    onset: i * TEST_NOTE.distance,
    offset: i * TEST_NOTE.distance + TEST_NOTE.length,
    pitch: LOWEST + i,
    velocity: TEST_NOTE.velocity,
  }));
  return { notes, pedal: [], softPedal: [], duration: notes.length * TEST_NOTE.distance };
}

/** Seconds from a key's note-on to its sound, for each key from `LOWEST` on, by playing all of them. */
async function measureLatency(preset: SoundfontPreset): Promise<number[]> {
  const scale = chromaticScale();
  const midi = writePerformance(scale, PLAIN_SETUP, preset, LEAD, () => 0);
  const sound = await inTemporaryFolder((folder) => synthesise(preset.file, midi, folder));
  return scale.notes.map(({ onset }) => {
    const from = Math.round((onset + LEAD) * PIANO_RATE);
    const attack = findAttack(sound, 2, from, from + Math.round(TEST_NOTE.length * PIANO_RATE));
    return Number(((attack - from) / PIANO_RATE).toFixed(5));
  });
}

async function latencies(preset: SoundfontPreset, cache: string): Promise<readonly number[]> {
  const folder = join(cache, "latency");
  const file = join(folder, `${preset.name}.json`);
  const kept = await readFile(file, "utf8").catch(() => undefined);
  if (kept !== undefined) {
    const parsed: unknown = JSON.parse(kept);
    if (Array.isArray(parsed) && parsed.every((value) => typeof value === "number")) return parsed;
  }
  const measured = await measureLatency(preset);
  await mkdir(folder, { recursive: true });
  await writeFile(file, JSON.stringify(measured));
  return measured;
}

/**
 * A piano of a soundfont. Needs the program `fluidsynth`. The delay from note-on to sound, which differs from key to
 * key, is measured once, kept in `cache`, and taken off, so that onsets stand where they were played.
 */
export function createSoundfontPiano(preset: SoundfontPreset, cache: string): Piano {
  let measured: Promise<readonly number[]> | undefined;
  return {
    name: preset.name,
    async render(performance: Performance, setup: PianoSetup): Promise<StereoSound> {
      measured ??= latencies(preset, cache);
      const latency = await measured;
      return play(preset, performance, setup, (pitch) => latency[pitch - LOWEST] ?? 0);
    },
  };
}

/** Any instrument of a soundfont. Its onsets come as late as its samples begin: nothing is measured or taken off. */
export function createSoundfontInstrument(preset: SoundfontPreset): Piano {
  return {
    name: preset.name,
    render: (performance, setup) => play(preset, performance, setup, () => 0),
  };
}

async function play(
  preset: SoundfontPreset,
  performance: Performance,
  setup: PianoSetup,
  latency: (pitch: number) => number,
): Promise<StereoSound> {
  const midi = writePerformance(performance, setup, preset, LEAD, latency);
  const sound = await inTemporaryFolder((folder) => synthesise(preset.file, midi, folder));
  return separate(sound, Math.round(LEAD * PIANO_RATE), renderLength(performance));
}

/** The channels of interleaved sound, `length` frames from `start` on; silence beyond its end. */
function separate(interleaved: Float32Array, start: number, length: number): StereoSound {
  const left = new Float32Array(length);
  const right = new Float32Array(length);
  for (let i = 0; i < length; i++) {
    left[i] = interleaved[2 * (start + i)] ?? 0;
    right[i] = interleaved[2 * (start + i) + 1] ?? 0;
  }
  return { left, right };
}
