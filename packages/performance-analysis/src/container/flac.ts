import type { ByteInput, Reading } from "./byte-input.ts";
import { accept, refuseCutOff, refuseDamaged, type Verdict } from "./description.ts";
import { MAX_FRAME_HEADER, parseFlacFrameHeader } from "./flac-frame-header.ts";

/** Metadata block types, RFC 9639 section 8.1. */
const STREAMINFO = 0;
const FORBIDDEN = 127;
/** Bytes of STREAMINFO, RFC 9639 section 8.2. */
export const STREAMINFO_LENGTH = 34;
/** An honest file has a handful; the limit keeps a file of empty blocks from costing time. */
const MAX_METADATA_BLOCKS = 10_000;
/**
 * Sync codes that turned out not to begin a frame before the search is given up. In 50 MB of noise there are some
 * 1,500 by chance; the limit keeps a file made of them from costing time.
 */
const MAX_FALSE_SYNCS = 200_000;

/**
 * Reads a native FLAC file (RFC 9639), the cursor on `fLaC`. The duration is STREAMINFO's total, as far as the
 * frames reach: they are found by their headers (a frame doesn't tell its length), which also gives the duration
 * of a stream whose encoder couldn't go back to write the total.
 */
export function* readFlac(input: ByteInput): Reading<Verdict> {
  if (!(yield* input.fill(8 + STREAMINFO_LENGTH))) return refuseCutOff("FLAC");
  if ((input.u8(4) & 0x7f) !== STREAMINFO || input.u24be(5) !== STREAMINFO_LENGTH) {
    return refuseDamaged("FLAC", "its header can't be read");
  }
  const sampleRate = input.u24be(18) >> 4;
  const channels = ((input.u8(20) >> 1) & 7) + 1;
  const totalSamples = (input.u8(21) & 0x0f) * 2 ** 32 + input.u32be(22);
  const fixedBlockSize = input.u16be(8);
  const maxBlockSize = input.u16be(10);
  const last = input.u8(4) >= 0x80;
  if (sampleRate === 0) return refuseDamaged("FLAC", "it claims a sample rate of 0 Hz");
  input.skip(8 + STREAMINFO_LENGTH);

  const problem = last ? null : yield* skipMetadata(input);
  if (problem) return problem;
  if (!(yield* input.fill(2))) return refuseCutOff("FLAC");
  if (input.u16be(0) >> 1 !== 0xfff8 >> 1) return refuseDamaged("FLAC", "no sound follows its header");

  const found = yield* walkFrames(input, fixedBlockSize, totalSamples);
  // The last frame of a quiet file can be shorter than the look-ahead, so one block may go unfound.
  const incomplete = found.end + maxBlockSize < totalSamples;
  const samples = totalSamples === 0 ? found.end : incomplete ? found.lastStart : totalSamples;
  const durationSeconds = samples / sampleRate;
  return accept("FLAC", { format: "flac", durationSeconds, sampleRate, channels, codec: "flac", incomplete });
}

export function* skipMetadata(input: ByteInput): Reading<Verdict | null> {
  for (let blocks = 0; blocks < MAX_METADATA_BLOCKS; blocks++) {
    if (!(yield* input.fill(4))) return refuseCutOff("FLAC");
    const header = input.u8(0);
    if ((header & 0x7f) === FORBIDDEN) break;
    input.skip(4 + input.u24be(1));
    if (header >= 0x80) return null;
  }
  return refuseDamaged("FLAC", "its header can't be read");
}

/**
 * How far the frames reach, in samples a channel. A frame counts if it begins where the one before ended or, after
 * damage, if it and its successor fit together further on; so a chance hit of sync code and CRC-8 doesn't count.
 */
function* walkFrames(
  input: ByteInput,
  fixedBlockSize: number,
  totalSamples: number,
): Reading<{ end: number; lastStart: number }> {
  const limit = totalSamples === 0 ? Number.MAX_SAFE_INTEGER : totalSamples;
  let end = 0;
  let lastStart = 0;
  let tentativeEnd = -1;
  let falseSyncs = 0;
  while (falseSyncs < MAX_FALSE_SYNCS && (input.has(2) || (yield* input.fill(2)))) {
    const distance = input.distanceTo(0xff);
    if (distance !== 0) {
      input.skip(distance < 0 ? input.available : distance);
      continue;
    }
    if (input.u8(1) >> 1 === 0xf8 >> 1) {
      if (!input.has(MAX_FRAME_HEADER) && !(yield* input.fill(MAX_FRAME_HEADER))) break;
      const frame = parseFlacFrameHeader(input, fixedBlockSize);
      const isAhead = frame !== null && frame.start >= end && frame.start < limit;
      const fits = isAhead && (frame.start === end || frame.start === tentativeEnd);
      if (isAhead) tentativeEnd = frame.start + frame.blockSize;
      if (fits) {
        lastStart = frame.start;
        end = tentativeEnd;
      } else falseSyncs += 1;
    }
    input.skip(1);
  }
  yield* input.skipToEnd();
  return { end, lastStart };
}
