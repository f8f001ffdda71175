/** What a rendered copy is made of, drawn from its seed: everything that happens to it, in words and numbers. */

import { type Codec, drawCodec } from "./codecs.ts";
import { type Device, drawAnyDevice, drawGoodDevice, drawPhone } from "./microphone/microphone.ts";
import { drawSetup, type PianoSetup, PLAIN_SETUP } from "./pianos/piano.ts";
import type { Random } from "./random.ts";
import { drawRoom } from "./rooms/room.ts";

/** How far a copy is from the instrument itself. */
export type Degradation = "clean" | "room" | "phone" | "random";

/** What a copy may be made of. */
export interface CopyOptions {
  /** Two copies with the same seed and options are the same. */
  readonly seed: string;
  /** Names of the pianos to choose from, each with how often it's chosen against the others. */
  readonly pianos: ReadonlyMap<string, number>;
  /**
   * `clean`: the instrument as recorded, no room, device or codec. `room`: any room, a good recorder, a codec. `phone`:
   * any room, a telephone, a codec. `random`: any of these and what's between.
   */
  readonly degradation: Degradation;
}

/** Everything drawn for a copy. */
export interface CopyRecipe {
  readonly seed: string;
  readonly piano: string;
  readonly setup: PianoSetup;
  /** Rate at which room and device work, in hertz: what 22.05 kHz leaves out only tells on a codec's bits. */
  readonly rate: 22_050 | 44_100;
  readonly room: ReturnType<typeof drawRoom> | undefined;
  readonly device: Device | undefined;
  readonly codec: Codec | undefined;
}

/** How often a coded copy keeps the band above 11 kHz up to its codec: it costs twice the time. */
const WIDE_BAND = 0.2;

function drawPiano(random: Random, pianos: ReadonlyMap<string, number>): string {
  const total = [...pianos.values()].reduce((sum, weight) => sum + weight, 0);
  let left = random.uniform(0, total);
  let last: string | undefined;
  for (const [name, weight] of pianos) {
    last = name;
    left -= weight;
    if (left < 0) break;
  }
  if (last === undefined) throw new Error("no piano to choose from");
  return last;
}

/** Draws a copy's recipe. Throws if there is no piano to choose from. */
export function drawRecipe({ seed, pianos, degradation }: CopyOptions, random: Random): CopyRecipe {
  const piano = drawPiano(random.fork("piano"), pianos);
  if (degradation === "clean") {
    return {
      seed,
      piano,
      setup: PLAIN_SETUP,
      rate: 22_050,
      room: undefined,
      device: undefined,
      codec: undefined,
    };
  }
  const choices = random.fork("choices");
  const any = degradation === "random";
  const room = any && choices.chance(0.12) ? undefined : drawRoom(random.fork("room"));
  const device = drawDevice(degradation, random.fork("device"));
  const codec = choices.chance(any ? 0.75 : 0.9)
    ? drawCodec(random.fork("codec"), device.channels)
    : undefined;
  const rate = codec !== undefined && choices.chance(WIDE_BAND) ? 44_100 : 22_050;
  return { seed, piano, setup: drawSetup(random.fork("setup")), rate, room, device, codec };
}

function drawDevice(degradation: Exclude<Degradation, "clean">, random: Random): Device {
  switch (degradation) {
    case "room":
      return drawGoodDevice(random);
    case "phone":
      return drawPhone(random);
    case "random":
      return random.pick([drawGoodDevice, drawPhone, drawAnyDevice, drawAnyDevice])(random);
  }
}
