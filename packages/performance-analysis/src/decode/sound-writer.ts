import type { AudioFormat } from "../container/description.ts";
import { createAntiphaseGuard } from "./antiphase.ts";

/** From the least to the largest absolute value that a sample has where a recording was cut off at full scale. */
export type CutOff = { readonly from: number; readonly to: number };

/** What is known of a recording's sound before it is decoded. */
export type SoundFormat = {
  readonly format: AudioFormat;
  /** As ffmpeg or RFC 6381 spell it: `pcm_s16le`, `mp3`, `mp4a.40.2`, `flac`. */
  readonly codec: string;
  /** Hz. */
  readonly sampleRate: number;
  readonly channels: number;
  /** Where samples of a clipped recording lie, full scale being 1. */
  readonly cutOff: CutOff;
  /** Seconds of the whole recording as its file states or suggests it; null if nothing does. */
  readonly durationSeconds: number | null;
};

/**
 * Consecutive frames of sound at the source's rate. Full scale is 1; lossy codecs may go a little beyond.
 * `mono` is the mean of the channels (of two in antiphase half their difference), `peak` the largest absolute sample of
 * any channel, for each frame.
 */
export type SoundBlock = { readonly mono: Float32Array; readonly peak: Float32Array };

/** The same before two channels in antiphase are told: `side` is half the difference of two channels, 0 of other numbers. */
export type MixedBlock = SoundBlock & { readonly side: Float32Array };

/** A stretch of the recording, in seconds from its start. */
export type Span = { readonly start: number; readonly end: number };

/** What of a codec's output is the recording: the rest is the encoder's delay and padding. */
export type Trim = {
  /** Frames before the recording begins. */
  readonly start: number;
  /** Frames of the recording, or null for all that follow. */
  readonly length: number | null;
};

/** Sound handed on at once, in seconds: often enough for progress to be told, seldom enough to cost nothing. */
const BLOCK_SECONDS = 1;
/** Seconds over which sound fades where it breaks off, so that no click is heard as a note. */
const FADE_SECONDS = 0.005;
/** Damaged spans closer than this, in seconds, are told as one: a list of hundreds would help nobody. */
const MERGE_SECONDS = 0.5;

/** Gathers decoded sound into mono blocks, without the encoder's delay and padding, up to a greatest length. */
export class SoundWriter {
  readonly #maxSeconds: number;
  #format: SoundFormat | null = null;
  #start = 0;
  #end = Number.POSITIVE_INFINITY;
  #limit = Number.POSITIVE_INFINITY;
  /** Frames that the codec gave, counted from its first. */
  #position = 0;
  #written = 0;
  #damagedFrames = 0;
  #spans: { start: number; end: number }[] = [];
  #mono: Float32Array = new Float32Array(0);
  #side: Float32Array = new Float32Array(0);
  #peak: Float32Array = new Float32Array(0);
  readonly #antiphase = createAntiphaseGuard();
  #filled = 0;
  #ready: SoundBlock[] = [];
  /** Blocks that were given back, to be written anew: a second of sound is 350 kB that nobody would collect in time. */
  #spare: SoundBlock[] = [];
  #last = 0;
  #lastSide = 0;
  #fadeIn = 0;
  #fadeLength = 0;

  constructor(maxSeconds: number) {
    this.#maxSeconds = maxSeconds;
  }

  /** Must be called once, before any sound is written. */
  open(format: SoundFormat, trim: Trim): void {
    this.#format = format;
    this.#limit = Math.round(this.#maxSeconds * format.sampleRate);
    this.#start = trim.start;
    this.#end = trim.start + Math.min(trim.length ?? Number.POSITIVE_INFINITY, this.#limit);
    this.#fadeLength = Math.round(FADE_SECONDS * format.sampleRate);
    this.#beginBlock();
  }

  /** Null before `open`. */
  get format(): SoundFormat | null {
    return this.#format;
  }

  /** Frames of the codec's output so far, those that are no part of the recording included. */
  get position(): number {
    return this.#position;
  }

  /** Frames of the recording so far. */
  get written(): number {
    return this.#written;
  }

  /** Of `written`, those that stand for sound that couldn't be read. */
  get damagedFrames(): number {
    return this.#damagedFrames;
  }

  /** No more sound is wanted: the recording's end, or the greatest length, is reached. */
  get done(): boolean {
    return this.#position >= this.#end;
  }

  /** The greatest length is reached, rather than the recording's end. */
  get capped(): boolean {
    return this.#written >= this.#limit;
  }

  /** A block is ready to be taken: the reader should pause. */
  get full(): boolean {
    return this.#ready.length > 0;
  }

  /** Damaged stretches in the order of time, those close to each other joined. */
  get damagedSpans(): Span[] {
    const rate = this.#format?.sampleRate ?? 1;
    return this.#spans.map(({ start, end }) => ({ start: start / rate, end: end / rate }));
  }

  /** Takes more sound after all than `open` was told, up to the greatest length. */
  extend(): void {
    this.#end = this.#position + this.#limit - this.#written;
  }

  /** The blocks that are ready. */
  take(): SoundBlock[] {
    const ready = this.#ready;
    this.#ready = [];
    return ready;
  }

