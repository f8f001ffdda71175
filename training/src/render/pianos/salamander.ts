/** Salamander Grand Piano V3 by Alexander Holm (CC BY 3.0), from the npm packages that hold it as MP3. */

import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { PlayedNote } from "../performance.ts";
import { pedalAt } from "../performance.ts";
import { bytesOf, run } from "../process.ts";
import { findAttack } from "./attack.ts";
import { PIANO_RATE, type Piano, type PianoSetup, SOFT_PEDAL_TOUCH } from "./piano.ts";
import { playSamples, type Sample, type Voice } from "./sampler.ts";

/** Highest MIDI velocity of each of the sixteen layers, as in the instrument's own SFZ file. */
const UP_TO = [26, 34, 36, 43, 46, 50, 56, 64, 72, 80, 88, 96, 104, 112, 120, 127] as const;

/** The package that holds a layer, and its version. */
function packageOf(layer: number): string {
  return `@audio-samples/piano-mp3-velocity${layer}`;
}
const VERSION = "1.0.5";

/** Recorded keys: every minor third from A0 (21) to C8 (108). */
const RECORDED = Array.from({ length: 30 }, (_, i) => 21 + 3 * i);
const NAMES = new Map([
  [0, "C"],
  [3, "D#"],
  [6, "F#"],
  [9, "A"],
]);

/** Kept before the attack, in seconds: the key's own noise, and the rise of a bass string. */
const BEFORE_ATTACK = 0.012;
/** What a sample's level is measured over, in seconds from its attack. */
const LEVEL_WINDOW = 0.5;
/** A sample with its level in dB (full scale, both channels' power added). */
interface LevelledSample extends Sample {
  readonly level: number;
}

/** Seconds kept of a key's recording: bass strings ring longer. */
function keptSeconds(pitch: number): number {
  return Math.max(2.5, 12 - (pitch - 21) * 0.12);
}

function fileName(pitch: number, layer: number): string {
  return `${NAMES.get(pitch % 12)}${Math.floor(pitch / 12) - 1}v${layer}`;
}

async function decode(modules: string, pitch: number, layer: number): Promise<Int16Array<ArrayBuffer>> {
  const file = join(modules, packageOf(layer), "audio", `${fileName(pitch, layer)}.mp3`);
  const args = ["-v", "error", "-i", file, "-f", "s16le", "-ac", "2", "-ar", `${PIANO_RATE}`, "-"];
  const all = new Int16Array((await run("ffmpeg", args)).buffer);
  const attack = findAttack(all, 2);
  const start = Math.max(0, attack - Math.round(BEFORE_ATTACK * PIANO_RATE));
  const end = Math.min(all.length / 2, start + Math.round(keptSeconds(pitch) * PIANO_RATE));
  return all.slice(2 * start, 2 * end);
}

/** The samples of a layer, decoded on first use and kept in the cache as raw 16 bits. */
async function loadLayer(modules: string, cache: string, layer: number): Promise<LevelledSample[]> {
  const folder = join(cache, "salamander");
  await mkdir(folder, { recursive: true });
  return Promise.all(
    RECORDED.map(async (pitch) => {
      const file = join(folder, `${pitch}-${layer}.s16`);
      const kept = await readFile(file).catch(() => undefined);
      // Copied: a read file may start at an odd byte of a shared buffer.
      const audio =
        kept === undefined
          ? await decode(modules, pitch, layer)
          : new Int16Array(new Uint8Array(kept).buffer);
      if (kept === undefined) {
        // Several threads may decode the same sample at once: whoever is last puts the same bytes there again.
        const unfinished = `${file}.${randomUUID()}`;
        await writeFile(unfinished, bytesOf(audio));
        await rename(unfinished, file);
      }
      const attack = findAttack(audio, 2);
      return { pitch, attack, audio, level: measureLevel(audio, attack) };
    }),
  );
}

function measureLevel(audio: Int16Array, attack: number): number {
  const end = Math.min(audio.length, 2 * (attack + Math.round(LEVEL_WINDOW * PIANO_RATE)));
  let energy = 0;
  for (let i = 2 * attack; i < end; i++) energy += (audio[i] / 32_768) ** 2;
  return 10 * Math.log10(energy / ((end - 2 * attack) / 2));
}

/** Straight line through points, by least squares. */
function fitLine(points: readonly (readonly [number, number])[]): (x: number) => number {
  const mean = (of: (point: readonly [number, number]) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const x0 = mean(([x]) => x);
  const y0 = mean(([, y]) => y);
  const slope = mean(([x, y]) => (x - x0) * (y - y0)) / mean(([x]) => (x - x0) ** 2);
  return (x) => y0 + slope * (x - x0);
}

/** The npm packages, name and version, that must be in the folder given to `createSalamander`. */
export const SALAMANDER_PACKAGES: readonly string[] = UP_TO.map((_, i) => `${packageOf(i + 1)}@${VERSION}`);

/**
 * The piano, from the sample packages in a `node_modules` folder; decoded samples are kept in `cache`.
 *
 * Each note is the recorded key nearest in pitch, of the layer for its velocity, transposed by a semitone at most and
 * brought to the level that its velocity asks for, so that steps between layers and uneven recordings aren't heard.
 * The setup's voicing shifts the layers.
 */
export function createSalamander(modules: string, cache: string): Piano {
  const layers = new Map<number, Promise<readonly LevelledSample[]>>();
  const layerOf = (layer: number): Promise<readonly LevelledSample[]> => {
    const loaded = layers.get(layer) ?? loadLayer(modules, cache, layer);
    layers.set(layer, loaded);
    return loaded;
  };

  return {
    name: "salamander",
    async render(performance, setup) {
      const touch = (note: PlayedNote): number =>
        note.velocity * SOFT_PEDAL_TOUCH ** (pedalAt(performance.softPedal, note.onset) / 127);
      const layerFor = (velocity: number): number => {
        const index = UP_TO.findIndex((upTo) => velocity <= upTo);
        return Math.min(UP_TO.length, Math.max(1, index + 1 + setup.voicing));
      };
      const needed = new Set(performance.notes.map((note) => layerFor(touch(note))));
      const loaded = new Map<number, readonly LevelledSample[]>();
      for (const layer of needed) loaded.set(layer, await layerOf(layer));
      // The loudest layer's own balance between bass and treble, without the unevenness of single keys.
      const balance = fitLine((await layerOf(12)).map(({ pitch, level }) => [pitch, level]));

      return playSamples(performance, setup, (note) => {
        const velocity = touch(note);
        const samples = loaded.get(layerFor(velocity)) ?? [];
        return levelled(samples[Math.round((note.pitch - 21) / 3)], note, velocity, balance, setup);
      });
    },
  };
}

function levelled(
  sample: LevelledSample | undefined,
  note: PlayedNote,
  velocity: number,
  balance: (pitch: number) => number,
  { dynamics }: PianoSetup,
): Voice {
  if (sample === undefined) throw new Error(`no key of the piano has pitch ${note.pitch}`);
  const wanted = balance(note.pitch) + 40 * dynamics * Math.log10(velocity / 127);
  return { sample, gain: 10 ** ((wanted - sample.level) / 20) / 32_768 };
}
