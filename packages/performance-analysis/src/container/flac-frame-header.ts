import type { LookAhead } from "./byte-input.ts";

/** Bytes of the longest frame header: 4, a coded number of 7, block size of 2, sample rate of 2, CRC-8. */
export const MAX_FRAME_HEADER = 16;

/** RFC 9639 section 9.1.4; the fourth is reserved. */
const BIT_DEPTHS = [0, 8, 12, 0, 16, 20, 24, 32];

export interface FlacFrame {
  /** Samples a channel before this frame. */
  readonly start: number;
  /** Samples a channel in this frame. */
  readonly blockSize: number;
  /** How channels are stored: one less than their number up to 7, then left/side, side/right, mid/side. */
  readonly channelBits: number;
  /** Bits a sample, 0 for those of STREAMINFO. */
  readonly bitDepth: number;
  /** Bytes of this header, its CRC-8 included. */
  readonly length: number;
}

/**
 * A frame header at the cursor (RFC 9639 section 9.1), or null. `MAX_FRAME_HEADER` bytes must be available.
 * `fixedBlockSize`: samples a channel of every frame but the last, where frames are numbered instead of samples.
 */
export function parseFlacFrameHeader(input: LookAhead, fixedBlockSize: number): FlacFrame | null {
  const variableBlockSize = (input.u8(1) & 1) === 1;
  const blockSizeBits = input.u8(2) >> 4;
  const sampleRateBits = input.u8(2) & 0x0f;
  const channelBits = input.u8(3) >> 4;
  const bitDepthBits = (input.u8(3) >> 1) & 7;
  const reservedBit = input.u8(3) & 1;
  if (blockSizeBits === 0 || sampleRateBits === 15 || channelBits > 10 || bitDepthBits === 3 || reservedBit) {
    return null;
  }
  const number = parseCodedNumber(input, 4);
  if (!number) return null;
  let at = 4 + number.length;
  let blockSize = tabulatedBlockSize(blockSizeBits);
  if (blockSizeBits === 6) blockSize = input.u8(at++) + 1;
  if (blockSizeBits === 7) {
    blockSize = input.u16be(at) + 1;
    at += 2;
  }
  if (sampleRateBits === 12) at += 1;
  if (sampleRateBits === 13 || sampleRateBits === 14) at += 2;
  if (crc8(input, at) !== input.u8(at)) return null;
  const start = variableBlockSize ? number.value : number.value * fixedBlockSize;
  return { start, blockSize, channelBits, bitDepth: BIT_DEPTHS[bitDepthBits] ?? 0, length: at + 1 };
}

/** RFC 9639 section 9.1.1; codes 6 and 7 say that the size follows. */
function tabulatedBlockSize(bits: number): number {
  if (bits === 1) return 192;
  return bits <= 5 ? 144 * 2 ** bits : 2 ** bits;
}

/** The extended UTF-8 of RFC 9639 section 9.1.5, up to 36 bits in 7 bytes. */
function parseCodedNumber(input: LookAhead, at: number): { value: number; length: number } | null {
  const first = input.u8(at);
  if (first < 0x80) return { value: first, length: 1 };
  const length = Math.clz32(~(first << 24));
  if (length < 2 || length > 7) return null;
  let value = length === 7 ? 0 : first & (0x7f >> length);
  for (let index = 1; index < length; index++) {
    const byte = input.u8(at + index);
    if (byte >> 6 !== 2) return null;
    value = value * 64 + (byte & 0x3f);
  }
  return { value, length };
}

/** CRC-8 with the polynomial x^8 + x^2 + x + 1 over the first `length` bytes. */
function crc8(input: LookAhead, length: number): number {
  let crc = 0;
  for (let at = 0; at < length; at++) {
    crc ^= input.u8(at);
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x80 ? ((crc << 1) ^ 0x07) & 0xff : crc << 1;
  }
  return crc;
}
