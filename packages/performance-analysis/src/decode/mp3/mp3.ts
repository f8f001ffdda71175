import type { Reading } from "../../container/byte-input.ts";
import { findFrames, followFrames, MAX_JUNK, type Search } from "../../container/mp3-frames.ts";
import { type EncoderInfo, parseEncoderInfo } from "../../container/mp3-gapless.ts";
import {
  type MpegFrameHeader,
  parseMpegFrameHeader,
  SAME_STREAM_MASK,
} from "../../container/mpeg-frame-header.ts";
import { MAX_TAGS, skipTag, skipTags } from "../../container/tags.ts";
import { type Result, success } from "../../result.ts";
import type { SignalKernel } from "../../signal/signal-kernel.ts";
import { damaged, unsupported } from "../failures.ts";
import type { Ending } from "../format-reader.ts";
import type { SoundWriter } from "../sound-writer.ts";
import type { SourceWindow } from "../source-window.ts";
import { createFrameDecoder, type FrameDecoder } from "./frame-decoder.ts";

/** Samples by which every decoder lags: 528 of the filter banks and one more (LAME, "Xing/Info tag", revision 0). */
const DECODER_DELAY = 529;
/** Frames that may lack against the encoder's count before the file is called cut off: the last one often does. */
const FRAMES_TOLERANCE = 2;
/** Times the length that is there, up to which the encoder's count is believed: a file isn't cut off at less than a twentieth. */
const MOST_STATED = 20;

type Stream = {
  readonly first: MpegFrameHeader;
  /** The first header's bits under `SAME_STREAM_MASK`. */
  readonly signature: number;
  readonly search: Search;
  readonly decoder: FrameDecoder;
  /** Frames that the encoder says it wrote; 0 if it doesn't. */
  readonly statedFrames: number;
};

/** Frames that were passed, and their bytes. */
type Passed = { frames: number; bytes: number };

/**
 * Decodes an MP3 file, the cursor behind its leading tags: layer III of MPEG 1, 2 and 2.5, of constant or variable
 * bitrate. The encoder's delay and padding are left out where a LAME tag states them, the decoder's delay always. A frame
 * counts if another one, a tag or the file's end follows it; for what lies between those that do, silence stands in, as
 * long as so many bytes are on average.
 */
export function* readMp3(
  input: SourceWindow,
  sound: SoundWriter,
  kernel: SignalKernel,
): Reading<Result<Ending>> {
  const search = { falseHeaders: 0 };
  const atStart = (yield* input.fill(4)) ? parseMpegFrameHeader(input.u32be(0)) : null;
  const first = yield* findFrames(input, null, input.position + MAX_JUNK, search);
  if (first === null) {
    if (atStart?.length === 0) return unsupported("MP3", "sound in the free format");
    return damaged("MP3", "no sound can be found in it");
  }
  if (first.layer !== 3) {
    return unsupported("MPEG", `MPEG layer ${first.layer === 1 ? "I" : "II"} sound instead of MP3`);
  }
  const start = input.position;
  const { sampleRate, channels, samples } = first;
  const signature = (input.u32be(0) & SAME_STREAM_MASK) >>> 0;
  const info = parseEncoderInfo(input, first);
  if (info) input.skip(first.length);
  const length = info ? statedLength(info, samples) : null;
  sound.open(
    {
      format: "mp3",
      codec: "mp3",
      sampleRate,
      channels,
      cutOff: { from: 1, to: Number.POSITIVE_INFINITY },
      durationSeconds: info?.frames ? (length ?? info.frames * samples) / sampleRate : null,
    },
    { start: DECODER_DELAY + (info?.delay ?? 0), length },
  );
  const decoder = createFrameDecoder(kernel.mp3, first);
  const stream = { first, signature, search, decoder, statedFrames: info?.frames ?? 0 };
  const passed = yield* decodeFrames(input, sound, stream);
  const isShort = info?.frames != null && passed.frames + FRAMES_TOLERANCE < info.frames && !sound.done;
  const heard = sound.written / sampleRate;
  const share = (input.position - start) / Math.max(1, input.size - start);
  const estimated = sound.capped ? heard / Math.min(1, share) : heard;
  const stated = sound.format?.durationSeconds ?? null;
  const isBelieved = stated === null || stated <= MOST_STATED * estimated;
  const truncated = isShort && isBelieved;
  // What the filters still hold is the recording's end, unless the encoder padded it.
  if (!sound.done && !truncated) {
    decoder.decodeSilence(first);
    sound.write(decoder.channels, 0, Math.min(samples, DECODER_DELAY));
  }
  return success({ truncated, durationSeconds: stated !== null && isBelieved ? stated : estimated });
}

