/** Sounds made for the tests: piano-like notes, tones, and noise, and the WAV files that hold them. */

export type Note = {
  /** Seconds. */
  readonly time: number;
  /** MIDI number; 60 is middle C. */
  readonly pitch: number;
  /** Level of the attack in dB relative to full scale. */
  readonly level: number;
  /** Seconds until the damper falls. */
  readonly length: number;
};

/** Seconds of an attack, and how fast a damper ends what sounds: its level falls by e in a fortieth of a second. */
const ATTACK = 0.003;
const DAMPING = 40;

/** Renders decaying harmonics: partials fall by 6 dB an octave and die away faster the higher they are. */
export function renderPiano(notes: readonly Note[], seconds: number, sampleRate = 22_050): Float32Array {
  const sound = new Float32Array(Math.round(seconds * sampleRate));
  for (const { time, pitch, level, length } of notes) {
    const frequency = 440 * 2 ** ((pitch - 69) / 12);
    const amplitude = 10 ** (level / 20) / 2;
    const first = Math.round(time * sampleRate);
    const voice = sound.subarray(first, first + Math.round((length + 0.1) * sampleRate));
    for (let partial = 1; partial <= 8 && partial * frequency < sampleRate / 2.2; partial += 1) {
      const step = (2 * Math.PI * frequency * partial * Math.sqrt(1 + 0.0004 * partial ** 2)) / sampleRate;
      addDecaying(voice, step, partial, amplitude / partial, 0.6 + 0.4 * partial, length, sampleRate);
    }
  }
  return sound;
}

/** Adds a sine (radians a sample, radians) whose level falls by e in 1/`decay` s, by a turn a sample: a sine each is slow. */
function addDecaying(
  voice: Float32Array,
  step: number,
  phase: number,
  amplitude: number,
  decay: number,
  length: number,
  sampleRate: number,
): void {
  const free = Math.exp(-decay / sampleRate);
  const damped = free * Math.exp(-DAMPING / sampleRate);
  const cosine = Math.cos(step);
  const sine = Math.sin(step);
  let real = amplitude * Math.cos(phase);
  let imaginary = amplitude * Math.sin(phase);
  for (let index = 0; index < voice.length; index += 1) {
    const time = index / sampleRate;
    voice[index] += Math.min(1, time / ATTACK) * imaginary;
    const factor = time < length ? free : damped;
    const next = factor * (real * cosine - imaginary * sine);
    imaginary = factor * (real * sine + imaginary * cosine);
    real = next;
  }
}

const MELODY = [60, 64, 67, 72, 71, 67, 65, 62, 59, 62, 65, 69, 67, 64];

/** One note on each of the times, at a level of its own. */
export function notesAt(times: readonly number[], levelAt: (time: number) => number = () => -12): Note[] {
  return times.map((time, index) => ({
    time,
    pitch: MELODY[index % MELODY.length] ?? 60,
    level: levelAt(time),
    length: Math.max(0.1, (times[index + 1] ?? time + 1) - time),
  }));
}

/** Times at one distance, from `start` to before `end`, in seconds. */
export function every(distance: number, start: number, end: number): number[] {
  return Array.from({ length: Math.ceil((end - start) / distance - 1e-9) }, (_, n) => start + n * distance);
}

/** Numbers from 0 to 1 that look random and are the same every time (mulberry32). */
export function pseudoRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A sine of constant level. */
export function sine(frequency: number, seconds: number, sampleRate: number, amplitude = 0.5): Float32Array {
  return Float32Array.from(
    { length: Math.round(seconds * sampleRate) },
    (_, index) => amplitude * Math.sin((2 * Math.PI * frequency * index) / sampleRate),
  );
}

export type WavOptions = {
  readonly sampleRate?: number;
  readonly channels?: number;
  /** What each channel is multiplied by; 1 where left out. */
  readonly gains?: readonly number[];
  readonly bits?: 8 | 16 | 24 | 32 | 64;
  readonly float?: boolean;
  readonly extensible?: boolean;
  /** Chunks before the format and the data, by name. */
  readonly extraChunks?: readonly (readonly [name: string, length: number])[];
  /** Written as length of the data instead of the true one. */
  readonly dataSize?: number;
};

/** A WAV file with the same sound in every channel, but for the gains. */
export function wavFile(sound: Float32Array, options: WavOptions = {}): Uint8Array {
  const { sampleRate = 22_050, channels = 1, bits = 16, float = false, extensible = false } = options;
  const align = (channels * bits) / 8;
  const data = new Uint8Array(sound.length * align);
  const view = new DataView(data.buffer);
  sound.forEach((sample, frame) => {
    for (let channel = 0; channel < channels; channel += 1) {
      const gain = options.gains?.[channel] ?? 1;
      writeSample(view, frame * align + (channel * bits) / 8, gain * sample, bits, float);
    }
  });
  const format = new Uint8Array(extensible ? 40 : 16);
  const header = new DataView(format.buffer);
  const tag = float ? 3 : 1;
  header.setUint16(0, extensible ? 0xfffe : tag, true);
  header.setUint16(2, channels, true);
  header.setUint32(4, sampleRate, true);
  header.setUint32(8, sampleRate * align, true);
  header.setUint16(12, align, true);
  header.setUint16(14, bits, true);
  if (extensible) {
    header.setUint16(16, 22, true);
    header.setUint16(18, bits, true);
    format.set([tag, 0, 0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71], 24);
  }
  const extras = (options.extraChunks ?? []).map(([name, length]) => chunk(name, new Uint8Array(length)));
  const body = [
    ascii("WAVE"),
    ...extras,
    chunk("fmt ", format),
    ...extras,
    chunk("data", data, options.dataSize),
  ];
  return chunk("RIFF", join(body));
}

function writeSample(view: DataView, offset: number, sample: number, bits: number, float: boolean): void {
  const steps = 2 ** (bits - 1);
  const value = Math.max(-steps, Math.min(steps - 1, Math.round(sample * steps)));
  if (float && bits === 32) view.setFloat32(offset, sample, true);
  else if (float) view.setFloat64(offset, sample, true);
  else if (bits === 8) view.setUint8(offset, value + 128);
  else if (bits === 16) view.setInt16(offset, value, true);
  else if (bits === 32) view.setInt32(offset, value, true);
  else {
    view.setUint8(offset, value & 255);
    view.setInt16(offset + 1, value >> 8, true);
  }
}

function chunk(name: string, body: Uint8Array, claimed = body.length): Uint8Array {
  const size = new Uint8Array(4);
  new DataView(size.buffer).setUint32(0, claimed, true);
  return join([ascii(name), size, body, new Uint8Array(body.length % 2)]);
}

function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}
