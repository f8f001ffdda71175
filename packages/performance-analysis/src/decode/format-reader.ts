import type { Reading } from "../container/byte-input.ts";
import type { Result } from "../result.ts";
import type { SignalKernel } from "../signal/signal-kernel.ts";
import type { SoundWriter } from "./sound-writer.ts";
import type { SourceWindow } from "./source-window.ts";

/** How a file's sound ended. */
export type Ending = {
  /** The file promises more sound than it holds. */
  readonly truncated: boolean;
  /** Seconds of the whole recording, also of what wasn't decoded; null if the file doesn't tell. */
  readonly durationSeconds: number | null;
};

/**
 * Decodes one format, the cursor on its first byte, into the writer. Yields when it needs bytes, and when a block
 * is ready to be taken. Ends early once the writer is done.
 */
export type FormatReader = (
  input: SourceWindow,
  sound: SoundWriter,
  kernel: SignalKernel,
) => Reading<Result<Ending>>;

/** Stands silence in for frames that couldn't be read, of any number, pausing at every block. */
export function* writeSilence(sound: SoundWriter, frames: number): Reading<undefined> {
  const rate = sound.format?.sampleRate ?? 1;
  for (let left = frames; left > 0 && !sound.done; left -= rate) {
    sound.writeGap(Math.min(left, rate));
    if (sound.full) yield;
  }
  return undefined;
}
