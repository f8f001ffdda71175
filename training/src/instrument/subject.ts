/** Who plays what in each of the recordings that the judgement of instruments is fitted to. */

import { SOUNDFONTS } from "../render/pianos/catalogue.ts";
import type { Random } from "../render/random.ts";
import type { Degradation } from "../render/recipe.ts";
import { HELD_OUT_PIANO, planOf } from "../render/schedule.ts";
import { DRUM_KITS, FAMILIES, type Family } from "./general-midi.ts";
import type { Range, Texture } from "./textures.ts";

/** A recording to be made. */
export interface Subject {
  /** "piano", "electric grand", "drums", "speech", or the family's name. */
  readonly kind: string;
  /** The piano's name; null for all else. */
  readonly piano: string | null;
  /** Soundfont and program; null for pianos and speech. */
  readonly preset: { readonly font: string; readonly program: number; readonly drums: boolean } | null;
  readonly texture: Texture | "beat" | "speech";
  readonly range: Range;
  readonly degradation: Degradation;
}

/** Shares of the recordings. */
const PIANOS = 0.5;
const SPEECH = 0.03;
const DRUMS = 0.06;
/** Share of the pianos that is played on the one which the listening model keeps for testing. */
const HELD_OUT_PIANOS = 0.25;

const TEXTURES: readonly Texture[] = ["piece", "piece", "melody", "arpeggio", "chords", "scale"];
const DEGRADATIONS: readonly Degradation[] = ["clean", "clean", "room", "phone", "random", "random"];
/** A copy number whose plan has all pianos of training. */
const ANY_PIANO = 1;
/** The electric grand of General MIDI: as far from a piano's sound as some of the others, but no fit shall call it one of them. */
export const ELECTRIC_GRAND = "electric grand";
const ELECTRIC_GRANDS = ["timgm-3"];
const WHOLE_PIANO: Range = { lowest: 24, highest: 104 };

/** Draws a recording. */
export function drawSubject(random: Random): Subject {
  const degradation = random.pick(DEGRADATIONS);
  const kind = random.next();
  if (kind < PIANOS) return drawPiano(random, degradation);
  if (kind < PIANOS + SPEECH) {
    return { kind: "speech", piano: null, preset: null, texture: "speech", range: WHOLE_PIANO, degradation };
  }
  const font = random.pick(SOUNDFONTS);
  if (kind < PIANOS + SPEECH + DRUMS) {
    const preset = { font, program: random.pick(DRUM_KITS), drums: true };
    return { kind: "drums", piano: null, preset, texture: "beat", range: WHOLE_PIANO, degradation };
  }
  const family = drawFamily(random);
  const preset = { font, program: random.pick(family.programs), drums: false };
  const alone = family.single && random.chance(0.8);
  const texture = random.pick<Texture>(alone ? ["melody", "melody", "scale"] : TEXTURES);
  return { kind: family.name, piano: null, preset, texture, range: family, degradation };
}

/** A piano, in the middle of its range as often as over all of it: there the others play. */
function drawPiano(random: Random, degradation: Degradation): Subject {
  const isTestPiano = random.chance(HELD_OUT_PIANOS);
  const range = random.chance(0.5) ? WHOLE_PIANO : drawFamily(random);
  const piano = isTestPiano ? HELD_OUT_PIANO : drawWeighted(planOf(ANY_PIANO).pianos, random);
  return {
    kind: ELECTRIC_GRANDS.includes(piano) ? ELECTRIC_GRAND : "piano",
    piano,
    preset: null,
    texture: random.pick(TEXTURES),
    range: { lowest: range.lowest, highest: range.highest },
    degradation,
  };
}

function drawFamily(random: Random): Family {
  return drawWeighted(new Map(FAMILIES.map((family) => [family, family.weight])), random);
}

/** One of the keys, each as likely as its weight says. Throws if there are none. */
function drawWeighted<Item>(weights: ReadonlyMap<Item, number>, random: Random): Item {
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  let left = random.uniform(0, total);
  for (const [item, weight] of weights) {
    left -= weight;
    if (left < 0) return item;
  }
  return random.pick([...weights.keys()]);
}
