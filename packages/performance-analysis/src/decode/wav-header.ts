import { failure, type Result, success } from "../result.ts";

/** How samples are laid out in the data chunk of a WAV file. */
export type WavFormat = {
  readonly encoding: "integer" | "float";
  /** 8, 16, 24 or 32 bits for integers (8 unsigned), 32 or 64 for floats. */
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
/** Hz; below is telephony nobody records a piano with, above no converter runs. */
const MIN_SAMPLE_RATE = 8000;
const MAX_SAMPLE_RATE = 192_000;

/**
 * Reads the body of a `fmt ` chunk (RIFF WAVE; WAVE_FORMAT_EXTENSIBLE as documented by Microsoft).
 * Errors: DAMAGED_WAV for a chunk that is too short or contradicts itself, UNSUPPORTED_WAV for a coding, channel
 * count, or sample rate that isn't read.
 */
export function parseWavFormat(body: Uint8Array): Result<WavFormat> {
  if (body.length < 16) return damaged("its format description is too short");
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  let tag = view.getUint16(0, true);
  const channels = view.getUint16(2, true);
  const sampleRate = view.getUint32(4, true);
  const blockAlign = view.getUint16(12, true);
  const bitsPerSample = view.getUint16(14, true);
  if (tag === TAG_EXTENSIBLE) {
    if (body.length < 40) return damaged("its extended format description is too short");
    if (SUBTYPE_TAIL.some((byte, index) => body[26 + index] !== byte))
      return unsupported("a coding of its own");
    tag = view.getUint16(24, true);
  }
  if (tag !== TAG_PCM && tag !== TAG_FLOAT) return unsupported(`the compressed coding 0x${tag.toString(16)}`);
  const encoding = tag === TAG_PCM ? "integer" : "float";
  const widths = encoding === "integer" ? [8, 16, 24, 32] : [32, 64];
  if (!widths.includes(bitsPerSample)) return unsupported(`${bitsPerSample} bits per sample (${encoding})`);
  if (channels < 1 || channels > MAX_CHANNELS) return unsupported(`${channels} channels`);
  if (sampleRate < MIN_SAMPLE_RATE || sampleRate > MAX_SAMPLE_RATE) {
    return unsupported(`a sample rate of ${sampleRate} Hz`);
  }
  if (blockAlign !== (channels * bitsPerSample) / 8)
    return damaged("its format description contradicts itself");
  return success({ encoding, bitsPerSample, channels, sampleRate, blockAlign });
}

function damaged(what: string): Result<never> {
  return failure(
    "DAMAGED_WAV",
    `This WAV file can't be read: ${what}. Please export the recording again as a 16-bit PCM WAV.`,
  );
}

function unsupported(what: string): Result<never> {
  return failure(
    "UNSUPPORTED_WAV",
    `This WAV file uses ${what}, which can't be listened to yet. Please export it as a 16- or 24-bit PCM WAV.`,
  );
}
