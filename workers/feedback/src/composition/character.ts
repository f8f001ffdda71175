import type { Analysis } from "@crescendai/contracts";
import { impressionAgainst, impressionOf } from "./impression.ts";
import { playedOf } from "./played.ts";
import type { Progress } from "./progress/progress.ts";
import type { Register } from "./register.ts";
import { UNHEARD } from "./unheard.ts";
import { clock, figure, whole } from "./wording.ts";

/** What was heard, in a few sentences: the playing in figures, how it probably sounds, how it stands to earlier takes. */
export function characterOf(analysis: Analysis, progress: Progress, register: Register): string[] {
  if (analysis.heard !== "music") return [UNHEARD[analysis.heard].character];
  const { earlier, day } = progress;
  return [
    inFigures(analysis, register),
    impressionOf(analysis),
    progress.sentence,
    earlier === null || day === null ? null : impressionAgainst(earlier, day, analysis),
  ].filter((sentence) => sentence !== null);
}

function inFigures(analysis: Analysis, register: Register): string {
  const { pulse, onset_rate } = analysis.measurements;
  const { start, end } = playedOf(analysis);
  const length = clock(end - start);
  const rate = `${figure(onset_rate)} note beginnings a second`;
  if (register === "simple") {
    const beat = pulse.tempo_bpm === null ? "" : ` and a beat of about ${whole(pulse.tempo_bpm)} a minute`;
    return `${length} of playing with about ${rate}${beat}.`;
  }
  const beat =
    pulse.tempo_bpm === null || pulse.beat_deviation_percent === null
      ? "no pulse clear enough to name a tempo"
      : `a beat of about ${whole(pulse.tempo_bpm)} BPM that varies by ${figure(pulse.beat_deviation_percent)} %`;
  return `${length} of playing with about ${rate} and ${beat}.`;
}
