import type { Reading } from "../../container/byte-input.ts";
import { type Result, success } from "../../result.ts";
import { damaged } from "../failures.ts";
import type { Ending } from "../format-reader.ts";
import type { SoundWriter } from "../sound-writer.ts";
import type { SourceWindow } from "../source-window.ts";
import { parseWavFormat, type WavFormat } from "./header.ts";
import { createFrameReader, cutOffOf } from "./samples.ts";

/** An honest file has a dozen; the limit keeps a file of empty chunks from costing time. */
const MAX_CHUNKS = 10_000;
/** Bytes of a format chunk that are read; the extensible form has 40. */
const MAX_FORMAT_BYTES = 40;
/** From here up a size is a placeholder of a recorder that couldn't seek back (sox 0x7FFFF000 and up, ffmpeg 0xFFFFFFFF). */
const MIN_PLACEHOLDER_SIZE = 0x7fff_0000;
/** RIFF: four printable ASCII characters. */
const CHUNK_ID = /^[\x20-\x7e]{4}$/;
/** Bytes decoded at once. */
const PIECE = 65_536;

/**
 * Decodes a WAV file (RIFF WAVE, and RF64 of EBU Tech 3306), the cursor on its first byte. Integer PCM of 8 to 32 bits,
 * floats of 32 and 64, plain or extensible, 1 to 8 channels. A data length that is 0 or a placeholder, or plainly wrong
 * because more sound than that follows it, means "until the end"; one that is longer than the file makes it cut off.
 */
export function* readWav(input: SourceWindow, sound: SoundWriter): Reading<Result<Ending>> {
  input.skip(12);
  let format: WavFormat | null = null;
  let longSize = 0;
  for (let chunks = 0; chunks < MAX_CHUNKS && (yield* input.fill(8)); chunks += 1) {
    const id = input.latin1(0, 4);
    const size = input.u32le(4);
    if (!CHUNK_ID.test(id)) return damaged("WAV", "its header is broken");
    input.skip(8);
    const end = input.position + size + (size % 2);
    if (id === "fmt ") {
      const length = Math.min(size, MAX_FORMAT_BYTES);
      if (!(yield* input.fill(length))) break;
      const parsed = parseWavFormat(input.bytes.subarray(input.offset, input.offset + length));
      if (!parsed.ok) return parsed;
      format = parsed.value;
    } else if (id === "ds64" && size >= 24 && (yield* input.fill(16))) {
      longSize = input.u64le(8);
    } else if (id === "data") {
      if (format === null) return damaged("WAV", "its sound comes before the description of its format");
      return yield* readData(input, sound, format, size === 0xffff_ffff && longSize > 0 ? longSize : size);
    }
    input.seek(end);
  }
  return damaged("WAV", "it ends before its sound begins");
}

function* readData(
  input: SourceWindow,
  sound: SoundWriter,
  format: WavFormat,
  size: number,
): Reading<Result<Ending>> {
  const there = Math.max(0, input.size - input.position);
  const isOpen = size === 0 || (size >= MIN_PLACEHOLDER_SIZE && size > there);
  const claimed = isOpen || (yield* isTooShort(input, size)) ? there : size;
  const frames = Math.floor(Math.min(claimed, there) / format.blockAlign);
  const { sampleRate, channels } = format;
  const durationSeconds = frames / sampleRate;
  sound.open(
    {
      format: "wav",
      codec: codecName(format),
      sampleRate,
      channels,
      cutOff: cutOffOf(format),
      durationSeconds,
    },
    { start: 0, length: frames },
  );
  const readFrames = createFrameReader(format);
  while (!sound.done && (input.has(format.blockAlign) || (yield* input.fill(format.blockAlign)))) {
    const length = Math.min(input.available, PIECE);
    const whole = length - (length % format.blockAlign);
    sound.writeBlock(readFrames(input.bytes.subarray(input.offset, input.offset + whole)));
    input.skip(whole);
    if (sound.full) yield;
  }
  return success({ truncated: claimed > there, durationSeconds });
}

/** Whether the stated size can't be right: behind it comes no chunk, but more bytes than it counts. */
function* isTooShort(input: SourceWindow, size: number): Reading<boolean> {
  const start = input.position;
  const end = start + size + (size % 2);
  if (input.size - end <= size) return false;
  input.seek(end);
  const isChunk = (yield* input.fill(4)) && CHUNK_ID.test(input.latin1(0, 4));
  input.seek(start);
  return !isChunk;
}

function codecName({ encoding, bitsPerSample }: WavFormat): string {
  if (encoding === "float") return `pcm_f${bitsPerSample}le`;
  return bitsPerSample === 8 ? "pcm_u8" : `pcm_s${bitsPerSample}le`;
}
