/** A 16-bit PCM WAV file (RIFF, WAVE_FORMAT_PCM) of the given samples, −1 to 1, one channel. */
export function wavFile(samples: Float32Array, sampleRate = 22_050): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(44 + samples.length * 2);
  const view = new DataView(bytes.buffer);
  const text = (offset: number, characters: string) => {
    for (const [index, character] of [...characters].entries())
      bytes[offset + index] = character.charCodeAt(0);
  };
  text(0, "RIFF");
  view.setUint32(4, 36 + samples.length * 2, true);
  text(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, "data");
  view.setUint32(40, samples.length * 2, true);
  for (const [index, sample] of samples.entries()) {
    view.setInt16(44 + index * 2, Math.round(Math.max(-1, Math.min(1, sample)) * 32_767), true);
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
