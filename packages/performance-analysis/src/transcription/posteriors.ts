/** How likely it is, frame by frame, that a key sounds and that it is struck, and how loud each semitone is. */

import { KERNEL_SAMPLE_RATE, KEYS, LEVEL_BINS, type NoteKernel } from "./kernel.ts";

/** What a posterior of 1 is as a byte. */
export const POSTERIOR_SCALE = 255;

/** Semitones that have a level: from A0 (27.5 Hz) up to 10 kHz, three bins of the kernel's spectrum each. */
export const SEMITONES = LEVEL_BINS / 3;

/** A level's byte is `LEVEL_STEPS` a decibel, from `LEAST_LEVEL` decibels up. */
export const LEVEL_STEPS = 2;
export const LEAST_LEVEL = -90;

/** What is kept of a recording for finding its notes: 279 bytes a frame, 24 KB a second. Curves are not to be written to. */
export interface Posteriors {
  /** Frames, `frameRate` a second; frame n is centred on second n / frameRate. */
  readonly frameCount: number;
  /** Frames a second: 22 050 / 256 ≈ 86.13. */
  readonly frameRate: number;
  /** That `key` (0 = A0 … 87 = C8) sounds, frame by frame: 0 … 255. */
  notesOf(key: number): Uint8Array;
  /** That `key` is struck, frame by frame: 0 … 255. */
  onsetsOf(key: number): Uint8Array;
  /** Level of a semitone (0 = A0 … 102), frame by frame: the loudest of its bins, `LEVEL_STEPS` and `LEAST_LEVEL` tell how. */
  levelsOf(semitone: number): Uint8Array;
}

/** Hears a recording as it comes in. */
export interface PosteriorStream {
  /** The next samples, mono at 22.05 kHz, full scale ±1; any number at a time. */
  push(samples: Float32Array): void;
  /** Frames heard so far, for telling how far the work has come. */
  readonly framesHeard: number;
  /** After the last samples: the posteriors of the whole recording. Call once. */
  finish(): Posteriors;
}

/** Frames of one window; each table key by key. */
interface Segment {
  readonly frames: number;
  readonly notes: Uint8Array;
  readonly onsets: Uint8Array;
  readonly levels: Uint8Array;
}

/**
 * Starts hearing a recording. The result depends on the samples alone, not on how they are cut into pieces; the memory
 * taken grows by 24 KB a second, without copies of what is there already.
 *
 * The original normalises the levels of each window of two seconds by their lowest and highest, and so does the kernel;
 * windows follow each other by the frames that one gives (141, 1.64 s), the overlap of 31 frames being thrown away on
 * both sides. Before the beginning and after the end the recording is silent.
 */
export function createPosteriorStream(kernel: NoteKernel): PosteriorStream {
  const advance = kernel.frameCount * kernel.hopLength;
  const window = new Float32Array(kernel.windowLength);
  const segments: Segment[] = [];
  let filled = kernel.firstFrame * kernel.hopLength;
  let length = 0;
  let framesHeard = 0;

  function hear(frames: number): void {
    segments.push(readSegment(kernel, window, frames));
    framesHeard += frames;
    window.copyWithin(0, advance);
    filled = Math.max(0, filled - advance);
  }

  return {
    push(samples) {
      length += samples.length;
      let taken = 0;
      while (taken < samples.length) {
        const count = Math.min(samples.length - taken, window.length - filled);
        window.set(samples.subarray(taken, taken + count), filled);
        taken += count;
        filled += count;
        if (filled === window.length) hear(kernel.frameCount);
      }
    },
    get framesHeard() {
      return framesHeard;
    },
    finish() {
      const frameCount = length === 0 ? 0 : Math.floor(length / kernel.hopLength) + 1;
      while (framesHeard < frameCount) {
        window.fill(0, filled);
        hear(Math.min(kernel.frameCount, frameCount - framesHeard));
      }
      return joined(segments, frameCount, KERNEL_SAMPLE_RATE / kernel.hopLength);
    },
  };
}

function readSegment(kernel: NoteKernel, window: Float32Array, frames: number): Segment {
  const output = kernel.transcribe(window);
  const { noteStride, levelStride } = output;
  const notes = new Uint8Array(frames * KEYS);
  const onsets = new Uint8Array(frames * KEYS);
  const levels = new Uint8Array(frames * SEMITONES);
  for (let key = 0; key < KEYS; key += 1) {
    writePosteriors(output.notes, key, noteStride, notes.subarray(key * frames, (key + 1) * frames));
    writePosteriors(output.onsets, key, KEYS, onsets.subarray(key * frames, (key + 1) * frames));
  }
  for (let semitone = 0; semitone < SEMITONES; semitone += 1) {
    const row = levels.subarray(semitone * frames, (semitone + 1) * frames);
    for (let frame = 0, bin = 3 * semitone; frame < frames; frame += 1, bin += levelStride) {
      const level = Math.max(output.levels[bin], output.levels[bin + 1], output.levels[bin + 2]);
      row[frame] = rounded(Math.min(255, Math.max(0, (level - LEAST_LEVEL) * LEVEL_STEPS)));
    }
  }
  return { frames, notes, onsets, levels };
}

function writePosteriors(values: Float32Array, first: number, stride: number, row: Uint8Array): void {
  for (let frame = 0, at = first; frame < row.length; frame += 1, at += stride) {
    row[frame] = rounded(values[at] * POSTERIOR_SCALE);
  }
}

/** The nearest whole number of one from 0 to 255: a third of the time of Math.round, here four million times in three minutes. */
function rounded(value: number): number {
  return (value + 0.5) | 0;
}

/** Puts the segments' curves together, and gives each kind of segment up once it is copied. */
function joined(segments: Segment[], frameCount: number, frameRate: number): Posteriors {
  const parts = segments.map(({ frames, notes, onsets, levels }) => ({ frames, notes, onsets, levels }));
  segments.length = 0;
  function join(kind: "notes" | "onsets" | "levels", rows: number): Uint8Array[] {
    const curves = new Uint8Array(rows * frameCount);
    let start = 0;
    for (const part of parts) {
      const { frames } = part;
      for (let row = 0; row < rows; row += 1) {
        curves.set(part[kind].subarray(row * frames, (row + 1) * frames), row * frameCount + start);
      }
      start += frames;
      part[kind] = NOTHING;
    }
    // Views made once: one is asked for at every onset.
    return Array.from({ length: rows }, (_, row) =>
      curves.subarray(row * frameCount, (row + 1) * frameCount),
    );
  }
  const notes = join("notes", KEYS);
  const onsets = join("onsets", KEYS);
  const levels = join("levels", SEMITONES);
  return {
    frameCount,
    frameRate,
    notesOf: (key) => notes[key],
    onsetsOf: (key) => onsets[key],
    levelsOf: (semitone) => levels[semitone],
  };
}

const NOTHING = new Uint8Array(0);
