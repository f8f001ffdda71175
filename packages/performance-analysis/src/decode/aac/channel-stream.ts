import type { BitReader } from "../bit-reader.ts";
import { quarterPower } from "../quarter-powers.ts";
import { type Bands, LINES, SHORT_LINES } from "./bands.ts";
import {
  INTENSITY,
  INTENSITY_OPPOSITE,
  NOISE,
  readBand,
  readFactorDifference,
  ZERO_BAND,
} from "./codebooks.ts";
import { fillWithNoise, type NoiseGenerator } from "./noise.ts";
import { readTns, type TnsFilter } from "./tns.ts";
import { EIGHT_SHORT, readWindowInfo, silentWindow, type WindowInfo } from "./window-info.ts";

/** The most bands of a frame: 8 groups of 15, or 51. */
const MAX_BANDS = 128;
/** The largest value and what four pulses may add to it. */
const MAX_VALUE = 8191 + 4 * 15;
/** |value|^(4/3) (ISO/IEC 14496-3 section 4.6.1.3). */
const POWERS = Float64Array.from({ length: MAX_VALUE + 1 }, (_, value) => value ** (4 / 3));
/** The scale factor of gain 1 (section 4.6.2.3.3). */
const FACTOR_OFFSET = 100;
/** The first noise level is the global gain less this, plus a value of 9 bits less 256 (section 4.6.13.3). */
const NOISE_OFFSET = 90;
const NOISE_BITS = 9;

/** What one channel's stream says of a frame (`individual_channel_stream`, section 4.4.2.3). */
export type ChannelStream = {
  info: WindowInfo;
  /** By group and band (`group · codedBands + band`), the number of the codebook. */
  readonly codebooks: Uint8Array;
  /** By group and band, the scale factor, noise level or intensity position. */
  readonly factors: Int16Array;
  /** By group and band, the state that its noise began with. */
  readonly noiseStates: Int32Array;
  tns: readonly TnsFilter[];
  /** By window (of 128) and line. */
  readonly lines: Float32Array;
};

type Pulse = { readonly line: number; readonly amplitude: number };

const quantised = new Int32Array(LINES);

export function newChannelStream(bands: Bands): ChannelStream {
  return {
    info: silentWindow(bands),
    codebooks: new Uint8Array(MAX_BANDS),
    factors: new Int16Array(MAX_BANDS),
    noiseStates: new Int32Array(MAX_BANDS),
    tns: [],
    lines: new Float32Array(LINES),
  };
}

/**
 * Reads one channel, its lines requantised. `shared`: the window that both channels of a pair have, else null. False:
 * these bits are no such stream.
 */
export function readChannelStream(
  reader: BitReader,
  stream: ChannelStream,
  bands: Bands,
  shared: WindowInfo | null,
  noise: NoiseGenerator,
): boolean {
  const globalGain = reader.read(8);
  const info = shared ?? readWindowInfo(reader, bands);
  if (info === null) return false;
  stream.info = info;
  if (!readSections(reader, stream) || !readFactors(reader, stream, globalGain)) return false;
  const pulses = reader.readFlag() ? readPulses(reader, info) : [];
  if (pulses === null) return false;
  const tns = reader.readFlag() ? readTns(reader, info) : [];
  if (tns === null) return false;
  stream.tns = tns;
  const hasGainControl = reader.readFlag();
  // Gain control belongs to the SSR profile.
  return !hasGainControl && readSpectrum(reader, stream, pulses, noise) && !reader.overrun;
}

/** `section_data` (section 4.4.2.4). */
function readSections(reader: BitReader, { info, codebooks }: ChannelStream): boolean {
  const bits = info.sequence === EIGHT_SHORT ? 3 : 5;
  const more = (1 << bits) - 1;
  for (let group = 0; group < info.groups.length; group += 1) {
    const start = group * info.codedBands;
    for (let band = 0; band < info.codedBands; ) {
      const codebook = reader.read(4);
      let end = band;
      let length = more;
      while (length === more) {
        length = reader.read(bits);
        end += length;
        if (end > info.codedBands || reader.overrun) return false;
      }
      // 12 is reserved. A section of no length would be allowed, but nothing ends a row of them but the data.
      if (codebook === 12) return false;
      codebooks.fill(codebook, start + band, start + end);
      band = end;
    }
  }
  return true;
}

