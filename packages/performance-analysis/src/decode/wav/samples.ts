import type { CutOff, MixedBlock } from "../sound-writer.ts";
import type { WavFormat } from "./header.ts";

/** Loudest float sample that is believed: 24 dB over full scale. More is damage, and would drown everything. */
const MAX_FLOAT_SAMPLE = 16;

/**
 * Makes a reader of whole frames: the length of its `bytes` must be a multiple of `format.blockAlign`. What it gives holds
 * until its next call.
 */
export function createFrameReader(format: WavFormat): (bytes: Uint8Array) => MixedBlock {
  const { channels, blockAlign } = format;
  let samples = new Float32Array(0);
  let mono = new Float32Array(0);
  let side = new Float32Array(0);
  let peak = new Float32Array(0);
  return (bytes) => {
    const frames = bytes.length / blockAlign;
    if (frames > mono.length) {
      samples = new Float32Array(frames * channels);
      mono = new Float32Array(frames);
      side = new Float32Array(frames);
      peak = new Float32Array(frames);
    }
    readSamples(bytes, format, samples);
    if (channels === 2) mixTwo(samples, frames, mono, side, peak);
    else mixMany(samples, frames, channels, mono, peak);
    return {
      mono: mono.subarray(0, frames),
      side: side.subarray(0, frames),
      peak: peak.subarray(0, frames),
    };
  };
}

function mixTwo(
  samples: Float32Array,
  frames: number,
  mono: Float32Array,
  side: Float32Array,
  peak: Float32Array,
): void {
  for (let frame = 0; frame < frames; frame += 1) {
    const left = samples[2 * frame];
    const right = samples[2 * frame + 1];
    mono[frame] = (left + right) / 2;
    side[frame] = (left - right) / 2;
    peak[frame] = Math.max(Math.abs(left), Math.abs(right));
  }
}

function mixMany(
  samples: Float32Array,
  frames: number,
  channels: number,
  mono: Float32Array,
  peak: Float32Array,
): void {
  for (let frame = 0; frame < frames; frame += 1) {
    let sum = 0;
    let largest = 0;
    for (let at = frame * channels; at < (frame + 1) * channels; at += 1) {
      sum += samples[at];
      largest = Math.max(largest, Math.abs(samples[at]));
    }
    mono[frame] = sum / channels;
    peak[frame] = largest;
  }
}

/**
 * From the largest positive value that the format can hold, or 16 bits can: material cut off at these is often stored in wider
 * words afterwards. Floats go on beyond full scale, and what does isn't cut off.
 */
export function cutOffOf({ encoding, bitsPerSample }: WavFormat): CutOff {
  const steps = 2 ** (Math.min(encoding === "float" ? 16 : bitsPerSample, 16) - 1);
  return { from: (steps - 1) / steps, to: 1 };
}

/** Puts all samples, of the channels in turn, into `samples`. */
function readSamples(bytes: Uint8Array, { encoding, bitsPerSample }: WavFormat, samples: Float32Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = (bytes.length * 8) / bitsPerSample;
  if (encoding === "float") {
    for (let at = 0; at < count; at += 1) {
      samples[at] = finite(
        bitsPerSample === 32 ? view.getFloat32(4 * at, true) : view.getFloat64(8 * at, true),
      );
    }
  } else if (bitsPerSample === 8) {
    for (let at = 0; at < count; at += 1) samples[at] = (bytes[at] - 128) / 128;
  } else if (bitsPerSample === 16) {
    for (let at = 0; at < count; at += 1) samples[at] = view.getInt16(2 * at, true) / 32_768;
  } else if (bitsPerSample === 24) {
    for (let at = 0, byte = 0; at < count; at += 1, byte += 3) {
      samples[at] = (bytes[byte] | (bytes[byte + 1] << 8) | ((bytes[byte + 2] << 24) >> 8)) / 8_388_608;
    }
  } else {
    for (let at = 0; at < count; at += 1) samples[at] = view.getInt32(4 * at, true) / 2_147_483_648;
  }
}

/** A float sample made safe: NaN counts as 0, what is out of all bounds is cut off. */
function finite(sample: number): number {
  if (sample > MAX_FLOAT_SAMPLE) return MAX_FLOAT_SAMPLE;
  if (sample < -MAX_FLOAT_SAMPLE) return -MAX_FLOAT_SAMPLE;
  return Number.isNaN(sample) ? 0 : sample;
}
