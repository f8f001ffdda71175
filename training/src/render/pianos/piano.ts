/** What every piano offers, whatever makes its sound. */

import type { Performance } from "../performance.ts";
import type { Random } from "../random.ts";

/** Sample rate at which all pianos sound, in hertz. */
export const PIANO_RATE = 44_100;

/** Longest sound kept after the last key came up, in seconds. */
export const TAIL = 0.5;

/** How far the soft pedal takes a note's velocity down when fully pressed: a factor. Grands lose 1 to 3 dB by it. */
export const SOFT_PEDAL_TOUCH = 0.88;

/** Sound in stereo at `PIANO_RATE`; both channels equally long, sample 0 at the performance's time 0. */
export interface StereoSound {
  readonly left: Float32Array<ArrayBuffer>;
  readonly right: Float32Array<ArrayBuffer>;
}

/** How a piano is set up for one render. */
export interface PianoSetup {
  /** Tuning against a' = 440 Hz, in cents. */
  readonly cents: number;
  /**
   * How much louder a harder touch is: the level follows 40·k·log10(velocity/127) dB. 1 is the usual curve of
   * soundfonts (the square of the velocity).
   */
  readonly dynamics: number;
  /** Pedal values (0 to 127) at which the dampers begin to leave the strings, and at which they've left them. */
  readonly halfPedal: readonly [number, number];
  /** Hammers from mellow (−2) to bright (2), 0 as recorded. A whole number. */
  readonly voicing: number;
}

/** As the instrument was recorded, with an ordinary pedal. */
export const PLAIN_SETUP: PianoSetup = { cents: 0, dynamics: 1, halfPedal: [44, 84], voicing: 0 };

/** Chooses tuning, touch, pedal and voicing at random, plausibly for a piano at home or in a school. */
export function drawSetup(random: Random): PianoSetup {
  const middle = random.uniform(45, 75);
  const width = random.uniform(4, 25);
  return {
    cents: random.chance(0.5) ? 0 : Math.round(random.normal() * 12),
    dynamics: Number(random.logUniform(0.55, 1.35).toFixed(3)),
    halfPedal: [Math.round(middle - width), Math.round(middle + width)],
    voicing: Math.max(-2, Math.min(2, Math.round(random.normal()))),
  };
}

/** An instrument that can play a performance. */
export interface Piano {
  readonly name: string;
  /** Plays, from time 0 until `TAIL` after the last key came up. Level is arbitrary, the same within a piano. */
  render(performance: Performance, setup: PianoSetup, random: Random): Promise<StereoSound>;
}

/** Samples in a render of this performance. */
export function renderLength(performance: Performance): number {
  return Math.ceil((performance.duration + TAIL) * PIANO_RATE);
}
