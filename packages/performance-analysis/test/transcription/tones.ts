/** Sound whose notes are known, made of sines. */

import { KERNEL_SAMPLE_RATE } from "../../src/transcription/kernel.ts";

/** A struck string, more or less. */
export interface Tone {
  /** Seconds from the start. */
  readonly onset: number;
  /** Seconds it sounds before it's damped. */
  readonly length: number;
  /** MIDI note number. */
  readonly pitch: number;
}

const PARTIALS = 8;
/** Amplitude of a partial against the one below it. */
const ROLL_OFF = 0.6;
/** Seconds in which a tone falls to 1/e, and in which it rises and is damped. */
const DECAY = 0.8;
const RISE = 0.003;
/** Amplitude of a tone's first partial, and of the noise under all. */
const AMPLITUDE = 0.12;
const NOISE = 1e-4;

/** The tones as mono sound at 22.05 kHz, with a trace of noise (a linear congruential generator's, Numerical Recipes). */
export function soundOf(tones: readonly Tone[], seconds: number): Float32Array {
  const sound = new Float32Array(Math.round(seconds * KERNEL_SAMPLE_RATE));
  let state = 1;
  for (let i = 0; i < sound.length; i += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    sound[i] = NOISE * (state / 2 ** 31 - 1);
  }
  for (const { onset, length, pitch } of tones) {
    const frequency = 440 * 2 ** ((pitch - 69) / 12);
    const first = Math.ceil(onset * KERNEL_SAMPLE_RATE);
    const end = Math.min(sound.length, Math.floor((onset + length) * KERNEL_SAMPLE_RATE));
    for (let partial = 1; partial <= PARTIALS && partial * frequency < KERNEL_SAMPLE_RATE / 2; partial += 1) {
      const amplitude = AMPLITUDE * ROLL_OFF ** (partial - 1);
      for (let i = first; i < end; i += 1) {
        const time = i / KERNEL_SAMPLE_RATE - onset;
        const edge = Math.min(1, time / RISE, (length - time) / RISE);
        sound[i] +=
          amplitude *
          edge *
          Math.exp((-time * partial ** 0.5) / DECAY) *
          Math.sin(2 * Math.PI * frequency * partial * time);
      }
    }
  }
  return sound;
}

/** Two bars' worth of chords, a scale and an octave in two seconds: what the kernel is compared with the original on. */
export const REFERENCE_TONES: readonly Tone[] = [
  ...[48, 64, 67, 72].map((pitch) => ({ onset: 0.1, length: 0.9, pitch })),
  ...[60, 62, 64, 65, 67].map((pitch, i) => ({ onset: 0.45 + 0.12 * i, length: 0.2, pitch })),
  ...[36, 48, 76, 88].map((pitch) => ({ onset: 1.2, length: 0.7, pitch })),
  { onset: 1.5, length: 0.4, pitch: 103 },
  { onset: 1.6, length: 0.3, pitch: 24 },
];
