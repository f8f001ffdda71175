import { joined } from "./bytes.ts";

/** A PCM WAV file (RIFF, WAVE_FORMAT_PCM) of the given samples, −1 to 1, one channel, of 16 bits or of 8. */
export function wavFile(
  samples: Float32Array,
  sampleRate = 22_050,
  bits: 8 | 16 = 16,
): Uint8Array<ArrayBuffer> {
  const sampleBytes = bits / 8;
  const dataBytes = samples.length * sampleBytes;
  const bytes = new Uint8Array(44 + dataBytes);
  const view = new DataView(bytes.buffer);
  bytes.set(joined("RIFF"), 0);
  view.setUint32(4, 36 + dataBytes, true);
  bytes.set(joined("WAVEfmt "), 8);
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * sampleBytes, true);
  view.setUint16(32, sampleBytes, true);
  view.setUint16(34, bits, true);
  bytes.set(joined("data"), 36);
  view.setUint32(40, dataBytes, true);
  // By index: an iterator takes a second for the millions of samples of a large file.
  for (let index = 0; index < samples.length; index += 1) {
    const inRange = Math.max(-1, Math.min(1, samples[index]));
    // Of 8 bits they are unsigned.
    if (bits === 8) view.setUint8(44 + index, 128 + Math.round(inRange * 127));
    else view.setInt16(44 + index * 2, Math.round(inRange * 32_767), true);
  }
  return bytes;
}

/** Struck notes on a pulse: decaying harmonics, `notes` of them, `interval` seconds apart. */
export function struckNotes(notes: number, interval = 0.5, sampleRate = 22_050, pitchHz = 262): Float32Array {
  const samples = new Float32Array(Math.ceil((notes * interval + 1) * sampleRate));
  for (let note = 0; note < notes; note += 1) {
    const start = Math.round(note * interval * sampleRate);
    for (let index = 0; index < sampleRate && start + index < samples.length; index += 1) {
      const time = index / sampleRate;
      const tone = Math.sin(2 * Math.PI * pitchHz * time) + 0.5 * Math.sin(4 * Math.PI * pitchHz * time);
      samples[start + index] += 0.2 * Math.exp(-4 * time) * tone;
    }
  }
  return samples;
}

/** Samples of nothing. */
export function silence(seconds: number, sampleRate = 22_050): Float32Array {
  return new Float32Array(Math.round(seconds * sampleRate));
}

/** A steady tone. */
export function sine(seconds: number, hertz = 440, sampleRate = 22_050): Float32Array {
  return Float32Array.from(
    { length: seconds * sampleRate },
    (_, index) => 0.3 * Math.sin((2 * Math.PI * hertz * index) / sampleRate),
  );
}

/** One stretch of sound after the other. */
export function inARow(...stretches: readonly Float32Array[]): Float32Array {
  return Float32Array.from(stretches.flatMap((stretch) => [...stretch]));
}

/** A short take, unlike that of any other `seed`: for tests that need a recording and don't listen to it. */
export function shortTake(seed: number): Uint8Array<ArrayBuffer> {
  return wavFile(struckNotes(2, 0.5, 22_050, 200 + seed));
}

/** Samples a second of {@link largeTake}: the most that is listened to. */
const HIGHEST_RATE = 192_000;

/** Silence in so many bytes, and few seconds: for tests that need a large file, and don't need it to be listened to for long. */
export function largeTake(bytes: number): Uint8Array<ArrayBuffer> {
  return wavFile(silence(bytes / 2 / HIGHEST_RATE, HIGHEST_RATE), HIGHEST_RATE);
}
