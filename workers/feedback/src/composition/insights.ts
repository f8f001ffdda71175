import type { Analysis, Dimension, Section } from "@crescendai/contracts";
import { nameOf, scored } from "./dimension-words.ts";
import { passagesOfPiece, takeOrPiece } from "./pieces.ts";
import type { Register } from "./register.ts";
import { dimensionsAtFault, isBest, isRough, type Standing, standingOf } from "./standing.ts";
import type { Statement } from "./statement.ts";
import { clock, figure, listed, span, upperFirst, whole } from "./wording.ts";

/** One thing said about a moment. */
export interface Insight {
  readonly category: string;
  readonly observation: string;
  readonly advice: string;
  /** Dimension and score it speaks to, and what was measured. */
  readonly reference: string;
}

type Dimensions = Analysis["dimensions"];

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

/** A finding in words, with the score it speaks to. */
export function insightOf(
  { category, observation, advice, measured, dimension }: Statement,
  dimensions: Dimensions,
): Insight {
  const reference = referenceOf(dimension, dimensions, `measured: ${measured}`);
  return { category, observation, advice, reference };
}

/**
 * What stands lowest and highest in a passage, in this order: at most one of each, and none of a dimension that a finding there
 * already speaks to. A model for the rest is only the passage in which a dimension is at its best, and none where that dimension
 * is at fault: that the fault lies elsewhere is said with it.
 *
 * @param here what was found in the passage.
 * @param all what was found in the recording.
 */
export function standingsToTell(
  section: Section,
  here: readonly Statement[],
  all: readonly Statement[],
  analysis: Analysis,
): Standing[] {
  const passages = passagesOfPiece(section, analysis);
  if (passages.length < 2 || isRough(analysis)) return [];
  const standings = standingOf(section, analysis).filter(
    (standing) => !here.some(({ dimension }) => dimension === standing.dimension),
  );
  const faulty = dimensionsAtFault(all);
  const above = standings.find(
    ({ points, dimension }) => points > 0 && !faulty.has(dimension) && isBest(section, dimension, passages),
  );
  const below = standings.find(({ points }) => points < 0);
  return [below, above].filter((standing) => standing !== undefined);
}

/**
 * How a passage stands in a dimension, and what to do with that.
 *
 * @param all what was found in the recording.
 */
export function insightOfStanding(
  { dimension, points }: Standing,
  section: Section,
  all: readonly Statement[],
  analysis: Analysis,
  register: Register,
): Insight {
  const name = nameOf(dimension, register);
  const at = span(section);
  const off = `${whole(Math.abs(points))} points ${points > 0 ? "above" : "below"} your average in this ${takeOrPiece(analysis)}`;
  return {
    category: upperFirst(name),
    observation: `At ${at} your ${name} stands about ${off}.`,
    advice:
      points > 0
        ? `Hear what you do at ${at}: for ${name} it's the model for the rest.`
        : adviceBelow(
            name,
            section,
            dimensionsAtFault(all).has(dimension) ? null : bestOf(dimension, section, analysis),
          ),
    reference: referenceOf(dimension, analysis.dimensions, `here about ${off}`),
  };
}

function adviceBelow(name: string, passage: Section, best: Section | null): string {
  const at = span(passage);
  return best === null
    ? `Listen to ${at} again for ${name} alone before you practise it.`
    : `Compare ${at} with ${span(best)}, where your ${name} is at its best.`;
}

/** Of the piece that a passage is of, the passage that stands out the highest; null where none does. */
function bestOf(dimension: Dimension, passage: Section, analysis: Analysis): Section | null {
  const [best] = passagesOfPiece(passage, analysis)
    .flatMap((section) =>
      standingOf(section, analysis)
        .filter((standing) => standing.dimension === dimension && standing.points > 0)
        .map(({ points }) => ({ section, points })),
    )
    .toSorted((a, b) => b.points - a.points);
  return best?.section ?? null;
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
  return section === last && section.onsets_per_second < FEW_BEGINNINGS;
}

/** A passage about which nothing was found: what sets it apart, or that it is like the rest. */
export function overviewOf(section: Section, { measurements, sections }: Analysis): Insight {
  const at = span(section);
  const mean = measurements.mean_loudness_db;
  if (section.mean_loudness_db === null || mean === null) {
    return {
      category: OVERVIEW,
      reference: "Not scored; measured: loudness.",
      observation: `Nothing sounds from ${clock(section.start)} to ${clock(section.end)}.`,
      advice: `If a rest is written at ${at}, all is well.`,
    };
  }
  const level = section.mean_loudness_db - mean;
  const loudness = loudnessInWords(level);
  const pace = paceInWords(section.onsets_per_second, measurements.onset_rate);
  const apart = [loudness, pace].filter((words) => words !== null);
  const against = `${figure(Math.abs(level))} dB ${level < 0 ? "below" : "above"} the whole`;
  const overview = {
    category: OVERVIEW,
    reference: `Not scored; measured: ${against}, ${figure(section.onsets_per_second)} note beginnings a second.`,
  };
  if (sections.length < 2 || apart.length === 0) {
    return {
      ...overview,
      observation:
        sections.length < 2
          ? `Nothing stands out at ${at}.`
          : `${at} is like the rest: about as loud, and about as busy.`,
      advice: `What holds for the whole holds at ${at}.`,
    };
  }
  return {
    ...overview,
    observation: `${at} is ${listed(apart)} than the rest.`,
    advice: diesAway(section, sections)
      ? "If the piece ends here, let the last notes ring: there is nothing to practise."
      : loudness === null
        ? `Check that the beat goes on unchanged through ${at}, where there are ${pace === BUSIER ? "more" : "fewer"} notes.`
        : `Check that the music wants ${at} ${level > 0 ? "louder" : "softer"} than the rest.`,
  };
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
