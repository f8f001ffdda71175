import { BitReader } from "../bit-reader.ts";
import { type Bands, LINES } from "./bands.ts";
import { type ChannelStream, newChannelStream, readChannelStream } from "./channel-stream.ts";
import { createFilterbank, type Filterbank } from "./filterbank.ts";
import { createNoiseGenerator } from "./noise.ts";
import { NO_MID_SIDE, readMidSideMask, undoStereo } from "./stereo.ts";
import { applyTns } from "./tns.ts";
import { EIGHT_SHORT, ONLY_LONG, readWindowInfo } from "./window-info.ts";

/** Syntactic elements (ISO/IEC 14496-3 table 4.85). */
const SINGLE_CHANNEL = 0;
const CHANNEL_PAIR = 1;
const LOW_FREQUENCY = 3;
const DATA_STREAM = 4;
const PROGRAM_CONFIG = 5;
const FILL = 6;
const END = 7;
/** extension_type of spectral band replication, without and with a checksum (table 4.121). */
const SBR_EXTENSIONS = [13, 14];
/**
 * A frame of one long window whose lines' squares add up to more comes from damage, and would sound as a bang: those of a
 * square wave or of noise at full scale add up to 3e15 (measured). Short windows are an eighth as long, and so are their
 * sums.
 */
const MAX_ENERGY = { long: 5e15, short: 5e15 / 8 };
/** The most channels: those of the largest layout, 7.1. */
const MAX_CHANNELS = 8;

/** "sbr": what is there is half of an HE-AAC stream, whose signs its container doesn't bear. */
export type FrameOutcome = "decoded" | "damaged" | "sbr";

export type FrameDecoder = {
  /** Decodes one raw data block, the bytes from `start` to before `end`. Silence stands in for a damaged one. */
  decode(bytes: Uint8Array, start: number, end: number): FrameOutcome;
  /** Lets the filter banks ring out over one frame. */
  decodeSilence(): void;
  /** The sound of the latest frame, 1024 samples of each channel, low-frequency effects left out. */
  readonly channels: readonly Float32Array[];
};

type Channel = {
  readonly stream: ChannelStream;
  readonly filterbank: Filterbank;
  readonly sound: Float32Array;
};

