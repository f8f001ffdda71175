/** A piano performance of any length, made by code: the same bytes on every machine, and no rights of anybody in it. */

import { closeSync, openSync, writeSync } from "node:fs";

export interface PerformanceFormat {
  readonly seconds: number;
  readonly sampleRate: number;
  readonly channels: 1 | 2;
}

interface Stroke {
  /** Seconds from the start. */
  readonly time: number;
  /** MIDI note number. */
  readonly key: number;
  /** 0 to 1. */
  readonly force: number;
}

/** Seconds that a string sounds; by then it is 60 dB down. */
const TONE_SECONDS = 3;
/** Partials of a tone, as far as the sample rate has room for them. */
const PARTIALS = 12;
/** A string's stiffness in the middle of the keyboard: partial n is at n·√(1 + B n²) (Fletcher 1964). */
const INHARMONICITY = 0.0004;
/** Seconds of a bar; a quaver is an eighth of it. */
const BAR_SECONDS = 2.2;
/** Roots and thirds of the harmonies, a bar each, in semitones from the key's tonic. */
const HARMONIES = [
  [0, 4, 7],
  [9, 12, 16],
  [5, 9, 12],
  [7, 11, 14],
  [4, 7, 11],
  [9, 12, 16],
  [2, 5, 9],
  [7, 11, 14],
] as const;
/** Gain of one stroke at full force: a dozen that sound together stay below full scale. */
const STROKE_GAIN = 0.2;

/** Writes the performance as a WAV file of 16 bits, a second at a time. */
export function writePerformance(path: string, { seconds, sampleRate, channels }: PerformanceFormat): void {
  const tones = new Map<number, Float32Array>();
  const strokes = play(seconds);
  const tail = TONE_SECONDS * sampleRate;
  const mixed = Array.from({ length: channels }, () => new Float32Array(sampleRate + tail + 1));
  const bytes = Buffer.alloc(sampleRate * channels * 2);
  const file = openSync(path, "w");
  writeSync(file, wavHeader(seconds * sampleRate, sampleRate, channels));
  let next = 0;
  for (let second = 0; second < seconds; second += 1) {
    for (; next < strokes.length && strokes[next].time < second + 1; next += 1) {
      const { time, key, force } = strokes[next];
      const tone = tones.get(key) ?? pianoTone(key, sampleRate);
      tones.set(key, tone);
      const at = Math.round((time - second) * sampleRate);
      // Low keys to the left, high ones to the right, as the player hears them.
      const side = channels === 1 ? 0.5 : (key - 21) / 87;
      for (const [channel, sound] of mixed.entries()) {
        mix(sound, tone, at, STROKE_GAIN * force * (channel === 0 ? 1 - side / 2 : (1 + side) / 2));
      }
    }
    for (let frame = 0; frame < sampleRate; frame += 1) {
      for (let channel = 0; channel < channels; channel += 1) {
        const sample = Math.max(-1, Math.min(1, mixed[channel][frame]));
        bytes.writeInt16LE(Math.round(sample * 32_767), (frame * channels + channel) * 2);
      }
    }
    writeSync(file, bytes);
    for (const sound of mixed) sound.copyWithin(0, sampleRate).fill(0, tail + 1);
  }
  closeSync(file);
}

