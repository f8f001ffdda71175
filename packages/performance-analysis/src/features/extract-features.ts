import type { Loudness } from "../music/loudness.ts";
import type { NoteReading } from "../music/note-reading.ts";
import { measureSpan } from "../music/span-measurements.ts";
import { createFeatureList, type FeatureList } from "./feature-list.ts";
import { addMeasurementFeatures } from "./measurement-features.ts";
import { addNoteFeatures } from "./note-features.ts";
import { addSoundFeatures } from "./sound-features.ts";
import type { Spectrogram } from "./spectrogram.ts";

/** Stands for the loudness where features are concerned: they take it from the spectrogram. */
const NO_LOUDNESS: Loudness = {
  momentary: new Float32Array(0),
  sounding: new Uint8Array(0),
  mean: null,
  range: null,
  loudest: null,
  softest: null,
};

/**
 * The numbers that the model of listeners' ratings looks at, for what is heard within [start, end) seconds: those of the
 * notes, of the sound, and of the musical measurements. Their names tell what they are; the order never depends on the input.
 */
export function extractFeatures(
  reading: NoteReading,
  spectrogram: Spectrogram,
  start: number,
  end: number,
): FeatureList {
  const list = createFeatureList();
  addNoteFeatures(list, reading.notes, start, end);
  addSoundFeatures(list, spectrogram, reading.notes, start, end);
  addMeasurementFeatures(list, reading, measureSpan(reading, NO_LOUDNESS, start, end), start, end);
  return list;
}
