import type { CutOff } from "../decode/sound-writer.ts";

/** Where samples were cut off at full scale, and how many of one channel. */
export type ClippedSpan = { readonly start: number; readonly end: number; readonly count: number };

export type ClippingDetector = {
  /** Takes the largest absolute sample of each frame (full scale 1) at the source's rate. */
  push(peak: Float32Array): void;
  /** Largest sample so far. */
  peak(): number;
  /** Stretches found so far; at most 50, the later ones joined to the last. */
  spans(): ClippedSpan[];
};

/** Samples in a row at full scale that make a cut-off peak; one or two may be a true peak that was normalised. */
const LEAST_RUN = 3;
/** Cut-off peaks nearer than this, in seconds, are one stretch. */
const JOIN = 0.5;
/** Most stretches that are listed. */
const MOST_SPANS = 50;

/** Finds runs of samples within `cutOff`, where the file's format cuts off what is too loud. */
export function createClippingDetector(sampleRate: number, cutOff: CutOff): ClippingDetector {
  const spans: { start: number; end: number; count: number }[] = [];
  let frame = 0;
  let run = 0;
  let largest = 0;

  function endRun(): void {
    if (run >= LEAST_RUN) {
      const start = (frame - run) / sampleRate;
      const end = frame / sampleRate;
      const previous = spans.at(-1);
      if (previous !== undefined && (start - previous.end < JOIN || spans.length === MOST_SPANS)) {
        previous.end = end;
        previous.count += run;
      } else {
        spans.push({ start, end, count: run });
      }
    }
    run = 0;
  }

  return {
    push(peak) {
      let most = 0;
      for (let index = 0; index < peak.length; index += 1) if (peak[index] > most) most = peak[index];
      if (most > largest) largest = most;
      if (most < cutOff.from && run === 0) {
        frame += peak.length;
        return;
      }
      for (let index = 0; index < peak.length; index += 1) {
        const value = peak[index];
        if (value >= cutOff.from && value <= cutOff.to) run += 1;
        else if (run > 0) endRun();
        frame += 1;
      }
    },
    peak: () => largest,
    spans() {
      endRun();
      return spans.map((span) => ({ ...span }));
    },
  };
}

/** Clipped samples a second from which overtones are no longer the instrument's: 50 a second are plainly audible. */
const DISTORTING = 50;

/** Whether a recording of so many seconds is clipped throughout, so that its overtones tell of the clipping. */
export function isDistorted(spans: readonly ClippedSpan[], seconds: number): boolean {
  return spans.reduce((sum, { count }) => sum + count, 0) >= DISTORTING * seconds;
}