  /** Gives back a taken block that nobody looks at any more. */
  giveBack(block: SoundBlock): void {
    if (block.mono.length === this.#blockLength) this.#spare.push(block);
  }

  get #blockLength(): number {
    return Math.max(1, Math.round(BLOCK_SECONDS * (this.#format?.sampleRate ?? 1)));
  }

  /** Makes what is left of the sound ready. */
  close(): void {
    if (this.#filled > 0) this.#endBlock();
  }

  /**
   * Takes `count` frames of each channel from `from` on. `damaged`: they are what the codec made up in place of sound that
   * couldn't be read.
   */
  write(channels: readonly Float32Array[], from: number, count: number, damaged = false): void {
    const first = from + Math.max(0, this.#start - this.#position);
    const last = from + Math.min(count, this.#end - this.#position);
    this.#position += count;
    if (damaged) this.#noteDamage(last - first);
    for (let at = first; at < last; ) {
      const room = Math.min(last - at, this.#mono.length - this.#filled);
      this.#mix(channels, at, room);
      at += room;
    }
  }

  /** Takes frames whose channels are mixed already. */
  writeBlock(block: MixedBlock): void {
    const first = Math.max(0, this.#start - this.#position);
    const last = Math.min(block.mono.length, this.#end - this.#position);
    this.#position += block.mono.length;
    for (let at = first; at < last; ) {
      const room = Math.min(last - at, this.#mono.length - this.#filled);
      this.#mono.set(block.mono.subarray(at, at + room), this.#filled);
      this.#side.set(block.side.subarray(at, at + room), this.#filled);
      this.#peak.set(block.peak.subarray(at, at + room), this.#filled);
      at += room;
      this.#advance(room);
    }
  }

  /** Stands silence in for `count` frames that couldn't be read, the sound before and after fading. */
  writeGap(count: number): void {
    const first = Math.max(0, this.#start - this.#position);
    const last = Math.min(count, this.#end - this.#position);
    this.#position += count;
    this.#noteDamage(last - first);
    const before = this.#last;
    const beforeSide = this.#lastSide;
    for (let at = first; at < last; ) {
      const room = Math.min(last - at, this.#mono.length - this.#filled);
      // A block that was given back still holds earlier sound.
      for (const part of [this.#mono, this.#side, this.#peak])
        part.fill(0, this.#filled, this.#filled + room);
      for (let frame = 0; frame < room; frame += 1) {
        const fading = 1 - (at + frame - first + 1) / this.#fadeLength;
        if (fading <= 0) break;
        this.#mono[this.#filled + frame] = before * fading;
        this.#side[this.#filled + frame] = beforeSide * fading;
        this.#peak[this.#filled + frame] = Math.abs(before * fading);
      }
      at += room;
      this.#advance(room);
    }
    this.#fadeIn = this.#fadeLength;
  }

  #mix(channels: readonly Float32Array[], from: number, count: number): void {
    const mono = this.#mono;
    const side = this.#side;
    const peak = this.#peak;
    const filled = this.#filled;
    const [left, right] = channels;
    if (channels.length !== 2) side.fill(0, filled, filled + count);
    if (channels.length === 1) {
      for (let frame = 0; frame < count; frame += 1) {
        const sample = left[from + frame];
        mono[filled + frame] = sample;
        peak[filled + frame] = Math.abs(sample);
      }
    } else if (channels.length === 2) {
      for (let frame = 0; frame < count; frame += 1) {
        const first = left[from + frame];
        const second = right[from + frame];
        mono[filled + frame] = (first + second) / 2;
        side[filled + frame] = (first - second) / 2;
        peak[filled + frame] = Math.max(Math.abs(first), Math.abs(second));
      }
    } else {
      for (let frame = 0; frame < count; frame += 1) {
        let sum = 0;
        let largest = 0;
        for (const channel of channels) {
          const sample = channel[from + frame];
          sum += sample;
          largest = Math.max(largest, Math.abs(sample));
        }
        mono[filled + frame] = sum / channels.length;
        peak[filled + frame] = largest;
      }
    }
    for (let frame = 0; frame < count && frame < this.#fadeIn; frame += 1) {
      const share = 1 - (this.#fadeIn - frame) / this.#fadeLength;
      mono[filled + frame] *= share;
      side[filled + frame] *= share;
    }
    this.#fadeIn = Math.max(0, this.#fadeIn - count);
    this.#advance(count);
  }

  #advance(count: number): void {
    this.#filled += count;
    this.#written += count;
    if (this.#filled > 0) {
      this.#last = this.#mono[this.#filled - 1];
      this.#lastSide = this.#side[this.#filled - 1];
    }
    if (this.#filled === this.#mono.length) this.#endBlock();
  }

  #beginBlock(): void {
    const spare = this.#spare.pop();
    this.#mono = spare?.mono ?? new Float32Array(this.#blockLength);
    this.#peak = spare?.peak ?? new Float32Array(this.#blockLength);
    if (this.#side.length !== this.#blockLength) this.#side = new Float32Array(this.#blockLength);
    this.#filled = 0;
  }

  #endBlock(): void {
    const mono = this.#mono.subarray(0, this.#filled);
    const peak = this.#peak.subarray(0, this.#filled);
    this.#antiphase.apply(mono, this.#side.subarray(0, this.#filled));
    this.#ready.push({ mono, peak });
    this.#beginBlock();
  }

  #noteDamage(count: number): void {
    if (count <= 0) return;
    this.#damagedFrames += count;
    const start = this.#written;
    const previous = this.#spans.at(-1);
    const near = MERGE_SECONDS * (this.#format?.sampleRate ?? 1);
    if (previous !== undefined && start - previous.end <= near) previous.end = start + count;
    else this.#spans.push({ start, end: start + count });
  }
}
