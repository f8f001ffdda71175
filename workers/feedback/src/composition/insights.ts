import type { Analysis, Dimension, Section } from "@crescendai/contracts";
import { nameOf, scored } from "./dimension-words.ts";
import type { Register } from "./register.ts";
import { LITTLE_CONFIDENCE, type Standing, standingOf } from "./standing.ts";
import type { Statement } from "./statement.ts";
import { clock, figure, span, upperFirst, whole } from "./wording.ts";

/** One thing said about a moment. */
export interface Insight {
  readonly category: string;
  readonly observation: string;
  readonly advice: string;
  /** Dimension and score it speaks to, and what was measured. */
  readonly reference: string;
}

type Dimensions = Analysis["dimensions"];

/** dB from which a section is called louder or softer than the whole: the least that is plainly heard. */
const AUDIBLE_DB = 1;

/** A finding in words, with the score it speaks to. */
export function insightOf(
  { category, observation, advice, measured, dimension }: Statement,
  dimensions: Dimensions,
): Insight {
  const reference = referenceOf(dimension, dimensions, `measured: ${measured}`);
  return { category, observation, advice, reference };
}

/**
 * What stands highest and lowest in a passage against the whole: at most one of each, and none of a dimension that a
 * finding there already speaks to.
 */
export function insightsOfStanding(
  section: Section,
  statements: readonly Statement[],
  analysis: Analysis,
  register: Register,
): Insight[] {
  if (analysis.sections.length < 2 || analysis.confidence < LITTLE_CONFIDENCE) return [];
  const standings = standingOf(section, analysis.dimensions).filter(
    (standing) => !statements.some(({ dimension }) => dimension === standing.dimension),
  );
  const above = standings.find(({ points }) => points > 0);
  const below = standings.find(({ points }) => points < 0);
  return [below, above]
    .filter((standing) => standing !== undefined)
    .map((standing) => insightOfStanding(standing, section, analysis, register));
}

function insightOfStanding(
  { dimension, points }: Standing,
  section: Section,
  analysis: Analysis,
  register: Register,
): Insight {
  const name = nameOf(dimension, register);
  const at = span(section);
  const off = `${whole(Math.abs(points))} points ${points > 0 ? "above" : "below"} the whole`;
  return {
    category: upperFirst(name),
    observation: `At ${at} your ${name} stands about ${off}.`,
    advice:
      points > 0
        ? `Hear what you do at ${at}: for ${name} it's the model for the rest.`
        : adviceBelow(dimension, name, at, analysis),
    reference: referenceOf(dimension, analysis.dimensions, `here about ${off}`),
  };
}

function adviceBelow(
  dimension: Dimension,
  name: string,
  at: string,
  { sections, dimensions }: Analysis,
): string {
  const [best] = sections
    .flatMap((section) =>
      standingOf(section, dimensions)
        .filter((standing) => standing.dimension === dimension && standing.points > 0)
        .map(({ points }) => ({ section, points })),
    )
    .toSorted((a, b) => b.points - a.points);
  return best === undefined
    ? `Listen to ${at} again for ${name} alone before you practise it.`
    : `Compare ${at} with ${span(best.section)}, where your ${name} is at its best.`;
}

/** "rhythmic_precision 72 ± 6; measured: …", or that it isn't scored. */
function referenceOf(dimension: Dimension | null, dimensions: Dimensions, what: string): string {
  const reading = dimension === null ? null : scored(dimension, dimensions[dimension]);
  const score =
    reading === null
      ? "Not scored"
      : `${reading.dimension} ${whole(reading.score)} ± ${whole(reading.uncertainty)}`;
  return `${score}; ${what}.`;
}

/** Note beginnings a second under which a last passage is mostly notes that die away. */
const FEW_BEGINNINGS = 0.5;

/** Whether hardly anything begins in a passage, and nothing sounds after it. */
function diesAway(section: Section, sections: readonly Section[]): boolean {
  const last = sections.findLast(({ mean_loudness_db }) => mean_loudness_db !== null);
  return section === last && section.onsets_per_second < FEW_BEGINNINGS && sections.length > 1;
}

/** @param level "louder" or "softer" than the whole; null where it's neither. */
function adviceOn(at: string, level: string | null, isEnd: boolean): string {
  if (isEnd) return "If the piece ends here, let the last notes ring: there is nothing to practise.";
  return level === null
    ? `Nothing apart was found at ${at}; what holds for the whole holds here.`
    : `Check that the music wants ${at} ${level} than the rest.`;
}

/** A passage about which nothing was found, in figures. */
export function overviewOf(section: Section, { measurements, sections }: Analysis): Insight {
  const at = span(section);
  const words = { category: "Overview", reference: "Not scored; measured: loudness and note beginnings." };
  const rate = `${figure(section.onsets_per_second)} note beginnings a second`;
  const mean = measurements.mean_loudness_db;
  if (section.mean_loudness_db === null || mean === null) {
    return {
      ...words,
      observation: `Nothing sounds from ${clock(section.start)} to ${clock(section.end)}.`,
      advice: `If a rest is written at ${at}, all is well.`,
    };
  }
  const difference = section.mean_loudness_db - mean;
  const level = difference > 0 ? "louder" : "softer";
  const even = Math.abs(difference) < AUDIBLE_DB || sections.length < 2;
  return {
    ...words,
    observation: even
      ? `${at} has ${rate} and about the loudness of the whole.`
      : `${at} is ${figure(Math.abs(difference))} dB ${level} than the whole, with ${rate}.`,
    advice: adviceOn(at, even ? null : level, diesAway(section, sections)),
  };
}
