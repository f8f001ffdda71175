/** Makes the recordings that the judgement of instruments is fitted to. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { readPerformance } from "../render/performance.ts";
import { type Catalogue, findSoundfont } from "../render/pianos/catalogue.ts";
import { createSoundfontInstrument } from "../render/pianos/soundfont.ts";
import { createRandom, type Random } from "../render/random.ts";
import { renderCopy } from "../render/render-copy.ts";
import { SPEAKER } from "./speaker.ts";
import { drawSubject, type Subject } from "./subject.ts";
import { drawBeat, drawTexture } from "./textures.ts";

/** Where the music and the instruments are. */
export interface Stage {
  /** Folder with MIDI files, and their names in order. */
  readonly midi: string;
  readonly segments: readonly string[];
  readonly pianos: Catalogue;
  readonly soundfonts: readonly string[];
}

/** The subject with this number. */
export function subjectOf(number: number): Subject {
  return drawSubject(createRandom(`instrument/${number}/subject`));
}

/** Its recording: mono, 22.05 kHz. The same number gives the same recording. */
export async function renderSubject(number: number, stage: Stage): Promise<Float32Array> {
  const seed = `instrument/${number}`;
  const subject = subjectOf(number);
  const performance = await music(subject, createRandom(`${seed}/music`), stage);
  const pianos = await players(subject, stage);
  const options = {
    seed,
    pianos: new Map([...pianos.keys()].map((name) => [name, 1])),
    degradation: subject.degradation,
  };
  return (await renderCopy(performance, options, pianos)).mono22k;
}

async function music({ texture, range }: Subject, random: Random, { midi, segments }: Stage) {
  if (texture === "beat") return drawBeat(random);
  const played = readPerformance(await readFile(join(midi, random.pick(segments))));
  return texture === "speech" ? played : drawTexture(texture, played, range, random);
}

/** The one who plays, by name. */
async function players({ kind, piano, preset }: Subject, { pianos, soundfonts }: Stage): Promise<Catalogue> {
  if (preset !== null) {
    const { font, ...sound } = preset;
    const file = await findSoundfont(font, soundfonts);
    return new Map([[kind, createSoundfontInstrument({ name: kind, file, bank: 0, ...sound })]]);
  }
  const player = piano === null ? SPEAKER : pianos.get(piano);
  if (player === undefined) throw new Error(`no piano is named ${piano}`);
  return new Map([[kind, player]]);
}
