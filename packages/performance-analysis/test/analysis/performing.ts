/** Performances of the study, played on the piano of partials that the training renders with, and heard by the whole ears. */

import type { Analysis } from "@crescendai/contracts";
import { PLAIN_SETUP } from "../../../../training/src/render/pianos/piano.ts";
import { SYNTHESISED } from "../../../../training/src/render/pianos/synthesised.ts";
import { createRandom } from "../../../../training/src/render/random.ts";
import { hear } from "../helpers.ts";
import { BAR, endOf, LEAD_IN, type PlayedNote, QUAVER, song, study } from "../music/performances.ts";

/** Moments at which the pedal goes down (127) or up (0). */
export type Pedalling = readonly { readonly time: number; readonly value: number }[];

/** About 13 s: running quavers over Alberti figures, a harmony a bar. */
export const STUDY = study(5);

/** About 14 s of a tune over Alberti figures in semiquavers, near to it. */
export const SONG = song(6);

/** A bar more of the study, its melody in steps as it is. */
export const STEPS = study(6);

/** Lowest notes and thirds of the study's harmonies. */
const HARMONIES = [
  { root: 48, third: 4 },
  { root: 53, third: 4 },
  { root: 43, third: 4 },
  { root: 48, third: 4 },
  { root: 45, third: 3 },
  { root: 50, third: 3 },
];

/** A bar more of it, with nothing but notes of the harmony in the melody: what a pedal may hold for a bar. */
export const BROKEN_CHORDS = study(6).map((note) => {
  if (!note.melody) return note;
  const quaver = Math.round((note.onset - LEAD_IN) / QUAVER);
  const { root, third } = HARMONIES[Math.floor(quaver / 8) % HARMONIES.length] ?? { root: 48, third: 4 };
  const steps = [24, 24 + third, 31, 36, 31, 36, 36 + third, 36];
  return { ...note, pitch: root + (steps[quaver % 8] ?? 24) };
});

/** The pedal lifted for a moment every so many bars, at the change of harmony. */
export function pedalEvery(bars: number): Pedalling {
  const changes = Math.ceil((endOf(BROKEN_CHORDS) - LEAD_IN) / (bars * BAR));
  return Array.from({ length: changes }, (_, change) => LEAD_IN + change * bars * BAR).flatMap((time) => [
    { time: time - 0.02, value: 0 },
    { time: time + 0.12, value: 127 },
  ]);
}

/** Largest sample of the recordings, full scale being 1. */
const PEAK = 0.7;

/** Pianos of partials that differ in hammers, strings, soundboard and decay, drawn from these seeds. */
const PIANO = "a";
export const OTHER_PIANO = "b";

/** Plays on a piano, the same each time, and listens. */
export async function perform(
  played: readonly PlayedNote[],
  pedal: Pedalling = [],
  piano = PIANO,
): Promise<Analysis> {
  const notes = keysPressed(played);
  const { left, right } = await SYNTHESISED.render(
    { notes, pedal, softPedal: [], duration: endOf(played) },
    PLAIN_SETUP,
    createRandom(piano),
  );
  const sound = left.map((sample, index) => sample + (right[index] ?? 0));
  const peak = sound.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  return await hear(
    sound.map((sample) => (PEAK * sample) / peak),
    { sampleRate: 44_100 },
  );
}

/** By onset, with velocities for levels; a key that is struck again comes up before. */
function keysPressed(played: readonly PlayedNote[]) {
  const inOrder = played.toSorted((a, b) => a.onset - b.onset || a.pitch - b.pitch);
  return inOrder.map(({ onset, offset, pitch, level }, index) => {
    const again = inOrder.slice(index + 1).find((other) => other.pitch === pitch);
    return {
      onset: Math.max(0, onset),
      offset: Math.max(onset + 0.02, Math.min(offset, (again?.onset ?? offset + 1) - 0.01)),
      pitch,
      // The piano's level follows the square of the velocity.
      velocity: Math.max(8, Math.min(127, 127 * 10 ** (level / 40))),
    };
  });
}