/** Broken chords under a melody that runs in every other phrase, some seven notes a second, in the order of time. */
function play(seconds: number): Stroke[] {
  const random = randomNumbers(1);
  const strokes: Stroke[] = [];
  const strike = (time: number, key: number, force: number) => {
    const late = (random() - 0.5) * 0.02;
    if (time + late < seconds - 1) strokes.push({ time: Math.max(0.2, time + late), key, force });
  };
  for (let bar = 0; bar * BAR_SECONDS < seconds; bar += 1) {
    const phrase = Math.floor(bar / 8);
    const chord = HARMONIES[bar % HARMONIES.length];
    const tonic = 48 + ((phrase * 7) % 12);
    const arc = 0.45 + 0.4 * Math.sin((Math.PI * ((bar % 8) + 0.5)) / 8);
    const notes = phrase % 2 === 0 ? 16 : 8;
    for (let beat = 0; beat < 8; beat += 1) {
      strike(
        bar * BAR_SECONDS + (beat / 8) * BAR_SECONDS,
        tonic - 5 + chord[[0, 2, 1, 2][beat % 4]],
        arc * 0.6,
      );
    }
    for (let note = 0; note < notes; note += 1) {
      const step = chord[note % 3] + 12 * (Math.floor(note / 3) % 2) + (random() < 0.2 ? 2 : 0);
      strike(
        bar * BAR_SECONDS + (note / notes) * BAR_SECONDS,
        tonic + 17 + step,
        arc * (0.8 + 0.2 * random()),
      );
    }
    // Every phrase ends on a held chord, so that there is something to cut at.
    if (bar % 8 === 7) for (const step of chord) strike((bar + 0.97) * BAR_SECONDS, tonic + step, arc);
  }
  return strokes.sort((one, other) => one.time - other.time);
}

/** A struck string: partials that fade the sooner the higher they are, and the knock of the hammer. */
function pianoTone(key: number, sampleRate: number): Float32Array {
  const random = randomNumbers(key);
  const frequency = 440 * 2 ** ((key - 69) / 12);
  const tone = new Float32Array(TONE_SECONDS * sampleRate);
  for (let partial = 1; partial <= PARTIALS; partial += 1) {
    const pitch = partial * frequency * Math.sqrt(1 + INHARMONICITY * partial ** 2);
    if (pitch > sampleRate * 0.45) break;
    const phase = 2 * Math.PI * random();
    // 60 dB are a factor of 1000: e^-6.9.
    const decay = (6.9 / TONE_SECONDS) * (1 + 0.25 * partial + frequency / 1500);
    addPartial(
      tone,
      partial ** -1.3,
      phase,
      (2 * Math.PI * pitch) / sampleRate,
      Math.exp(-decay / sampleRate),
    );
  }
  for (let frame = 0; frame < sampleRate * 0.03; frame += 1) {
    tone[frame] += 0.15 * (random() - 0.5) * Math.exp(-frame / (0.006 * sampleRate));
  }
  const attack = 0.002 * sampleRate;
  for (let frame = 0; frame < attack; frame += 1) tone[frame] *= frame / attack;
  return tone;
}

/** A sine that fades, by turning a pointer: a sine and an exponential a sample would take many times as long. */
function addPartial(tone: Float32Array, gain: number, phase: number, turn: number, fade: number): void {
  const cosine = fade * Math.cos(turn);
  const sine = fade * Math.sin(turn);
  let real = gain * Math.cos(phase);
  let imaginary = gain * Math.sin(phase);
  for (let frame = 0; frame < tone.length; frame += 1) {
    tone[frame] += imaginary;
    const next = real * cosine - imaginary * sine;
    imaginary = real * sine + imaginary * cosine;
    real = next;
  }
}

function mix(sound: Float32Array, tone: Float32Array, at: number, gain: number): void {
  const first = Math.max(0, at);
  const last = Math.min(sound.length, first + tone.length);
  for (let frame = first; frame < last; frame += 1) sound[frame] += gain * tone[frame - first];
}

/** Numbers from 0 to 1, always the same ones: a linear congruential generator (Numerical Recipes' constants). */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function wavHeader(frames: number, sampleRate: number, channels: number): Buffer {
  const header = Buffer.alloc(44);
  const data = frames * channels * 2;
  header.write("RIFF", 0);
  header.writeUInt32LE(36 + data, 4);
  header.write("WAVEfmt ", 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(channels, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * channels * 2, 28);
  header.writeUInt16LE(channels * 2, 32);
  header.writeUInt16LE(16, 34);
  header.write("data", 36);
  header.writeUInt32LE(data, 40);
  return header;
}
