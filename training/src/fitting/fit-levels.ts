import { createHash } from "node:crypto";
import { join } from "node:path";
import type { NoteLevelModel } from "@crescendai/performance-analysis/judgement";
import { LISTENING_VERSION } from "@crescendai/performance-analysis/listening";
import { keptNumbers } from "../data/kept-numbers.ts";
import type { Render } from "../data/renders.ts";
import { fitNoteLevel } from "../model/fit-note-level.ts";
import { createRandom } from "../render/random.ts";
import { gatherLevelSamples, type HeardFolders, heardFile } from "./level-samples.ts";

/**
 * One render of so many gives its notes to the note-level network, and only of copies below a number: with more copies the
 * network, and with it every feature, stays as it is.
 */
const SHARE = 4;
const COPIES = 8;

/**
 * Fits the note-level network to what was heard of the renders, and keeps it for them and this version of the ears. Where it is
 * to be fitted otherwise, what is kept must be removed.
 */
export async function fitLevels(renders: readonly Render[], folders: HeardFolders): Promise<NoteLevelModel> {
  const chosen = renders.filter(({ copy }) => copy < COPIES).filter((_, index) => index % SHARE === 0);
  const name = createHash("sha256").update(chosen.map(heardFile).join("\n")).digest("hex").slice(0, 16);
  const file = join(folders.features, LISTENING_VERSION, `note-level-${name}.f32`);
  const sources = chosen.flatMap((render) => [
    join(folders.heard, heardFile(render)),
    join(folders.midi, `${render.segment}.mid`),
  ]);
  const numbers = await keptNumbers(file, sources, async () =>
    encode(fitNoteLevel(await gatherLevelSamples(chosen, folders), createRandom("note level"))),
  );
  return decode(numbers);
}

/** Inputs, hidden units, means, scales, weights. */
function encode({ inputs, hidden, mean, scale, weights }: NoteLevelModel): Float32Array {
  return Float32Array.of(inputs, hidden, ...mean, ...scale, ...weights);
}

function decode(numbers: Float32Array): NoteLevelModel {
  const [inputs, hidden] = numbers;
  return {
    inputs,
    hidden,
    mean: numbers.slice(2, 2 + inputs),
    scale: numbers.slice(2 + inputs, 2 + 2 * inputs),
    weights: numbers.slice(2 + 2 * inputs),
  };
}
