import type { Reading } from "../container/byte-input.ts";
import type { AudioFormat } from "../container/description.ts";
import { recogniseFormat } from "../container/recognise.ts";
import { failure, type Result, success } from "../result.ts";
import type { SignalKernel } from "../signal/signal-kernel.ts";
import type { ByteSource } from "./byte-source.ts";
import { damaged, emptyRecording } from "./failures.ts";
import { readFlac } from "./flac/flac.ts";
import type { Ending, FormatReader } from "./format-reader.ts";
import { readMp3 } from "./mp3/mp3.ts";
import { readM4a } from "./mp4/m4a.ts";
import { type SoundBlock, type SoundFormat, SoundWriter, type Span } from "./sound-writer.ts";
import { SourceWindow } from "./source-window.ts";
import { readWav } from "./wav/wav.ts";

/** What was decoded of a recording. */
export type DecodedSound = {
  /** `durationSeconds` is null, or an estimate of the beginning: use the one below. */
  readonly format: SoundFormat;
  /** Seconds of the whole recording, also of what wasn't decoded; an estimate where the file doesn't tell. */
  readonly durationSeconds: number;
  /** Seconds that were decoded. */
  readonly decodedSeconds: number;
  /** The file promises more sound than it holds: it was cut off. */
  readonly truncated: boolean;
  /** Decoding stopped at the greatest length that was asked for, before the recording's end. */
  readonly capped: boolean;
  /** Stretches that couldn't be read, where silence stands in, in the order of time. */
  readonly damagedSpans: readonly Span[];
};

export type DecodeOptions = {
  /** Seconds from the start that are decoded; all when left out. */
  readonly maxSeconds?: number;
};

/** Takes the next second of sound or so; decoding waits for it. The block is written anew afterwards: copy what is kept. */
export type SoundSink = (block: SoundBlock, format: SoundFormat) => void | Promise<void>;

const READERS: Readonly<Record<AudioFormat, FormatReader>> = {
  wav: readWav,
  mp3: readMp3,
  m4a: readM4a,
  flac: readFlac,
};
/** With more than this share of it lost, a recording isn't judged. */
const MAX_DAMAGED_SHARE = 0.5;

/**
 * Decodes a WAV, MP3, M4A (AAC-LC) or FLAC file to mono at its own sample rate, in blocks of about a second. Encoder delay
 * and padding are left out as far as the file states them, so that the same performance has the same timing in every format.
 * Holds some 3 MB whatever the length, and reads the file in pieces of 512 KiB. Damage is bridged with silence of the
 * same length. Errors: UNSUPPORTED_FORMAT, UNSUPPORTED_CODEC, PROTECTED, DAMAGED (nothing, or less than half, can be
 * read), EMPTY_RECORDING. Rejects only where the source or the sink does.
 */
export async function decodeAudio(
  source: ByteSource,
  kernel: SignalKernel,
  sink: SoundSink,
  options: DecodeOptions = {},
): Promise<Result<DecodedSound>> {
  const window = new SourceWindow(source.size);
  const sound = new SoundWriter(options.maxSeconds ?? Number.MAX_SAFE_INTEGER);
  const reading = readFile(window, sound, kernel);
  for (;;) {
    const step = reading.next();
    if (step.done) sound.close();
    if (sound.format !== null) {
      for (const block of sound.take()) {
        await sink(block, sound.format);
        sound.giveBack(block);
      }
    }
    if (step.done) return summarise(step.value, sound);
    const { wanted } = window;
    if (wanted !== null) window.supply(await source.read(wanted.offset, wanted.length));
  }
}

function* readFile(input: SourceWindow, sound: SoundWriter, kernel: SignalKernel): Reading<Result<Ending>> {
  const recognised = yield* recogniseFormat(input);
  if (recognised.format === null) {
    return recognised.code === "EMPTY" ? emptyRecording() : failure("UNSUPPORTED_FORMAT", recognised.message);
  }
  return yield* READERS[recognised.format](input, sound, kernel);
}

function summarise(ending: Result<Ending>, sound: SoundWriter): Result<DecodedSound> {
  if (!ending.ok) return ending;
  const { format, written, damagedFrames } = sound;
  if (format === null || written === 0) return emptyRecording();
  if (damagedFrames > written * MAX_DAMAGED_SHARE) {
    return damaged(format.format.toUpperCase(), "more than half of its sound is damaged");
  }
  const decodedSeconds = written / format.sampleRate;
  const durationSeconds = Math.max(decodedSeconds, ending.value.durationSeconds ?? 0);
  return success({
    format,
    durationSeconds,
    decodedSeconds,
    truncated: ending.value.truncated,
    capped: sound.capped && durationSeconds > decodedSeconds,
    damagedSpans: sound.damagedSpans,
  });
}