/** `scale_factor_data` (section 4.4.2.5 and 4.6.2.3.2). */
function readFactors(reader: BitReader, stream: ChannelStream, globalGain: number): boolean {
  const { info, codebooks, factors } = stream;
  let factor = globalGain;
  let noiseLevel = globalGain - NOISE_OFFSET;
  let intensity = 0;
  let isFirstNoise = true;
  for (let band = 0; band < info.groups.length * info.codedBands; band += 1) {
    const codebook = codebooks[band];
    if (codebook === ZERO_BAND) {
      factors[band] = 0;
    } else if (codebook === INTENSITY || codebook === INTENSITY_OPPOSITE) {
      intensity += readFactorDifference(reader);
      factors[band] = intensity;
    } else if (codebook === NOISE) {
      noiseLevel += isFirstNoise
        ? reader.read(NOISE_BITS) - 2 ** (NOISE_BITS - 1)
        : readFactorDifference(reader);
      isFirstNoise = false;
      factors[band] = noiseLevel;
    } else {
      factor += readFactorDifference(reader);
      if (factor < 0 || factor > 255) return false;
      factors[band] = factor;
    }
  }
  return !reader.overrun;
}

/** `pulse_data` (section 4.4.2.6); long windows only. */
function readPulses(reader: BitReader, info: WindowInfo): Pulse[] | null {
  const count = reader.read(2) + 1;
  const startBand = reader.read(6);
  if (info.sequence === EIGHT_SHORT || startBand >= info.offsets.length - 1) return null;
  let line = info.offsets[startBand];
  const pulses: Pulse[] = [];
  for (let index = 0; index < count; index += 1) {
    line += reader.read(5);
    const amplitude = reader.read(4);
    if (line >= LINES) return null;
    pulses.push({ line, amplitude });
  }
  return pulses;
}

/** `spectral_data` (section 4.4.2.8), requantised (section 4.6.1.3) and with noise where only its level was sent. */
function readSpectrum(
  reader: BitReader,
  stream: ChannelStream,
  pulses: readonly Pulse[],
  noise: NoiseGenerator,
): boolean {
  const { info, codebooks, factors, noiseStates, lines } = stream;
  lines.fill(0);
  let window = 0;
  for (let group = 0; group < info.groups.length; group += 1) {
    const windows = info.groups[group];
    for (let band = 0; band < info.codedBands; band += 1) {
      const index = group * info.codedBands + band;
      const codebook = codebooks[index];
      if (codebook === ZERO_BAND || codebook >= INTENSITY_OPPOSITE) continue;
      noiseStates[index] = noise.state;
      const level = quarterPower(codebook === NOISE ? factors[index] : factors[index] - FACTOR_OFFSET);
      for (let within = 0; within < windows; within += 1) {
        const start = (window + within) * SHORT_LINES + info.offsets[band];
        const end = (window + within) * SHORT_LINES + info.offsets[band + 1];
        if (codebook === NOISE) {
          fillWithNoise(noise, lines, start, end, level);
          continue;
        }
        if (!readBand(reader, codebook, quantised, start, end) || reader.overrun) return false;
        for (const { line, amplitude } of pulses) {
          if (line < start || line >= end) continue;
          quantised[line] += quantised[line] > 0 ? amplitude : -amplitude;
        }
        for (let line = start; line < end; line += 1) {
          const value = quantised[line];
          lines[line] = value < 0 ? -POWERS[-value] * level : POWERS[value] * level;
        }
      }
    }
    window += windows;
  }
  return true;
}
