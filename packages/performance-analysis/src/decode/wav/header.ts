import { type Result, success } from "../../result.ts";
import { damaged, refuseSampleRate, unsupported } from "../failures.ts";

/** How samples are laid out in the data chunk of a WAV file. */
export type WavFormat = {
  readonly encoding: "integer" | "float";
  /** Bits that a sample takes: 8, 16, 24 or 32 for integers (8 unsigned), 32 or 64 for floats. */
  readonly bitsPerSample: number;
  readonly channels: number;
  /** Frames per second. */
  readonly sampleRate: number;
  /** Bytes per frame: one sample of every channel. */
  readonly blockAlign: number;
};

/** Format tags of RFC 2361 and mmreg.h. */
const TAG_PCM = 0x0001;
const TAG_FLOAT = 0x0003;
const TAG_EXTENSIBLE = 0xfffe;
/** Bytes 2 to 15 of KSDATAFORMAT_SUBTYPE_*: the sub-format GUID of an extensible header that follow its tag. */
const SUBTYPE_TAIL = [0x00, 0x00, 0x00, 0x00, 0x10, 0x00, 0x80, 0x00, 0x00, 0xaa, 0x00, 0x38, 0x9b, 0x71];
const MAX_CHANNELS = 8;

/**
 * Reads the body of a `fmt ` chunk (RIFF WAVE; WAVE_FORMAT_EXTENSIBLE as documented by Microsoft).
 * Errors: DAMAGED for a chunk that is too short or contradicts itself, UNSUPPORTED_CODEC for a coding, channel
 * count, or sample rate that isn't read.
 */
export function parseWavFormat(body: Uint8Array): Result<WavFormat> {
  if (body.length < 16) return damaged("WAV", "its format description is too short");
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  let tag = view.getUint16(0, true);
  const channels = view.getUint16(2, true);
  const sampleRate = view.getUint32(4, true);
  const blockAlign = view.getUint16(12, true);
  const statedBits = view.getUint16(14, true);
  if (tag === TAG_EXTENSIBLE) {
    if (body.length < 40) return damaged("WAV", "its extended format description is too short");
    if (SUBTYPE_TAIL.some((byte, index) => body[26 + index] !== byte))
      return unsupported("WAV", "sound in a coding of its own");
    tag = view.getUint16(24, true);
  }
  if (tag !== TAG_PCM && tag !== TAG_FLOAT)
    return unsupported("WAV", `compressed sound (format 0x${tag.toString(16)})`);
  const encoding = tag === TAG_PCM ? "integer" : "float";
  if (channels < 1 || channels > MAX_CHANNELS) return unsupported("WAV", `sound in ${channels} channels`);
  const refusal = refuseSampleRate("WAV", sampleRate);
  if (refusal) return refusal;
  // Samples of 12 or 20 bits stand at the upper end of 16 or 24 (Microsoft, "Multiple channel audio data"), so that the
  // room that they take is their width.
  const bitsPerSample = (blockAlign / channels) * 8;
  if (statedBits < 1 || statedBits > bitsPerSample) {
    return damaged("WAV", "its format description contradicts itself");
  }
  const widths = encoding === "integer" ? [8, 16, 24, 32] : [32, 64];
  if (!widths.includes(bitsPerSample)) {
    return unsupported("WAV", `samples of ${bitsPerSample} bits (${encoding})`);
  }
  return success({ encoding, bitsPerSample, channels, sampleRate, blockAlign });
}
