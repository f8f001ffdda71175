import type { Analysis } from "@crescendai/contracts";
import { createWavDecoder } from "./decode/wav.ts";
import { largestSample } from "./decode/wav-samples.ts";
import { unscoredDimensions } from "./dimensions.ts";
import { findFindings } from "./findings.ts";
import { type ClippingDetector, createClippingDetector } from "./music/clipping.ts";
import { tellKind } from "./music/heard.ts";
import { measureLevels, prefixSums } from "./music/levels.ts";
import { measureLoudness } from "./music/loudness.ts";
import { pickOnsets } from "./music/onsets.ts";
import { findPauses } from "./music/pauses.ts";
import { readPulse } from "./music/pulse.ts";
import { cutSections } from "./music/sections.ts";
import { confidenceOf, silentMeasurements, toMeasurements } from "./report.ts";
import { failure, type ListeningError, type Result, success } from "./result.ts";
import { powerToDecibel } from "./signal/decibel.ts";
import { createFrameAnalyser } from "./signal/frame-analyser.ts";
import { createResampler, type Resampler } from "./signal/resample.ts";
import { round } from "./signal/statistics.ts";

/** Which ears these are; it changes whenever the same file would be heard differently. */
export const MODEL_VERSION = "embedded-signal-1";
/** Seconds of a recording that are listened to: longer than any movement most people record, bounded in memory. */
export const MAX_ANALYSED_SECONDS = 20 * 60;

export type ListenerOptions = {
  /** Seconds from the start that are listened to; 20 minutes when left out. */
  readonly maxSeconds?: number;
};

export type Listener = {
  /** Takes the next bytes of a WAV file, in any chunking. */
  push(bytes: Uint8Array): void;
  /** Seconds listened to so far. */
  readonly analysedSeconds: number;
  /** Seconds that the file's header claims will be listened to; null while unknown or left open by the recorder. */
  readonly expectedSeconds: number | null;
  /** Why the file can't be listened to, as soon as that is known: no need to push the rest. */
  readonly error: ListeningError | null;
  /** Ends the file. Errors: NOT_WAV, DAMAGED_WAV, UNSUPPORTED_WAV, EMPTY_RECORDING. */
  finish(): Result<Analysis>;
};

/**
 * Listens to one WAV file as its bytes arrive. Keeps curves of about 1.7 kB a second and never the samples, so that
 * twenty minutes take some megabytes. The same bytes give the same analysis, whatever their chunking.
 */
export function createListener(options: ListenerOptions = {}): Listener {
  const maxSeconds = options.maxSeconds ?? MAX_ANALYSED_SECONDS;
  const analyser = createFrameAnalyser();
  let resampler: Resampler | null = null;
  let clipping: ClippingDetector | null = null;
  let analysedFrames = 0;

  const decoder = createWavDecoder((block, format) => {
    resampler ??= createResampler(format.sampleRate);
    clipping ??= createClippingDetector(format.sampleRate, largestSample(format));
    const room = Math.round(maxSeconds * format.sampleRate) - analysedFrames;
    if (room <= 0) return;
    const mono = block.mono.subarray(0, room);
    clipping.push(block.peak.subarray(0, room));
    analyser.push(resampler.push(mono));
    analysedFrames += mono.length;
  });

  function secondsOf(frames: number): number {
    return frames / (decoder.format()?.sampleRate ?? 1);
  }

  return {
    push: (bytes) => decoder.push(bytes),
    get analysedSeconds() {
      return secondsOf(analysedFrames);
    },
    get expectedSeconds() {
      const claimed = decoder.claimedFrames();
      return claimed === null ? null : Math.min(maxSeconds, secondsOf(claimed));
    },
    get error() {
      return decoder.error();
    },
    finish() {
      const decoded = decoder.finish();
      if (!decoded.ok) return decoded;
      const { frames, truncated } = decoded.value;
      if (resampler === null || clipping === null || frames === 0) {
        return failure("EMPTY_RECORDING", "This file holds no sound. Please record it again.");
      }
      analyser.push(resampler.finish());
      return success(
        analyse(analyser.curves(), clipping, {
          duration: round(secondsOf(frames), 3),
          analysed: round(secondsOf(analysedFrames), 3),
          truncated,
        }),
      );
    },
  };
}

type Lengths = { readonly duration: number; readonly analysed: number; readonly truncated: boolean };

function analyse(
  curves: ReturnType<ReturnType<typeof createFrameAnalyser>["curves"]>,
  clipping: ClippingDetector,
  { duration, analysed, truncated }: Lengths,
): Analysis {
  const levels = measureLevels(curves.power);
  const onsets = pickOnsets(curves.strength);
  const kind = tellKind(curves, levels, onsets);
  const loudness = measureLoudness(curves.weighted, levels);
  const clipped = { spans: clipping.spans(), peak: powerToDecibel(clipping.peak() ** 2) };
  const head = { model_version: MODEL_VERSION, duration, analysed_duration: analysed, truncated };
  const dimensions = unscoredDimensions(kind.heard);
  if (kind.heard !== "music") {
    const measurements = silentMeasurements({ loudness, levels, clipped, analysed, heard: kind.heard });
    const findings = findFindings({ heard: kind.heard, analysed_duration: analysed, measurements }, null);
    const body = { heard: kind.heard, confidence: round(kind.confidence, 2), dimensions, perception: null };
    return { ...head, ...body, measurements, findings, sections: [] };
  }
  const silences = findPauses(levels, onsets);
  const pulse = readPulse(curves.strength, onsets, silences.pauses);
  const measurements = toMeasurements({ loudness, levels, clipped, analysed, onsets, silences, pulse });
  return {
    ...head,
    heard: kind.heard,
    confidence: confidenceOf(kind, analysed, measurements),
    dimensions,
    perception: null,
    measurements,
    findings: findFindings({ heard: kind.heard, analysed_duration: analysed, measurements }, pulse),
    sections: cutSections(analysed, loudness, prefixSums(curves.weighted), silences.pauses, onsets),
  };
}