/** Samples of the recording where the encoder says how many it added, else null. */
function statedLength(info: EncoderInfo, samplesPerFrame: number): number | null {
  if (info.frames === null || info.delay + info.padding === 0) return null;
  const length = info.frames * samplesPerFrame - info.delay - info.padding;
  return length > 0 ? length : null;
}

function* decodeFrames(input: SourceWindow, sound: SoundWriter, stream: Stream): Reading<Passed> {
  const { decoder, first } = stream;
  const passed = { frames: 0, bytes: 0 };
  let tags = 0;
  let hasBegun = false;
  while (input.has(4) || (yield* input.fill(4))) {
    if (sound.done && !(yield* goesOn(input, sound, stream, passed.frames))) return passed;
    const header = headerAt(input, 0, stream);
    if (header === null) {
      if (tags < MAX_TAGS && (yield* skipTag(input))) {
        tags += 1;
        continue;
      }
    } else if (!input.has(header.length) && !(yield* input.fill(header.length))) {
      return passed;
    } else if (yield* isFollowed(input, header, stream)) {
      const outcome = decoder.decode(input.bytes, input.offset, header);
      hasBegun ||= outcome === "decoded";
      // The first frames of a stream that was cut out of a longer one refer to what was cut off: no damage.
      sound.write(decoder.channels, 0, header.samples, outcome !== "decoded" && hasBegun);
      input.skip(header.length);
      passed.frames += 1;
      passed.bytes += header.length;
      if (sound.full) yield;
      continue;
    }
    const before = input.position;
    input.skip(1);
    const next = yield* findFrames(input, stream.signature, Number.POSITIVE_INFINITY, stream.search);
    if (next === null) {
      if (header === null) return passed;
      // Nothing but junk follows the last frame.
      input.seek(before);
      yield* input.fill(header.length);
      const outcome = decoder.decode(input.bytes, input.offset, header);
      sound.write(decoder.channels, 0, header.samples, outcome !== "decoded");
      passed.frames += 1;
      return passed;
    }
    const mean = passed.frames > 0 ? passed.bytes / passed.frames : next.length;
    decoder.forget();
    for (let lost = Math.round((input.position - before) / mean); lost > 0 && !sound.done; lost -= 1) {
      decoder.decodeSilence(first);
      sound.write(decoder.channels, 0, first.samples, true);
      passed.frames += 1;
      passed.bytes += mean;
      if (sound.full) yield;
    }
  }
  return passed;
}

/**
 * Whether there is more after the length that the encoder stated: files of several recordings, put one after another, have
 * the first one's statement.
 */
function* goesOn(input: SourceWindow, sound: SoundWriter, stream: Stream, frames: number): Reading<boolean> {
  if (sound.capped) return false;
  if (frames < stream.statedFrames) return true;
  yield* skipTags(input);
  const header = (yield* input.fill(4)) ? headerAt(input, 0, stream) : null;
  if (header === null || (yield* followFrames(input, header)) !== "whole") return false;
  sound.extend();
  return true;
}

function headerAt(input: SourceWindow, offset: number, stream: Stream): MpegFrameHeader | null {
  const bits = input.u32be(offset);
  const header = (bits & SAME_STREAM_MASK) >>> 0 === stream.signature ? parseMpegFrameHeader(bits) : null;
  return header && header.length > 0 ? header : null;
}

/** Whether a frame of the same stream, a tag or the file's end follows the frame at the cursor. */
function* isFollowed(input: SourceWindow, header: MpegFrameHeader, stream: Stream): Reading<boolean> {
  const { length } = header;
  if (!input.has(length + 4) && !(yield* input.fill(length + 4))) return true;
  if (headerAt(input, length, stream) !== null) return true;
  const mark = input.latin1(length, 3);
  return mark === "TAG" || mark === "ID3" || mark === "APE";
}
