/** When and how fast a string is damped after its key came up. */

import { type Performance, type PlayedNote, pedalAt } from "../performance.ts";
import { PIANO_RATE, type PianoSetup } from "./piano.ts";

/** Samples between two looks at the pedal: 5.8 ms, faster than a foot. */
const BLOCK = 256;

/** Highest pitch with a damper on most grands (F6); strings above ring until they stop by themselves. */
const LAST_DAMPER = 89;

/**
 * Seconds until a fully damped string has lost 60 dB: about half a second in the bass, where dampers are weak against
 * heavy strings, and a tenth in the treble (read off the release of recorded pianos).
 */
function dampedReverberation(pitch: number): number {
  return 0.1 + 0.45 * Math.max(0, 1 - (pitch - 21) / 50);
}

/** How a note's gain falls after its key comes up, block by block. */
export interface Damping {
  /** Samples in a block. */
  readonly block: number;
  /** The part of the full damping, 0 (pedal down) to 1 (up), in a block of the performance. */
  readonly contact: Float32Array;
  /** Factor on the gain per sample, in full contact with the damper. */
  decay(note: PlayedNote): number;
}

/** The dampers' contact with the strings through a performance of so many samples. */
export function followPedal(performance: Performance, setup: PianoSetup, length: number): Damping {
  const [low, high] = setup.halfPedal;
  const contact = Float32Array.from({ length: Math.ceil(length / BLOCK) + 1 });
  let point = 0;
  let value = pedalAt(performance.pedal, 0);
  for (let block = 0; block < contact.length; block++) {
    const time = (block * BLOCK) / PIANO_RATE;
    for (; point < performance.pedal.length; point++) {
      const next = performance.pedal[point];
      if (next === undefined || next.time > time) break;
      value = next.value;
    }
    const lifted = Math.min(1, Math.max(0, (value - low) / (high - low)));
    // The felt's grip falls off faster than its way: a square is a usual simplification.
    contact[block] = (1 - lifted) ** 2;
  }
  return {
    block: BLOCK,
    contact,
    decay: ({ pitch }) => (pitch > LAST_DAMPER ? 1 : 10 ** (-3 / (dampedReverberation(pitch) * PIANO_RATE))),
  };
}
