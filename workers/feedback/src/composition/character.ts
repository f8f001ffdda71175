import type { Analysis } from "@crescendai/contracts";
import { impressionAgainst, impressionOf } from "./impression.ts";
import { intervalsOf } from "./pieces.ts";
import { playedOf } from "./played.ts";
import type { Progress } from "./progress/progress.ts";
import type { Register } from "./register.ts";
import { UNHEARD } from "./unheard.ts";
import { clock, figure, listed, whole } from "./wording.ts";

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
  const { pulse } = analysis.measurements;
  const { start, end } = playedOf(analysis);
  const length = clock(end - start);
  const rate = rateOf(analysis);
  const intervals = intervalsOf(analysis);
  if (intervals.length > 0) {
    const silences = listed(intervals.map(({ start }) => clock(start)));
    return `${length} of playing, several pieces or movements if those end at ${silences}, so that no tempo is named.`;
  }
  if (register === "simple") {
    const beat = pulse.tempo_bpm === null ? null : `a beat of about ${whole(pulse.tempo_bpm)} a minute`;
    const figures = [rate, beat].filter((words) => words !== null);
    return figures.length === 0 ? `${length} of playing.` : `${length} of playing with ${listed(figures)}.`;
  }
  const beat =
    pulse.tempo_bpm === null || pulse.beat_deviation_percent === null
      ? "no pulse clear enough to name a tempo"
      : `a beat of about ${whole(pulse.tempo_bpm)} BPM that varies by ${figure(pulse.beat_deviation_percent)} %`;
  return `${length} of playing with ${rate === null ? "" : `${rate} and `}${beat}.`;
}

/**
 * Notes to a beginning that the sound shows, from which it is too faint or too far away for its beginnings to be counted: of 122
 * recordings all but four have up to 7.6, mostly 2; those, from 9.9 on, are very quiet or of another instrument.
 */
const MOST_NOTES_A_BEGINNING = 8;

/** "about 4.1 note beginnings a second"; null where they can't be counted. */
function rateOf({ measurements: { notes, onset_count, onset_rate } }: Analysis): string | null {
  if (onset_count === 0 || (notes !== null && notes.count > MOST_NOTES_A_BEGINNING * onset_count))
    return null;
  const rate = figure(onset_rate);
  return `about ${rate} note ${rate === "1" ? "beginning" : "beginnings"} a second`;
}
