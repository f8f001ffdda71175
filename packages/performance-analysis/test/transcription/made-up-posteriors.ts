import { KEYS } from "../../src/transcription/kernel.ts";
import { type Posteriors, SEMITONES } from "../../src/transcription/posteriors.ts";

/** Posteriors to be written to: silent until then. */
export function madeUpPosteriors(frameCount: number): Posteriors {
  const curves = (count: number) => Array.from({ length: count }, () => new Uint8Array(frameCount));
  const [notes, onsets, levels] = [curves(KEYS), curves(KEYS), curves(SEMITONES)];
  const of = (rows: readonly Uint8Array[]) => (index: number) => {
    const row = rows[index];
    if (row === undefined) throw new Error(`there is no row ${index}`);
    return row;
  };
  return {
    frameCount,
    frameRate: 22_050 / 256,
    notesOf: of(notes),
    onsetsOf: of(onsets),
    levelsOf: of(levels),
  };
}
