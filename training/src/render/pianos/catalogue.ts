/** All pianos, by name, and how often each is drawn. */

import { access } from "node:fs/promises";
import { join } from "node:path";
import type { Piano } from "./piano.ts";
import { createSalamander } from "./salamander.ts";
import { createSoundfontPiano, type SoundfontPreset } from "./soundfont.ts";
import { SYNTHESISED } from "./synthesised.ts";

/** Where what isn't in the repository is. */
export interface PianoSources {
  /** A `node_modules` folder with the packages of `SALAMANDER_PACKAGES`. */
  readonly modules: string;
  /** Folders with .sf2 files, searched in this order. */
  readonly soundfonts: readonly string[];
  /** A folder to keep decoded samples and measurements in. */
  readonly cache: string;
}

/** A sound of a soundfont that is a piano. */
interface SoundfontEntry extends Omit<SoundfontPreset, "file"> {
  readonly font: string;
}

const FLUID = "FluidR3_GM.sf2";
const TIM = "TimGM6mb.sf2";
const CSOUND = "sf_GMbank.sf2";
const GENERAL_USER = "GeneralUser-v1.47.sf2";
const MUSESCORE = "MuseScore_General_Full.sf2";
/** All soundfonts, each of which has the instruments of General MIDI. */
export const SOUNDFONTS = [FLUID, TIM, CSOUND, GENERAL_USER, MUSESCORE] as const;

/**
 * Soundfonts, all from Debian: fluid-soundfont-gm (Frank Wen, MIT), timgm6mb-soundfont (Tim Brechbill, GPL-2),
 * csound-soundfont (LGPL-2.1), minuet-data (GeneralUser GS by S. Christian Collins, free use),
 * musescore-general-soundfont-lossless (MIT).
 */
const SOUNDFONT_PIANOS: readonly SoundfontEntry[] = [
  { name: "fluid-grand", font: FLUID, bank: 0, program: 0 },
  { name: "fluid-bright", font: FLUID, bank: 0, program: 1 },
  { name: "fluid-honky-tonk", font: FLUID, bank: 0, program: 3 },
  { name: "timgm-1", font: TIM, bank: 0, program: 0 },
  { name: "timgm-2", font: TIM, bank: 0, program: 1 },
  { name: "timgm-3", font: TIM, bank: 0, program: 2 },
  { name: "csound-1", font: CSOUND, bank: 0, program: 0 },
  { name: "csound-2", font: CSOUND, bank: 0, program: 1 },
  { name: "general-user-grand", font: GENERAL_USER, bank: 0, program: 0 },
  { name: "general-user-bright", font: GENERAL_USER, bank: 0, program: 1 },
  { name: "musescore-grand", font: MUSESCORE, bank: 0, program: 0 },
];

/** The instruments, by name. */
export type Catalogue = ReadonlyMap<string, Piano>;

/** The path of a soundfont in the first of the folders that has it. Throws where none has. */
export async function findSoundfont(font: string, folders: readonly string[]): Promise<string> {
  for (const folder of folders) {
    const file = join(folder, font);
    if (
      await access(file).then(
        () => true,
        () => false,
      )
    )
      return file;
  }
  throw new Error(
    `${font} is in none of ${folders.join(", ")}: see training/README.md for the package that has it`,
  );
}

/** Every piano there is. Throws if a soundfont isn't found; the samples of Salamander are looked for on first use. */
export async function openCatalogue({ modules, soundfonts, cache }: PianoSources): Promise<Catalogue> {
  const pianos: Piano[] = [createSalamander(modules, cache), SYNTHESISED];
  for (const { font, ...preset } of SOUNDFONT_PIANOS) {
    pianos.push(createSoundfontPiano({ ...preset, file: await findSoundfont(font, soundfonts) }, cache));
  }
  return new Map(pianos.map((piano) => [piano.name, piano]));
}