/** Decodes AAC-LC (ISO/IEC 14496-3 subpart 4) of a sample rate's bands. `channelCount`: until a frame says otherwise. */
export function createFrameDecoder(bands: Bands, channelCount: number): FrameDecoder {
  const pool: Channel[] = [];
  const noise = createNoiseGenerator();
  const unheard = newChannelStream(bands);
  let channels: Float32Array[] = [];
  let used = 0;

  function channelAt(index: number): Channel {
    const existing = pool[index];
    if (existing) return existing;
    const channel = {
      stream: newChannelStream(bands),
      filterbank: createFilterbank(),
      sound: new Float32Array(LINES),
    };
    pool.push(channel);
    return channel;
  }

  function decodeSilence(): void {
    channels = [];
    for (let index = 0; index < Math.max(1, used || channelCount); index += 1) {
      const { stream, filterbank, sound } = channelAt(Math.min(index, MAX_CHANNELS - 1));
      stream.lines.fill(0);
      filterbank.run(stream.lines, ONLY_LONG, stream.info.shape, sound);
      channels.push(sound);
    }
  }

  /** Reads all elements into channels. Null: these bits are no such elements. */
  function readElements(reader: BitReader): { count: number; hasSbr: boolean } | null {
    let count = 0;
    let hasSbr = false;
    while (!reader.overrun) {
      const element = reader.read(3);
      if (element === END) return { count, hasSbr };
      if (element === FILL) {
        if (skipFill(reader)) hasSbr = true;
      } else if (element === DATA_STREAM) skipDataStream(reader);
      else if (element === PROGRAM_CONFIG) skipProgramConfig(reader);
      else {
        // element_instance_tag
        reader.read(4);
        let isRead = false;
        if (element === LOW_FREQUENCY) isRead = readChannelStream(reader, unheard, bands, null, noise);
        else if (element === SINGLE_CHANNEL && count + 1 <= MAX_CHANNELS) {
          isRead = readSingle(reader, channelAt(count));
          count += 1;
        } else if (element === CHANNEL_PAIR && count + 2 <= MAX_CHANNELS) {
          isRead = readPair(reader, channelAt(count), channelAt(count + 1));
          count += 2;
        }
        if (!isRead) return null;
      }
    }
    return null;
  }

  function readSingle(reader: BitReader, { stream }: Channel): boolean {
    if (!readChannelStream(reader, stream, bands, null, noise)) return false;
    applyTns(stream.lines, stream.info, bands, stream.tns);
    return true;
  }

  function readPair(reader: BitReader, { stream: left }: Channel, { stream: right }: Channel): boolean {
    const hasCommonWindow = reader.readFlag();
    const shared = hasCommonWindow ? readWindowInfo(reader, bands) : null;
    if (hasCommonWindow && shared === null) return false;
    const mask = shared === null ? NO_MID_SIDE : readMidSideMask(reader, shared);
    if (mask === null) return false;
    if (!readChannelStream(reader, left, bands, shared, noise)) return false;
    if (!readChannelStream(reader, right, bands, shared, noise)) return false;
    if (shared !== null) undoStereo(left, right, mask);
    applyTns(left.lines, left.info, bands, left.tns);
    applyTns(right.lines, right.info, bands, right.tns);
    return true;
  }

  return {
    get channels() {
      return channels;
    },
    decodeSilence,
    decode(bytes, start, end) {
      const reader = new BitReader(bytes, start, end);
      const elements = readElements(reader);
      const count = elements?.count ?? 0;
      const isWhole =
        count > 0 &&
        onlyZeros(bytes, (reader.position + 7) >> 3, end) &&
        pool.slice(0, count).every(({ stream }) => isPlausible(stream));
      if (!isWhole) {
        decodeSilence();
        return "damaged";
      }
      if (elements?.hasSbr) return "sbr";
      used = count;
      channels = pool.slice(0, count).map(({ stream, filterbank, sound }) => {
        filterbank.run(stream.lines, stream.info.sequence, stream.info.shape, sound);
        return sound;
      });
      return "decoded";
    },
  };
}

/** Behind the end of a block there is at most padding; anything else means that it was misread. */
function onlyZeros(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) {
    if (bytes[at] !== 0) return false;
  }
  return true;
}

function isPlausible({ lines, info }: ChannelStream): boolean {
  let energy = 0;
  for (let line = 0; line < LINES; line += 1) energy += lines[line] * lines[line];
  // Written so that NaN doesn't pass.
  return energy < (info.sequence === EIGHT_SHORT ? MAX_ENERGY.short : MAX_ENERGY.long);
}

/** `fill_element` (section 4.4.2.7). Answers whether it holds spectral band replication. */
function skipFill(reader: BitReader): boolean {
  let count = reader.read(4);
  if (count === 15) count += reader.read(8) - 1;
  const isSbr = count > 0 && SBR_EXTENSIONS.includes(reader.peek25() >>> 21);
  reader.position += 8 * count;
  return isSbr;
}

/** `data_stream_element` (section 4.4.2.6). */
function skipDataStream(reader: BitReader): void {
  reader.read(4);
  const isAligned = reader.readFlag();
  let count = reader.read(8);
  if (count === 255) count += reader.read(8);
  if (isAligned) reader.alignToByte();
  reader.position += 8 * count;
}

/** `program_config_element` (section 4.4.1.1): the channels speak for themselves. */
function skipProgramConfig(reader: BitReader): void {
  reader.read(10);
  const front = reader.read(4);
  const side = reader.read(4);
  const back = reader.read(4);
  const lowFrequency = reader.read(2);
  const data = reader.read(3);
  const coupling = reader.read(4);
  // Mono mix-down and stereo mix-down name an element, matrix mix-down has 3 bits.
  for (const bits of [4, 4, 3]) {
    if (reader.readFlag()) reader.read(bits);
  }
  reader.position += 5 * (front + side + back + coupling) + 4 * (lowFrequency + data);
  reader.alignToByte();
  reader.position += 8 * reader.read(8);
}
