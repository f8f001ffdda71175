import type { Section } from "@crescendai/contracts";
import { quantile, round } from "../signal/statistics.ts";
import type { Span } from "./levels.ts";
import { LOUDNESS_STEP, type Loudness, loudnessEnvelope, meanSounding } from "./loudness.ts";
import type { Onset } from "./onsets.ts";

/** A place to cut, in seconds. */
type Cut = { readonly time: number; readonly cut: "pause" | "valley" | "even"; readonly depth: number };

/** Most sections; more is no longer an overview. */
const MOST_SECTIONS = 24;
/** Least length of a section in seconds: about two bars. */
const LEAST_SECTION = 4;
/** Length in seconds from which a section is divided evenly where it has neither a pause nor a valley. */
const LONGEST_SECTION = 60;
/** dB that loudness must lie below both sides of a valley, and the seconds on each side that are looked at. */
const LEAST_DEPTH = 2;
const SIDE = 4;

/** Cuts the recording where the music breathes: at pauses first, then at the deepest valleys of the loudness. */
export function cutSections(
  duration: number,
  loudness: Loudness,
  weightedSums: Float64Array,
  pauses: readonly Span[],
  onsets: readonly Onset[],
): Section[] {
  const least = Math.max(LEAST_SECTION, duration / MOST_SECTIONS);
  const candidates = [...pauses.flatMap((pause) => cutsOfPause(pause, least)), ...valleys(loudness)].sort(
    (a, b) => b.depth - a.depth || a.time - b.time,
  );
  const cuts: Cut[] = [];
  for (const candidate of candidates) {
    const edges = [0, duration, ...cuts.map(({ time }) => time)];
    if (edges.every((edge) => Math.abs(edge - candidate.time) >= least)) cuts.push(candidate);
  }
  const all = withEvenCuts(
    cuts.sort((a, b) => a.time - b.time),
    duration,
    Math.max(LONGEST_SECTION, 2 * least),
  );
  return all.map(({ start, end, cut }) => {
    const level = meanSounding(weightedSums, loudness.sounding, start, end);
    const begun = onsets.filter(({ time }) => time >= start && time < end).length;
    return {
      start: round(start, 2),
      end: round(end, 2),
      cut,
      mean_loudness_db: level === null ? null : round(level, 1),
      onsets_per_second: round(begun / Math.max(0.1, end - start), 2),
    };
  });
}

/**
 * A short pause belongs to what came before it, so that the next section begins with sound; a long one is a section of
 * its own. Longer pauses come first.
 */
function cutsOfPause({ start, end }: Span, least: number): Cut[] {
  const depth = 100 + end - start;
  const after: Cut = { time: end, cut: "pause", depth };
  return end - start < least ? [after] : [after, { time: start, cut: "pause", depth }];
}

function valleys(loudness: Loudness): Cut[] {
  const envelope = loudnessEnvelope(loudness, 0, loudness.momentary.length);
  const side = Math.round(SIDE / LOUDNESS_STEP);
  const cuts: Cut[] = [];
  for (let step = side; step + side < envelope.length; step += 1) {
    const before = envelope.subarray(step - side, step);
    const after = envelope.subarray(step + 1, step + side + 1);
    const value = envelope[step];
    if (quantile(before.subarray(side - 10), 0) < value || quantile(after.subarray(0, 10), 0) < value)
      continue;
    const depth = Math.min(quantile(before, 0.9), quantile(after, 0.9)) - value;
    if (depth >= LEAST_DEPTH) cuts.push({ time: (step + 0.5) * LOUDNESS_STEP, cut: "valley", depth });
  }
  return cuts;
}

function withEvenCuts(cuts: readonly Cut[], duration: number, longest: number) {
  const sections: (Span & { readonly cut: Section["cut"] })[] = [];
  let start = 0;
  for (const { time, cut } of [...cuts, { time: duration, cut: "end" as const }]) {
    const parts = Math.ceil((time - start) / longest);
    const length = (time - start) / Math.max(1, parts);
    for (let part = 1; part < parts; part += 1) {
      sections.push({ start: start + (part - 1) * length, end: start + part * length, cut: "even" });
    }
    sections.push({ start: start + Math.max(0, parts - 1) * length, end: time, cut });
    start = time;
  }
  return sections;
}
