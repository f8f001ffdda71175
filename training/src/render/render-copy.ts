/** From a performance to a recording of it: piano, room, device, codec. */

import { KEPT_RATE, throughCodecs } from "./codecs.ts";
import { mixed, recordOn, setPeak } from "./microphone/microphone.ts";
import type { Performance } from "./performance.ts";
import type { Catalogue } from "./pianos/catalogue.ts";
import { PIANO_RATE, type StereoSound } from "./pianos/piano.ts";
import { createRandom } from "./random.ts";
import { type CopyOptions, type CopyRecipe, drawRecipe } from "./recipe.ts";
import { halveRate } from "./resample.ts";
import { convolveStereo } from "./rooms/fourier.ts";
import { roomResponse } from "./rooms/impulse-response.ts";

/** Peak of a clean copy, in dB against full scale. */
const CLEAN_PEAK = -6;

/** A copy of a performance. */
export interface RenderedCopy {
  /** Mono at 22.05 kHz; sample 0 is the performance's time 0; within ±1 but for what a codec overshoots. */
  readonly mono22k: Float32Array<ArrayBuffer>;
  readonly sampleRate: typeof KEPT_RATE;
  readonly recipe: CopyRecipe;
}

/** A performance to be rendered. */
export interface CopyRequest {
  readonly performance: Performance;
  readonly options: CopyOptions;
}

/** What a device has recorded, before any codec. */
interface Recording {
  readonly recipe: CopyRecipe;
  readonly channels: readonly Float32Array<ArrayBuffer>[];
}

/** Renders one copy. The same options give the same copy, as far as the same versions of ffmpeg and FluidSynth do. */
export async function renderCopy(
  performance: Performance,
  options: CopyOptions,
  pianos: Catalogue,
): Promise<RenderedCopy> {
  const [copy] = await renderCopies([{ performance, options }], pianos);
  if (copy === undefined) throw new Error("one request gives one copy");
  return copy;
}

/** Renders copies, in the order of the requests; each as `renderCopy` would, in less time. */
export async function renderCopies(
  requests: readonly CopyRequest[],
  pianos: Catalogue,
): Promise<RenderedCopy[]> {
  const recordings: Recording[] = [];
  for (const request of requests) recordings.push(await record(request, pianos));
  const coded = recordings.flatMap(({ recipe: { codec, rate }, channels }) =>
    codec === undefined ? [] : [{ channels, rate, codec }],
  );
  const decoded = (await throughCodecs(coded)).values();
  return recordings.map(({ recipe, channels }) => {
    const mono22k = recipe.codec === undefined ? mixed(channels) : decoded.next().value;
    if (mono22k === undefined) throw new Error("a sound came back from no codec");
    return { mono22k, sampleRate: KEPT_RATE, recipe };
  });
}

async function record({ performance, options }: CopyRequest, pianos: Catalogue): Promise<Recording> {
  const random = createRandom(options.seed);
  const recipe = drawRecipe(options, random);
  const { device, room, rate } = recipe;
  const piano = pianos.get(recipe.piano);
  if (piano === undefined) throw new Error(`no piano is named ${recipe.piano}`);

  const played = await piano.render(performance, recipe.setup, random.fork("playing"));
  const dry = rate === PIANO_RATE ? played : halved(played);
  const wet =
    room === undefined
      ? dry
      : convolveStereo(dry.left, dry.right, roomResponse(room, random.fork("response"), rate));
  if (device !== undefined)
    return { recipe, channels: recordOn(device, wet, rate, random.fork("device noise")) };
  const channels = [mixed([wet.left, wet.right])];
  setPeak(channels, CLEAN_PEAK);
  return { recipe, channels };
}

function halved({ left, right }: StereoSound): StereoSound {
  return { left: halveRate(left), right: halveRate(right) };
}
