import {
  KEYS,
  levelOfByte,
  type Posteriors,
  SEMITONES,
  type Spectrogram,
} from "@crescendai/performance-analysis/listening";

/** What the ears heard in one render: kept, so that notes and features can be tried without listening again. */
export interface HeardRender {
  readonly posteriors: Posteriors;
  readonly spectrogram: Spectrogram;
}

/** Numbers before the bytes: frames of the spectrogram, its bands, frames of the posteriors, their rate. */
const HEAD = 4;

/** The bytes: the head (float32 each), the spectrogram's rows, each key's note and onset posteriors, each semitone's levels. */
export function encodeHeard({ posteriors, spectrogram }: HeardRender): Uint8Array {
  const { frames, bands } = spectrogram;
  const { frameCount, frameRate } = posteriors;
  const file = new Uint8Array(4 * HEAD + frames * bands + (2 * KEYS + SEMITONES) * frameCount);
  new Float32Array(file.buffer, 0, HEAD).set([frames, bands, frameCount, frameRate]);
  for (let frame = 0; frame < frames; frame += 1) file.set(spectrogram.row(frame), 4 * HEAD + frame * bands);
  for (let key = 0; key < KEYS; key += 1) {
    const at = 4 * HEAD + frames * bands + 2 * key * frameCount;
    file.set(posteriors.notesOf(key), at);
    file.set(posteriors.onsetsOf(key), at + frameCount);
  }
  const levels = 4 * HEAD + frames * bands + 2 * KEYS * frameCount;
  for (let semitone = 0; semitone < SEMITONES; semitone += 1)
    file.set(posteriors.levelsOf(semitone), levels + semitone * frameCount);
  return file;
}

/** Reads what `encodeHeard` wrote. */
export function decodeHeard(bytes: Uint8Array): HeardRender {
  const file = bytes.slice();
  const [frames, bands, frameCount, frameRate] = new Float32Array(file.buffer, 0, HEAD);
  const rows = file.subarray(4 * HEAD, 4 * HEAD + frames * bands);
  const keys = file.subarray(4 * HEAD + frames * bands);
  const row = (frame: number) => rows.subarray(frame * bands, (frame + 1) * bands);
  const column = (index: number) => keys.subarray(index * frameCount, (index + 1) * frameCount);
  return {
    posteriors: {
      frameCount,
      frameRate,
      notesOf: (key) => column(2 * key),
      onsetsOf: (key) => column(2 * key + 1),
      levelsOf: (semitone) => column(2 * KEYS + semitone),
    },
    spectrogram: { frames, bands, row, level: (frame, band) => levelOfByte(row(frame)[band]) },
  };
}
