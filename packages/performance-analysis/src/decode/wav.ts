import { failure, type ListeningError, type Result, success } from "../result.ts";
import { parseWavFormat, type WavFormat } from "./wav-header.ts";
import { decodeFrames, type SampleBlock } from "./wav-samples.ts";

/** What is known of a WAV file once all its bytes have been pushed. */
export type WavSummary = {
  readonly format: WavFormat;
  /** Whole frames that arrived. */
  readonly frames: number;
  /** Whether the file ended before the length its data chunk claims. */
  readonly truncated: boolean;
};

export type WavDecoder = {
  /** Takes the next bytes of the file, in any chunking; whole frames go to `onBlock` at once. */
  push(bytes: Uint8Array): void;
  /** The format, once its chunk has been read; null before, and for a file that can't be decoded. */
  format(): WavFormat | null;
  /** Frames decoded so far. */
  frames(): number;
  /** Frames that the header claims; null while unknown or where a recorder left it open. */
  claimedFrames(): number | null;
  /** Why nothing more will be decoded; null while all is well. */
  error(): ListeningError | null;
  /** Ends the file. Errors: NOT_WAV, DAMAGED_WAV, UNSUPPORTED_WAV. */
  finish(): Result<WavSummary>;
};

/** Bytes of a chunk's header: four letters and a length. */
const CHUNK_HEADER = 8;
/** Most bytes of a format chunk that are read; the extensible form has 40. */
const MAX_FORMAT_BYTES = 64;
/** Sizes written by recorders that stream and never come back to fill them in; RF64 puts the latter there too. */
const OPEN_SIZES = [0, 0xffffffff];
/** Largest piece decoded at once, in bytes: bounds the blocks whatever the chunking. */
const MAX_PIECE = 65_536;

type State = "riff" | "chunk" | "format" | "data" | "end";

/**
 * Decodes a WAV file (RIFF WAVE and RF64 of EBU Tech 3306) pushed in pieces of any size. Integer PCM of 8, 16, 24 and
 * 32 bits, floats of 32 and 64, plain or extensible, 1 to 8 channels, 8 to 192 kHz. Chunks before the data are
 * skipped with their padding. A data length of 0 or 0xFFFFFFFF means "until the end"; one that is longer than the
 * file is reported as truncated. Holds no more than one frame and one header at a time.
 */
export function createWavDecoder(onBlock: (block: SampleBlock, format: WavFormat) => void): WavDecoder {
  let state: State = "riff";
  let pending = new Uint8Array(0);
  let skip = 0;
  let formatLength = 0;
  let format: WavFormat | null = null;
  let dataLeft: number | null = null;
  let claimed: number | null = null;
  let frames = 0;
  let error: ListeningError | null = null;

  function fail(result: Result<never>): void {
    if (!result.ok) error = result.error;
    state = "end";
    pending = new Uint8Array(0);
  }

  function beginChunk(header: Uint8Array): void {
    const name = text(header, 0);
    const size = uint32(header, 4);
    if (name === "fmt ") {
      formatLength = Math.min(size, MAX_FORMAT_BYTES);
      skip = size + (size % 2) - formatLength;
      state = "format";
    } else if (name === "data") {
      if (format === null) {
        fail(damaged("its sound comes before the description of its format"));
        return;
      }
      const open = OPEN_SIZES.includes(size);
      dataLeft = open ? null : size;
      claimed = open ? null : Math.floor(size / format.blockAlign);
      state = "data";
    } else {
      skip = size + (size % 2);
    }
  }

  /** Bytes that must be there before the next step of the header can be taken. */
  function needed(): number {
    if (state === "riff") return 12;
    return state === "format" ? formatLength : CHUNK_HEADER;
  }

  function step(bytes: Uint8Array): void {
    if (state === "riff") {
      const isWave = ["RIFF", "RF64"].includes(text(bytes, 0)) && text(bytes, 8) === "WAVE";
      if (isWave) state = "chunk";
      else fail(notWav());
    } else if (state === "format") {
      const parsed = parseWavFormat(bytes);
      if (!parsed.ok) {
        fail(parsed);
        return;
      }
      format = parsed.value;
      state = "chunk";
    } else {
      beginChunk(bytes);
    }
  }

  function decode(bytes: Uint8Array): void {
    if (format === null) return;
    const wanted = dataLeft === null ? bytes.length : Math.min(bytes.length, dataLeft);
    const whole = wanted - (wanted % format.blockAlign);
    for (let start = 0; start < whole; ) {
      const most = MAX_PIECE - (MAX_PIECE % format.blockAlign);
      const end = Math.min(whole, start + most);
      const block = decodeFrames(bytes.subarray(start, end), format);
      frames += block.mono.length;
      onBlock(block, format);
      start = end;
    }
    pending = bytes.slice(whole, wanted);
    if (dataLeft !== null) {
      dataLeft -= whole;
      if (dataLeft < format.blockAlign) {
        state = "end";
        pending = new Uint8Array(0);
      }
    }
  }

  return {
    push(bytes) {
      let rest = bytes;
      while (state !== "end") {
        if (skip > 0 && state !== "format") {
          const skipped = Math.min(skip, rest.length);
          skip -= skipped;
          rest = rest.subarray(skipped);
          if (skip > 0) return;
        }
        if (state === "data") {
          // Only the bytes that complete a split frame are joined; the bulk is decoded where it lies.
          if (format !== null && pending.length > 0) {
            const missing = format.blockAlign - pending.length;
            const joined = concatenate(pending, rest.subarray(0, missing));
            rest = rest.subarray(missing);
            decode(joined);
            if (joined.length < format.blockAlign) return;
          }
          if (rest.length > 0) decode(rest);
          return;
        }
        const size = needed();
        const taken = rest.subarray(0, size - pending.length);
        rest = rest.subarray(taken.length);
        pending = concatenate(pending, taken);
        if (pending.length < size) return;
        const complete = pending;
        pending = new Uint8Array(0);
        step(complete);
      }
    },
    format: () => format,
    frames: () => frames,
    claimedFrames: () => claimed,
    error: () => error,
    finish() {
      if (error !== null) return { ok: false, error };
      if (state === "riff") return notWav();
      if (format === null || (state !== "data" && state !== "end")) {
        return damaged("it ends before its sound begins");
      }
      return success({ format, frames, truncated: claimed !== null && frames < claimed });
    },
  };
}

function notWav(): Result<never> {
  return failure(
    "NOT_WAV",
    "This file isn't a WAV recording. Please export the recording as WAV and upload it again.",
  );
}

function damaged(what: string): Result<never> {
  return failure("DAMAGED_WAV", `This WAV file can't be read: ${what}. Please export the recording again.`);
}

function text(bytes: Uint8Array, offset: number): string {
  return String.fromCharCode(...bytes.subarray(offset, offset + 4));
}

function uint32(bytes: Uint8Array, offset: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(offset, true);
}

function concatenate(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(first.length + second.length);
  joined.set(first);
  joined.set(second, first.length);
  return joined;
}
