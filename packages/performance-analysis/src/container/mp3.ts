import type { ByteInput, Reading } from "./byte-input.ts";
import { accept, refuse, refuseCutOff, refuseDamaged, type Verdict, WHAT_TO_SEND } from "./description.ts";
import { findFrames, followFrames, MAX_JUNK, type Search } from "./mp3-frames.ts";
import { type EncoderInfo, parseEncoderInfo } from "./mp3-gapless.ts";
import { type MpegFrameHeader, parseMpegFrameHeader, SAME_STREAM_MASK } from "./mpeg-frame-header.ts";
import { MAX_TAGS, skipTag } from "./tags.ts";

/** Below this share of frames among the bytes outside tags, this isn't an MP3 file, or no longer one. */
const MIN_SHARE_OF_FRAMES = 0.5;
/** Frames that may lack against the encoder's count before the file is called cut off: the last one often does. */
const FRAMES_TOLERANCE = 2;

interface Stream {
  readonly first: MpegFrameHeader;
  /** The first header's bits under `SAME_STREAM_MASK`. */
  readonly signature: number;
}

/**
 * Reads an MP3 file by walking its frames, the cursor behind any leading tags (`tagged`: there were some). Frames
 * count only in a row of three that agree, at the start and after damage, so that a chance sync word, or one
 * put in front of other bytes, isn't taken for sound. `recognise` is called at the first sign of MP3.
 */
export function* readMp3(input: ByteInput, tagged: boolean, recognise: () => void): Reading<Verdict> {
  if (tagged && !(yield* input.fill(1))) return refuseCutOff("MP3");
  const start = input.position;
  const atStart = (yield* input.fill(4)) ? parseMpegFrameHeader(input.u32be(0)) : null;
  const row = atStart && atStart.length > 0 ? yield* followFrames(input, atStart) : "broken";
  if (row !== "broken") recognise();
  const search = { falseHeaders: 0 };
  const first = yield* findFrames(input, null, start + MAX_JUNK, search);
  if (first === null) {
    if (atStart?.length === 0) return refuseMpeg("MP3 sound in the free format, which few programs read");
    if (row === "cut off") return refuseCutOff("MP3");
    if (tagged) return refuseDamaged("MP3", "its tag is there, but no sound follows it");
    return refuse("UNSUPPORTED_FORMAT", `This isn't a sound file that can be read. ${WHAT_TO_SEND}`);
  }
  recognise();
  if (first.layer !== 3) return refuseMpeg(`MPEG layer ${first.layer === 1 ? "I" : "II"} sound`);
  const stream = { first, signature: (input.u32be(0) & SAME_STREAM_MASK) >>> 0 };
  const info = parseEncoderInfo(input, first);
  if (info) input.skip(first.length);
  const walked = yield* walkFrames(input, stream, search);
  const outsideTags = input.received - start - walked.tagBytes;
  if (walked.frameBytes + (info ? first.length : 0) < outsideTags * MIN_SHARE_OF_FRAMES) {
    return refuseDamaged("MP3", "less than half of it is sound that can be read");
  }
  return describe(first, info, walked.frames);
}

function refuseMpeg(what: string): Verdict {
  return refuse("UNSUPPORTED_FORMAT", `This file holds ${what}. ${WHAT_TO_SEND}`);
}

function describe(first: MpegFrameHeader, info: EncoderInfo | null, frames: number): Verdict {
  const incomplete = info?.frames != null && frames + FRAMES_TOLERANCE < info.frames;
  // The padding stands at the end, which a cut-off file doesn't reach.
  const dropped = (info?.delay ?? 0) + (incomplete ? 0 : (info?.padding ?? 0));
  const samples = frames * first.samples;
  return accept("MP3", {
    format: "mp3",
    durationSeconds: (samples > dropped ? samples - dropped : samples) / first.sampleRate,
    sampleRate: first.sampleRate,
    channels: first.channels,
    codec: "mp3",
    incomplete,
  });
}

/** Counts whole frames up to the end of the file, over tags and damage. */
function* walkFrames(
  input: ByteInput,
  stream: Stream,
  search: Search,
): Reading<{ frames: number; frameBytes: number; tagBytes: number }> {
  let frames = 0;
  let frameBytes = 0;
  let tagBytes = 0;
  let tags = 0;
  let lastLength = 0;
  while (input.has(4) || (yield* input.fill(4))) {
    const bits = input.u32be(0);
    const header = (bits & SAME_STREAM_MASK) >>> 0 === stream.signature ? parseMpegFrameHeader(bits) : null;
    if (header && header.length > 0) {
      input.skip(header.length);
      frames += 1;
      frameBytes += header.length;
      lastLength = header.length;
      continue;
    }
    const before = input.position;
    lastLength = 0;
    if (tags++ < MAX_TAGS && (yield* skipTag(input))) tagBytes += input.position - before;
    else if (!(yield* findFrames(input, stream.signature, Number.POSITIVE_INFINITY, search))) break;
  }
  yield* input.skipToEnd();
  // The last frame may reach beyond the end of the file; it can't be decoded then.
  if (input.position > input.received && lastLength > 0) {
    frames -= 1;
    frameBytes -= lastLength;
  }
  return { frames, frameBytes, tagBytes };
}
