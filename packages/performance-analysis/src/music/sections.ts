import type { Section } from "@crescendai/contracts";
import { round } from "../signal/statistics.ts";
import type { Span } from "./levels.ts";
import { type Loudness, meanSounding } from "./loudness.ts";
import type { OnsetGroup } from "./onset-groups.ts";
import type { Onset } from "./onsets.ts";
import { findPhraseCuts, type PhraseCut } from "./phrase-cuts.ts";

/** A section before it is judged. */
export type PhraseSection = Omit<Section, "against_whole">;

/** Most sections; more is no longer an overview. */
const MOST_SECTIONS = 40;
/** Least length of a section in seconds: about two bars. */
const LEAST_SECTION = 4;
/** Length in seconds from which a section is divided evenly where it has no place to breathe. */
const LONGEST_SECTION = 30;
/** Length in seconds that is aimed at: below it only clear cuts divide further. */
const USUAL_SECTION = 10;
/** Weight from which a cut divides even what is shorter than that. */
const CLEAR_WEIGHT = 1.2;

/**
 * Cuts what is played into phrases: the clearest ends first, none shorter than 4 s, none longer than 30 s; in a long
 * recording both limits grow, so that there are at most 40. Without gaps, in order of time.
 */
export function cutSections(
  played: Span,
  loudness: Loudness,
  weightedSums: Float64Array,
  pauses: readonly Span[],
  onsets: readonly Onset[],
  groups: readonly OnsetGroup[],
): PhraseSection[] {
  // Without notes the onsets of the sound are the places where a phrase may begin.
  const places = groups.length > 0 ? groups : onsets.map(({ time }) => ({ time, notes: [], spread: 0 }));
  const scale = Math.max(1, (played.end - played.start) / (MOST_SECTIONS * LEAST_SECTION * 2));
  const least = LEAST_SECTION * scale;
  const cuts = chooseCuts(findPhraseCuts(played.end, loudness, pauses, places), played, scale);
  return withEvenCuts(cuts, played, Math.max(LONGEST_SECTION * scale, 2 * least)).map(
    ({ start, end, cut }) => {
      const level = meanSounding(weightedSums, loudness.sounding, start, end);
      const begun = onsets.filter(({ time }) => time >= start && time < end).length;
      return {
        start: round(start, 2),
        end: round(end, 2),
        cut,
        mean_loudness_db: level === null ? null : round(level, 1),
        onsets_per_second: round(begun / Math.max(0.1, end - start), 2),
      };
    },
  );
}

function chooseCuts(candidates: readonly PhraseCut[], played: Span, scale: number): PhraseCut[] {
  const chosen: PhraseCut[] = [];
  const edges = [played.start, played.end];
  for (const candidate of candidates) {
    if (chosen.length >= MOST_SECTIONS - 1) break;
    let before = played.start;
    let after = played.end;
    for (const edge of edges) {
      if (edge <= candidate.time && edge > before) before = edge;
      if (edge >= candidate.time && edge < after) after = edge;
    }
    const shorter = Math.min(candidate.time - before, after - candidate.time);
    if (shorter < LEAST_SECTION * scale) continue;
    if (candidate.weight < CLEAR_WEIGHT && after - before < USUAL_SECTION * scale) continue;
    chosen.push(candidate);
    edges.push(candidate.time);
  }
  return chosen.sort((a, b) => a.time - b.time);
}

function withEvenCuts(cuts: readonly PhraseCut[], played: Span, longest: number) {
  const sections: (Span & { readonly cut: Section["cut"] })[] = [];
  let { start } = played;
  for (const { time, cut } of [...cuts, { time: played.end, cut: "end" as const }]) {
    const parts = Math.max(1, Math.ceil((time - start) / longest));
    const length = (time - start) / parts;
    for (let part = 1; part < parts; part += 1) {
      sections.push({ start: start + (part - 1) * length, end: start + part * length, cut: "even" });
    }
    sections.push({ start: start + (parts - 1) * length, end: time, cut });
    start = time;
  }
  return sections;
}
