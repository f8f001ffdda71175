import type { Reading } from "../../container/byte-input.ts";
import { STREAMINFO_LENGTH, skipMetadata } from "../../container/flac.ts";
import { MAX_FRAME_HEADER } from "../../container/flac-frame-header.ts";
import { type Result, success } from "../../result.ts";
import { damaged, refuseSampleRate } from "../failures.ts";
import { type Ending, writeSilence } from "../format-reader.ts";
import type { SoundWriter } from "../sound-writer.ts";
import type { SourceWindow } from "../source-window.ts";
import { createFrameDecoder, type DecodedFrame, type FrameDecoder, type StreamInfo } from "./frame.ts";

/**
 * Sync codes that turned out not to begin a frame before the search is given up. In 50 MB of noise there are some 1,500
 * by chance; the limit keeps a file made of them from costing time.
 */
const MAX_FALSE_SYNCS = 200_000;
/** The same for samples of frames whose checksum was wrong: those of 20 minutes in stereo. */
const MAX_WASTED_SAMPLES = 100_000_000;
/** Material cut off at 16 bits is often stored in wider words afterwards, so that counts as full scale. */
const MAX_CLIPPING_DEPTH = 16;

/**
 * Decodes a native FLAC file (RFC 9639), the cursor on `fLaC`. A frame counts if both its checksums are right; what lies
 * between two that do is silence of the length that their numbers tell.
 */
export function* readFlac(input: SourceWindow, sound: SoundWriter): Reading<Result<Ending>> {
  if (!(yield* input.fill(8 + STREAMINFO_LENGTH))) return damaged("FLAC", "it ends before its sound begins");
  const info = parseStreamInfo(input);
  if (info === null) return damaged("FLAC", "its header is broken");
  const refusal = refuseSampleRate("FLAC", info.sampleRate);
  if (refusal) return refusal;
  const isLast = input.u8(4) >= 0x80;
  input.skip(8 + STREAMINFO_LENGTH);
  if (!isLast && (yield* skipMetadata(input))) return damaged("FLAC", "its header is broken");

  const { sampleRate, channels, totalSamples } = info;
  const steps = 2 ** (Math.min(info.bitDepth, MAX_CLIPPING_DEPTH) - 1);
  const stated = totalSamples > 0 ? totalSamples / sampleRate : null;
  sound.open(
    {
      format: "flac",
      codec: "flac",
      sampleRate,
      channels,
      cutOff: { from: (steps - 1) / steps, to: 1 },
      durationSeconds: stated,
    },
    { start: 0, length: totalSamples > 0 ? totalSamples : null },
  );
  const start = input.position;
  yield* decodeFrames(input, sound, createFrameDecoder(info));
  const heard = sound.position / sampleRate;
  // Without a total, what wasn't decoded is taken to be as dense as what was.
  const share = (input.position - start) / Math.max(1, input.size - start);
  const estimated = sound.capped ? heard / share : heard;
  return success({ truncated: !sound.done && stated !== null, durationSeconds: stated ?? estimated });
}

function parseStreamInfo(input: SourceWindow): StreamInfo | null {
  if ((input.u8(4) & 0x7f) !== 0 || input.u24be(5) !== STREAMINFO_LENGTH) return null;
  return {
    fixedBlockSize: input.u16be(8),
    sampleRate: input.u24be(18) >> 4,
    channels: ((input.u8(20) >> 1) & 7) + 1,
    bitDepth: (((input.u8(20) & 1) << 4) | (input.u8(21) >> 4)) + 1,
    totalSamples: (input.u8(21) & 0x0f) * 2 ** 32 + input.u32be(22),
  };
}

function* decodeFrames(input: SourceWindow, sound: SoundWriter, decoder: FrameDecoder): Reading<undefined> {
  let falseSyncs = 0;
  while (!sound.done) {
    const frame = yield* frameAtCursor(input, decoder);
    if (frame !== null && frame.start >= sound.position) {
      yield* writeSilence(sound, frame.start - sound.position);
      sound.write(frame.channels, 0, frame.blockSize);
      input.skip(frame.length);
      if (sound.full) yield;
      continue;
    }
    falseSyncs += 1;
    if (falseSyncs > MAX_FALSE_SYNCS || decoder.wastedSamples > MAX_WASTED_SAMPLES) return undefined;
    if (!(yield* findSync(input))) return undefined;
  }
  return undefined;
}

function* frameAtCursor(input: SourceWindow, decoder: FrameDecoder): Reading<DecodedFrame | null> {
  if (!input.has(MAX_FRAME_HEADER)) yield* input.fill(MAX_FRAME_HEADER);
  const longest = decoder.longest(input);
  if (longest === 0) return null;
  // The last frame may well be shorter than it could be: then the file's end is in sight.
  if (!input.has(longest)) yield* input.fill(longest);
  return decoder.decode(input);
}

/** Moves the cursor on to the next sync code behind it. False: there is none. */
function* findSync(input: SourceWindow): Reading<boolean> {
  input.skip(1);
  while (input.has(2) || (yield* input.fill(2))) {
    const distance = input.distanceTo(0xff);
    if (distance === 0 && input.u8(1) >> 1 === 0xf8 >> 1) return true;
    if (distance === 0) input.skip(1);
    else input.skip(distance < 0 ? input.available : distance);
  }
  return false;
}
