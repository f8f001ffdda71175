import type { WavFormat } from "./wav-header.ts";

/**
 * Consecutive frames of sound at the source's rate. Full scale is 1.
 * `mono` is the mean of the channels, `peak` the largest absolute sample of any channel, for each frame.
 */
export type SampleBlock = { readonly mono: Float32Array; readonly peak: Float32Array };

type ReadSample = (view: DataView, offset: number) => number;

/** Gives the samples of whole frames: `bytes.length` must be a multiple of `format.blockAlign`. */
export function decodeFrames(bytes: Uint8Array, format: WavFormat): SampleBlock {
  const { channels, blockAlign } = format;
  const frames = bytes.length / blockAlign;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const read = sampleReader(format);
  const width = format.bitsPerSample / 8;
  const mono = new Float32Array(frames);
  const peak = new Float32Array(frames);
  for (let frame = 0; frame < frames; frame += 1) {
    let sum = 0;
    let largest = 0;
    for (let channel = 0; channel < channels; channel += 1) {
      const sample = read(view, frame * blockAlign + channel * width);
      const magnitude = Math.abs(sample);
      sum += sample;
      if (magnitude > largest) largest = magnitude;
    }
    mono[frame] = sum / channels;
    peak[frame] = largest;
  }
  return { mono, peak };
}

/** Largest positive value that the format can hold, with full scale 1: where a clipped integer recording stops. */
export function largestSample(format: WavFormat): number {
  if (format.encoding === "float") return 1;
  // Material cut off at 16 bits is often stored in wider words afterwards, so those count as full from there too.
  const steps = 2 ** (Math.min(format.bitsPerSample, 16) - 1);
  return (steps - 1) / steps;
}

function sampleReader(format: WavFormat): ReadSample {
  if (format.encoding === "float") {
    return format.bitsPerSample === 32
      ? (view, offset) => finite(view.getFloat32(offset, true))
      : (view, offset) => finite(view.getFloat64(offset, true));
  }
  switch (format.bitsPerSample) {
    case 8:
      return (view, offset) => (view.getUint8(offset) - 128) / 128;
    case 16:
      return (view, offset) => view.getInt16(offset, true) / 32_768;
    case 24:
      return (view, offset) => (view.getUint8(offset) | (view.getInt16(offset + 1, true) << 8)) / 8_388_608;
    default:
      return (view, offset) => view.getInt32(offset, true) / 2_147_483_648;
  }
}

/** Loudest float sample that is believed: 24 dB over full scale. More is damage, and would drown everything. */
const MAX_FLOAT_SAMPLE = 16;

/** A float sample made safe: NaN counts as 0, what is out of all bounds is cut off. */
function finite(sample: number): number {
  if (sample > MAX_FLOAT_SAMPLE) return MAX_FLOAT_SAMPLE;
  if (sample < -MAX_FLOAT_SAMPLE) return -MAX_FLOAT_SAMPLE;
  return Number.isNaN(sample) ? 0 : sample;
}
