import type { Analysis } from "@crescendai/contracts";
import type { ByteSource } from "./decode/byte-source.ts";
import { type DecodedSound, decodeAudio } from "./decode/decode-audio.ts";
import { interpret } from "./interpret.ts";
import type { ListeningModel } from "./judgement/model.ts";
import { createEars } from "./listening/ears.ts";
import { type ClippingDetector, createClippingDetector } from "./music/clipping.ts";
import { type Result, success } from "./result.ts";
import { createResampler, type Resampler } from "./signal/resample.ts";
import type { SignalKernel } from "./signal/signal-kernel.ts";
import type { NoteKernel } from "./transcription/kernel.ts";

/** Seconds of a recording that are listened to: longer than any movement most people record, bounded in memory. */
export const MAX_ANALYSED_SECONDS = 20 * 60;

/** What listening needs besides the file. */
export interface ListeningTools {
  readonly kernel: NoteKernel;
  readonly signal: SignalKernel;
  readonly model: ListeningModel;
}

export interface ListeningOptions {
  /** Seconds from the start that are listened to; 20 minutes when left out. */
  readonly maxSeconds?: number;
  /**
   * Told the seconds that were listened to, and how many there will be as far as the file tells, about every second of
   * sound; awaited before going on. Rejecting ends the analysis.
   */
  readonly onProgress?: (analysedSeconds: number, expectedSeconds: number | null) => void | Promise<void>;
}

/**
 * Listens to one file and says what was heard. The same bytes give the same analysis, whatever pieces they are read in.
 * Holds about 30 kB for a second of sound and never the samples: twenty minutes take some 40 MB. Errors: those of
 * `decodeAudio`. Rejects only where the source or `onProgress` does.
 */
export async function analyse(
  source: ByteSource,
  { kernel, signal, model }: ListeningTools,
  options: ListeningOptions = {},
): Promise<Result<Analysis>> {
  const { maxSeconds = MAX_ANALYSED_SECONDS, onProgress } = options;
  const ears = createEars(kernel, signal);
  let resampler: Resampler | null = null;
  let clipping: ClippingDetector | null = null;
  let frames = 0;
  const decoded: Result<DecodedSound> = await decodeAudio(
    source,
    signal,
    async (block, { sampleRate, cutOff, durationSeconds }) => {
      resampler ??= createResampler(signal, sampleRate);
      clipping ??= createClippingDetector(sampleRate, cutOff);
      clipping.push(block.peak);
      ears.push(resampler.push(block.mono));
      frames += block.mono.length;
      await onProgress?.(
        frames / sampleRate,
        durationSeconds === null ? null : Math.min(durationSeconds, maxSeconds),
      );
    },
    { maxSeconds },
  );
  if (!decoded.ok) return decoded;
  const last = finishResampling(resampler);
  if (last !== null) ears.push(last);
  return success(interpret(ears.finish(), decoded.value, clippingOf(clipping), model));
}

/** What the resampler still holds. A function, because the compiler doesn't see that the sink above assigns it. */
function finishResampling(resampler: Resampler | null): Float32Array | null {
  return resampler === null ? null : resampler.finish();
}

function clippingOf(clipping: ClippingDetector | null) {
  return clipping === null ? { spans: [], peak: 0 } : { spans: clipping.spans(), peak: clipping.peak() };
}
