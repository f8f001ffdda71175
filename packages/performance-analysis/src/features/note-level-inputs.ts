import type { Note } from "../music/note.ts";
import { median } from "../signal/statistics.ts";
import { bandOf, FRAME_MIDDLE, SPECTROGRAM_RATE, type Spectrogram } from "./spectrogram.ts";

/** Partials looked at: above the eighth, those of neighbouring notes can't be told apart any more. */
const PARTIALS = 8;
/** Numbers per note. */
export const LEVEL_INPUTS = 2 * PARTIALS + 9;
/** Seconds within which notes begin together, so that their partials add up. */
const TOGETHER = 0.05;
/** dB below every level: stands for partials above the highest band. */
const SILENT = -115;

/**
 * For each note, `LEVEL_INPUTS` numbers on how strongly it was struck, row by row: level of its first eight partials
 * just after the onset (dB against the recording's median note), their rise over just before, the rise of the whole
 * spectrum, what sounds together with it, pitch, length, salience. Notes in order of onset.
 */
export function levelInputs(notes: readonly Note[], spectrogram: Spectrogram): Float32Array {
  const inputs = new Float32Array(notes.length * LEVEL_INPUTS);
  const strongest = new Float32Array(notes.length);
  notes.forEach((note, index) => {
    const row = inputs.subarray(index * LEVEL_INPUTS, (index + 1) * LEVEL_INPUTS);
    strongest[index] = partials(note, spectrogram, row);
    const chord = notesAround(notes, index);
    row[2 * PARTIALS] = broadbandRise(note, spectrogram);
    row[2 * PARTIALS + 1] = strongest[index];
    row[2 * PARTIALS + 2] = chord.count;
    row[2 * PARTIALS + 3] = chord.sharedPartials;
    row[2 * PARTIALS + 4] = chord.below ? 1 : 0;
    row[2 * PARTIALS + 5] = (note.pitch - 60) / 24;
    row[2 * PARTIALS + 6] = ((note.pitch - 60) / 24) ** 2;
    row[2 * PARTIALS + 7] = note.salience;
    row[2 * PARTIALS + 8] = Math.log(Math.max(0.03, note.offset - note.onset));
  });
  // Gain is the microphone's: what counts is a note's level among the others of the recording.
  const reference = notes.length > 0 ? median(strongest) : 0;
  for (let index = 0; index < notes.length; index += 1) {
    const row = inputs.subarray(index * LEVEL_INPUTS, (index + 1) * LEVEL_INPUTS);
    for (let partial = 0; partial < PARTIALS; partial += 1)
      row[partial] = Math.max(-60, row[partial] - reference);
    row[2 * PARTIALS + 1] -= reference;
  }
  return inputs;
}

/** Writes level and rise of each partial in dB; gives the strongest partial's level. */
function partials(note: Note, spectrogram: Spectrogram, row: Float32Array): number {
  const at = Math.round((note.onset - FRAME_MIDDLE) * SPECTROGRAM_RATE);
  const fundamental = 440 * 2 ** ((note.pitch - 69) / 12);
  let strongest = SILENT;
  for (let partial = 0; partial < PARTIALS; partial += 1) {
    const band = bandOf(fundamental * (partial + 1));
    const after = band < 0 ? SILENT : extreme(spectrogram, band, at + 1, at + 5, Math.max);
    const before = band < 0 ? SILENT : extreme(spectrogram, band, at - 3, at - 1, Math.min);
    row[partial] = after;
    row[PARTIALS + partial] = after - before;
    strongest = Math.max(strongest, after);
  }
  return strongest;
}

function extreme(
  spectrogram: Spectrogram,
  band: number,
  from: number,
  to: number,
  pick: (a: number, b: number) => number,
): number {
  const last = spectrogram.frames - 1;
  if (last < 0) return SILENT;
  let found = spectrogram.level(Math.min(last, Math.max(0, from)), band);
  for (let frame = from + 1; frame < to; frame += 1)
    found = pick(found, spectrogram.level(Math.min(last, Math.max(0, frame)), band));
  return found;
}

function broadbandRise(note: Note, spectrogram: Spectrogram): number {
  const last = spectrogram.frames - 1;
  if (last < 0) return 0;
  const at = Math.round((note.onset - FRAME_MIDDLE) * SPECTROGRAM_RATE);
  const after = spectrogram.row(Math.min(last, Math.max(0, at + 2)));
  const before = spectrogram.row(Math.min(last, Math.max(0, at - 2)));
  let rise = 0;
  for (let band = 0; band < after.length; band += 1) rise += Math.max(0, after[band] - before[band]);
  return rise / after.length / 10;
}

function notesAround(notes: readonly Note[], index: number) {
  const { onset, pitch } = notes[index];
  let count = 0;
  let sharedPartials = 0;
  let below = false;
  const look = (other: Note) => {
    count += 1;
    if (other.pitch < pitch) below = true;
    const apart = Math.abs(other.pitch - pitch);
    // Octave, twelfth, double octave: the intervals whose partials coincide throughout.
    if (apart === 12 || apart === 19 || apart === 24) sharedPartials += 1;
  };
  for (let other = index - 1; other >= 0 && onset - notes[other].onset < TOGETHER; other -= 1)
    look(notes[other]);
  for (let other = index + 1; other < notes.length && notes[other].onset - onset < TOGETHER; other += 1)
    look(notes[other]);
  return { count, sharedPartials, below };
}
