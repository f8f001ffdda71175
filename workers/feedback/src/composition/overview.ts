import type { Analysis, Section } from "@crescendai/contracts";
import type { Insight } from "./insights.ts";
import { clock, figure, listed, span } from "./wording.ts";

const OVERVIEW = "Overview";
/**
 * dB from which a section is called a little louder or softer than the rest, the least that is heard; louder or softer; and much
 * so, about two dynamic marks.
 */
const AUDIBLE_DB = 1;
const PLAIN_DB = 3;
const LARGE_DB = 8;
/** How many times the note beginnings a second of the whole make a section busier or, the other way round, calmer. */
const OTHER_PACE = 1.4;
const BUSIER = "busier";
/** Note beginnings a second under which a last passage is mostly notes that die away. */
const FEW_BEGINNINGS = 0.5;

/** A stretch about which nothing was found: one passage, or several in a row that are alike. */
export type Plain = Pick<Section, "start" | "end" | "mean_loudness_db" | "onsets_per_second">;

/** Two stretches in a row as one, with the means of both. */
export function joined(one: Plain, other: Plain): Plain {
  const seconds = { one: one.end - one.start, other: other.end - other.start };
  const meanOf = (a: number, b: number) =>
    (a * seconds.one + b * seconds.other) / (seconds.one + seconds.other);
  return {
    start: one.start,
    end: other.end,
    mean_loudness_db:
      one.mean_loudness_db === null || other.mean_loudness_db === null
        ? null
        : meanOf(one.mean_loudness_db, other.mean_loudness_db),
    onsets_per_second: meanOf(one.onsets_per_second, other.onsets_per_second),
  };
}

/** What sets a stretch apart by ear: how loud it is against the middle passage, and how busy; null where nothing sounds. */
function apartIn(section: Plain, { measurements, sections, findings }: Analysis) {
  const middle = middleLoudness(sections);
  if (section.mean_loudness_db === null || middle === null) return null;
  const level = section.mean_loudness_db - middle;
  // Of what is said to be about equally loud throughout, nothing is a little softer.
  const isLevel = findings.some(({ kind }) => kind === "narrow_dynamics");
  return {
    level,
    loudness: isLevel && Math.abs(level) < PLAIN_DB ? null : loudnessInWords(level),
    pace: paceInWords(section.onsets_per_second, measurements.onset_rate),
  };
}

/** Whether the same would be said of two stretches of which nothing was found. */
export function isLike(one: Plain, other: Plain, analysis: Analysis): boolean {
  const [a, b] = [apartIn(one, analysis), apartIn(other, analysis)];
  return a !== null && b !== null && a.loudness === b.loudness && a.pace === b.pace;
}

/**
 * Loudness in dB that half of the music lies under: one loud climax raises the mean so far that most passages would be softer
 * than the rest. Null where nothing sounds.
 */
function middleLoudness(sections: readonly Section[]): number | null {
  const sounding = sections
    .flatMap(({ mean_loudness_db, start, end }) =>
      mean_loudness_db === null ? [] : [{ loudness: mean_loudness_db, seconds: end - start }],
    )
    .toSorted((a, b) => a.loudness - b.loudness);
  const half = sounding.reduce((sum, { seconds }) => sum + seconds, 0) / 2;
  let before = 0;
  for (const { loudness, seconds } of sounding) {
    before += seconds;
    if (before >= half) return loudness;
  }
  return null;
}

/** A stretch about which nothing was found: what sets it apart, or that it is like the rest. */
export function overviewOf(section: Plain, analysis: Analysis): Insight {
  const { sections } = analysis;
  const at = span(section);
  const apart = apartIn(section, analysis);
  if (apart === null) {
    return {
      category: OVERVIEW,
      reference: "Not scored; measured: loudness.",
      observation: `Nothing sounds from ${clock(section.start)} to ${clock(section.end)}.`,
      advice: `If a rest is written at ${at}, all is well.`,
    };
  }
  const { level, loudness, pace } = apart;
  const words = [loudness, pace].filter((one) => one !== null);
  const against = `${figure(Math.abs(level))} dB ${level < 0 ? "below" : "above"} the middle passage`;
  const overview = {
    category: OVERVIEW,
    reference: `Not scored; measured: ${against}, ${figure(section.onsets_per_second)} note beginnings a second.`,
  };
  if (words.length === 0 || isAll(section, sections)) {
    return {
      ...overview,
      observation: isAll(section, sections)
        ? `Nothing stands out at ${at}.`
        : `${at} is like the rest: about as loud, and about as busy.`,
      advice: `What holds for the whole holds at ${at}.`,
    };
  }
  return {
    ...overview,
    observation: `${at} is ${listed(words)} than the rest.`,
    advice: diesAway(section, sections)
      ? "If the piece ends here, let the last notes ring: there is nothing to practise."
      : loudness === null
        ? `Check that the beat goes on unchanged through ${at}, where there are ${pace === BUSIER ? "more" : "fewer"} notes.`
        : `Check that the music wants ${at} ${level > 0 ? "louder" : "softer"} than the rest.`,
  };
}

/** Whether all that sounds lies in a stretch, so that there is no rest to compare it with. */
function isAll({ start, end }: Plain, sections: readonly Section[]): boolean {
  return sections.every((one) => one.mean_loudness_db === null || (one.start >= start && one.end <= end));
}

/** "much louder", "a little softer"; null where it can't be told by ear. */
function loudnessInWords(level: number): string | null {
  if (Math.abs(level) < AUDIBLE_DB) return null;
  const much = Math.abs(level) < PLAIN_DB ? "a little " : Math.abs(level) < LARGE_DB ? "" : "much ";
  return `${much}${level > 0 ? "louder" : "softer"}`;
}

/** Whether notes begin more or less often than in the whole; null where it's about as often. */
function paceInWords(here: number, whole: number): string | null {
  if (here > 0 && here >= whole * OTHER_PACE) return BUSIER;
  return whole > 0 && here * OTHER_PACE <= whole ? "calmer" : null;
}

/** Whether hardly anything begins in a passage, and nothing sounds after it. */
function diesAway(section: Plain, sections: readonly Section[]): boolean {
  const last = sections.findLast(({ mean_loudness_db }) => mean_loudness_db !== null);
  return section.end === last?.end && section.onsets_per_second < FEW_BEGINNINGS;
}
