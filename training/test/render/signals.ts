import type { Performance } from "../../src/render/performance.ts";
import { PIANO_RATE, type StereoSound } from "../../src/render/pianos/piano.ts";

/** Mean power in dB of both channels between two times in seconds. */
export function levelBetween({ left, right }: StereoSound, from: number, to: number): number {
  const first = Math.round(from * PIANO_RATE);
  const last = Math.round(to * PIANO_RATE);
  let energy = 0;
  for (let i = first; i < last; i++) energy += left[i] ** 2 + right[i] ** 2;
  return 10 * Math.log10(energy / (last - first) + 1e-15);
}

/** One note from 0.1 s to 0.5 s, then silence until `until`. */
export function oneNote(pitch: number, velocity: number, until: number): Performance {
  return {
    notes: [{ onset: 0.1, offset: 0.5, pitch, velocity }],
    pedal: [],
    softPedal: [],
    duration: until,
  };
}
