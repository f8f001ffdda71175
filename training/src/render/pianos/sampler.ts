/** Plays recorded keys: transposes, levels, damps and mixes them. */

import type { Performance, PlayedNote } from "../performance.ts";
import { type Damping, followPedal } from "./damping.ts";
import { PIANO_RATE, type PianoSetup, renderLength, type StereoSound } from "./piano.ts";

/** One recorded key. */
export interface Sample {
  /** Interleaved stereo at `PIANO_RATE`, 16 bits. */
  readonly audio: Int16Array;
  /** MIDI pitch at which it was recorded. */
  readonly pitch: number;
  /** Where the attack is, in samples from the start. */
  readonly attack: number;
}

/** A sample and how loud to play it. */
export interface Voice {
  readonly sample: Sample;
  /** Factor on the samples' integers. */
  readonly gain: number;
}

/** Fade of a string that is struck again, or whose recording ends, in seconds. */
const FADE = 0.05;
/** Gain, against the start, at which a damped string is given up: −80 dB. */
const INAUDIBLE = 1e-4;

/** The performance as played on recorded keys; `voiceOf` chooses the recording of each note. */
export function playSamples(
  performance: Performance,
  setup: PianoSetup,
  voiceOf: (note: PlayedNote) => Voice,
): StereoSound {
  const length = renderLength(performance);
  const left = new Float32Array(length);
  const right = new Float32Array(length);
  const damping = followPedal(performance, setup, length);
  const restruck = new Map<number, number>();
  // From the last note to the first, so that each knows when its string is struck again.
  for (const note of performance.notes.toReversed()) {
    const { sample, gain } = voiceOf(note);
    const ratio = 2 ** ((note.pitch - sample.pitch) / 12 + setup.cents / 1200);
    const next = restruck.get(note.pitch);
    restruck.set(note.pitch, note.onset);
    addVoice({ left, right }, note, sample, ratio, gain, damping, next);
  }
  return { left, right };
}

function addVoice(
  { left, right }: StereoSound,
  note: PlayedNote,
  { audio, attack }: Sample,
  ratio: number,
  gain: number,
  damping: Damping,
  restruck: number | undefined,
): void {
  const start = note.onset * PIANO_RATE - attack / ratio;
  const first = Math.max(0, Math.ceil(start));
  const frames = audio.length / 2;
  const last = Math.min(left.length, Math.floor(start + (frames - 3) / ratio));
  const keyUp = note.offset * PIANO_RATE;
  const fadeFrom = Math.min((restruck ?? Infinity) * PIANO_RATE, last - FADE * PIANO_RATE);
  const perSample = damping.decay(note);
  const fade = 10 ** (-3 / (FADE * PIANO_RATE));
  const { block, contact } = damping;
  let level = gain;

  for (let from = first; from < last; from = (Math.floor(from / block) + 1) * block) {
    const to = Math.min(last, (Math.floor(from / block) + 1) * block);
    const grip = from >= keyUp ? (contact[Math.floor(from / block)] ?? 1) : 0;
    const factor = (grip > 0 ? perSample ** grip : 1) * (from >= fadeFrom ? fade : 1);
    for (let i = from; i < to; i++) {
      const position = (i - start) * ratio;
      const index = position | 0;
      const part = position - index;
      if (index < 1) continue;
      // Catmull-Rom spline through four samples: transposition by a semitone stays clean below 10 kHz.
      const at = 2 * index;
      const square = part * part;
      const cube = square * part;
      const w0 = 0.5 * (-cube + 2 * square - part);
      const w1 = 0.5 * (3 * cube - 5 * square + 2);
      const w2 = 0.5 * (-3 * cube + 4 * square + part);
      const w3 = 0.5 * (cube - square);
      left[i] += level * (w0 * audio[at - 2] + w1 * audio[at] + w2 * audio[at + 2] + w3 * audio[at + 4]);
      right[i] += level * (w0 * audio[at - 1] + w1 * audio[at + 1] + w2 * audio[at + 3] + w3 * audio[at + 5]);
      level *= factor;
    }
    if (level < gain * INAUDIBLE) return;
  }
}
