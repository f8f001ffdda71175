import type { Analysis, Dimension, Section } from "@crescendai/contracts";
import { nameOf, scored } from "./dimension-words.ts";
import { passagesOfPiece, takeOrPiece } from "./pieces.ts";
import type { Register } from "./register.ts";
import { dimensionsAtFault, isBest, isRough, type Standing, shortNotesIn, standingOf } from "./standing.ts";
import type { Statement } from "./statement.ts";
import { span, upperFirst, whole } from "./wording.ts";

/** One thing said about a moment. */
export interface Insight {
  readonly category: string;
  readonly observation: string;
  readonly advice: string;
  /** Dimension and score it speaks to, and what was measured. */
  readonly reference: string;
}

type Dimensions = Analysis["dimensions"];

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
  // Who changes between staccato and legato stands low in touch in the one and high in the other, and may be right in both.
  const isStaccato = shortNotesIn(all) !== undefined;
  const standings = standingOf(section, analysis).filter(
    (standing) =>
      !here.some(({ dimension }) => dimension === standing.dimension) &&
      !(isStaccato && standing.dimension === "articulation_quality"),
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
