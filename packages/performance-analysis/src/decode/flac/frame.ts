import { parseFlacFrameHeader } from "../../container/flac-frame-header.ts";
import { BitReader } from "../bit-reader.ts";
import type { SourceWindow } from "../source-window.ts";
import { crc16 } from "./crc16.ts";
import { readSubframe } from "./subframe.ts";

/** STREAMINFO (RFC 9639 section 8.2), as far as decoding needs it. */
export type StreamInfo = {
  /** Samples a channel of every frame but the last, where frames are numbered instead of samples. */
  readonly fixedBlockSize: number;
  /** Hz. */
  readonly sampleRate: number;
  readonly channels: number;
  /** Bits a sample. */
  readonly bitDepth: number;
  /** Samples a channel in all; 0 if the encoder didn't know. */
  readonly totalSamples: number;
};

/** One decoded frame. The arrays are used again for the next. */
export type DecodedFrame = {
  /** Samples a channel before this frame. */
  readonly start: number;
  readonly blockSize: number;
  readonly channels: readonly Float32Array[];
  /** Bytes of the frame. */
  readonly length: number;
};

/** Channel assignments of two channels as a sum or difference (section 9.1.3). */
const LEFT_SIDE = 8;
const SIDE_RIGHT = 9;
const MID_SIDE = 10;

/** Bytes of the shortest frame: a header of 6, a constant subframe of 4 bits in 2, CRC-16. */
const MIN_FRAME = 10;

/** Decodes frames of one stream. */
export type FrameDecoder = {
  /** The most bytes that the frame at the cursor can have; 0 if no frame begins there. */
  longest(input: SourceWindow): number;
  /** The frame at the cursor, its checksums right, of as much as is available; null if there is none. */
  decode(input: SourceWindow): DecodedFrame | null;
  /** Samples of frames that turned out to be none: what the search after damage has cost. */
  readonly wastedSamples: number;
};

export function createFrameDecoder(info: StreamInfo): FrameDecoder {
  let integers: Float64Array[] = [];
  let floats: Float32Array[] = [];
  let wastedSamples = 0;

  function reserve(channels: number, blockSize: number): void {
    if (floats.length === channels && floats[0].length >= blockSize) return;
    integers = Array.from({ length: channels }, () => new Float64Array(blockSize));
    floats = Array.from({ length: channels }, () => new Float32Array(blockSize));
  }

  function headerAt(input: SourceWindow) {
    // Zeros stand behind the file's end, so that even a header longer than the rest can be looked at.
    if (!input.has(MIN_FRAME) || input.u16be(0) >> 1 !== 0xfff8 >> 1) return null;
    const header = parseFlacFrameHeader(input, info.fixedBlockSize);
    if (header === null) return null;
    const channels = header.channelBits < LEFT_SIDE ? header.channelBits + 1 : 2;
    const bitDepth = header.bitDepth || info.bitDepth;
    // A stream could change these by its rules, but no file does, and damage does.
    if (channels !== info.channels || bitDepth !== info.bitDepth) return null;
    return { ...header, channels, bitDepth };
  }

  return {
    longest(input) {
      const header = headerAt(input);
      if (header === null) return 0;
      // Nothing is longer than samples stored as they are: one bit more for the side channel, and each one's header.
      const perChannel = Math.ceil((header.blockSize * (header.bitDepth + 1)) / 8) + 8;
      return header.length + header.channels * perChannel + 2;
    },
    decode(input) {
      const header = headerAt(input);
      if (header === null) return null;
      const { blockSize, channels, channelBits, bitDepth } = header;
      reserve(channels, blockSize);
      const start = input.offset;
      const reader = new BitReader(input.bytes, start + header.length, start + input.available);
      for (let channel = 0; channel < channels; channel += 1) {
        const isSide = channelBits >= LEFT_SIDE && channel === (channelBits === SIDE_RIGHT ? 0 : 1);
        if (!readSubframe(reader, integers[channel], blockSize, bitDepth + (isSide ? 1 : 0))) {
          wastedSamples += channels * blockSize;
          return null;
        }
      }
      reader.alignToByte();
      const end = (reader.position >> 3) + 2;
      if (end > start + input.available || crc16(input.bytes, start, end) !== 0) {
        wastedSamples += channels * blockSize;
        return null;
      }
      toFloats(integers, floats, blockSize, channelBits, 2 ** (1 - bitDepth));
      return { start: header.start, blockSize, channels: floats, length: end - start };
    },
    get wastedSamples() {
      return wastedSamples;
    },
  };
}

/** Undoes the channel assignment (section 9.1.3) and scales to ±1. */
function toFloats(
  integers: readonly Float64Array[],
  floats: readonly Float32Array[],
  blockSize: number,
  channelBits: number,
  scale: number,
): void {
  if (channelBits < LEFT_SIDE) {
    for (let channel = 0; channel < floats.length; channel += 1) {
      const from = integers[channel];
      const to = floats[channel];
      for (let at = 0; at < blockSize; at += 1) to[at] = from[at] * scale;
    }
    return;
  }
  const [first, second] = integers;
  const [left, right] = floats;
  for (let at = 0; at < blockSize; at += 1) {
    const a = first[at];
    const b = second[at];
    if (channelBits === LEFT_SIDE) {
      left[at] = a * scale;
      right[at] = (a - b) * scale;
    } else if (channelBits === MID_SIDE) {
      // The mean lost its last bit, which is that of the difference.
      const sum = 2 * a + Math.abs(b % 2);
      left[at] = ((sum + b) / 2) * scale;
      right[at] = ((sum - b) / 2) * scale;
    } else {
      left[at] = (a + b) * scale;
      right[at] = b * scale;
    }
  }
}
