/** Sounds made for the tests, mono at 22,050 samples a second, and the WAV files that hold them. */

const SAMPLE_RATE = 22_050;

/** Pitches in Hz that notes go through in turn. */
const PITCHES = [262, 330, 392, 523, 494, 392, 349, 294];

/** One struck, decaying note every half second, each damped before the next. */
export function struckNotes(seconds: number): Float32Array {
  const sound = silence(seconds);
  for (let note = 0; note < seconds * 2; note += 1) {
    const pitch = PITCHES[note % PITCHES.length] ?? 262;
    const first = Math.round((note / 2) * SAMPLE_RATE);
    const count = Math.min(SAMPLE_RATE / 2, sound.length - first);
    for (let index = 0; index < count; index += 1) {
      const time = index / SAMPLE_RATE;
      const envelope = Math.min(1, time / 0.003) * Math.exp(-4 * time) * (time > 0.4 ? 0 : 1);
      const phase = 2 * Math.PI * pitch * time;
      sound[first + index] = 0.3 * envelope * (Math.sin(phase) + 0.5 * Math.sin(2 * phase));
    }
  }
  return sound;
}

export function silence(seconds: number): Float32Array {
  return new Float32Array(Math.round(seconds * SAMPLE_RATE));
}

export function sine(seconds: number): Float32Array {
  return silence(seconds).map((_, index) => 0.4 * Math.sin((2 * Math.PI * 440 * index) / SAMPLE_RATE));
}

/** One sound after the other, as a WAV file of 16 bits. */
export function wavFile(...sounds: readonly Float32Array[]): Uint8Array<ArrayBuffer> {
  const samples = sounds.reduce((sum, { length }) => sum + length, 0);
  const bytes = new Uint8Array(44 + 2 * samples);
  const view = new DataView(bytes.buffer);
  const letters = (offset: number, text: string) => bytes.set(new TextEncoder().encode(text), offset);
  letters(0, "RIFF");
  view.setUint32(4, bytes.length - 8, true);
  letters(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, SAMPLE_RATE, true);
  view.setUint32(28, 2 * SAMPLE_RATE, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  letters(36, "data");
  view.setUint32(40, 2 * samples, true);
  let offset = 44;
  for (const sound of sounds) {
    for (const sample of sound) {
      view.setInt16(offset, Math.round(sample * 32_767), true);
      offset += 2;
    }
  }
  return bytes;
}
