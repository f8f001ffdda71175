import type { Analysis, Dimension } from "@crescendai/contracts";
import { about, nameOf } from "./dimension-words.ts";
import { takeOrPiece } from "./pieces.ts";
import type { Change } from "./progress/change.ts";
import { type Register, say } from "./register.ts";
import {
  againstOthers,
  dimensionsAtFault,
  highestReading,
  isRough,
  lowestReadings,
  standingOf,
} from "./standing.ts";
import type { Statement } from "./statement.ts";
import { span, upperFirst, whole } from "./wording.ts";

/** Most strengths that are named, and how many there are before readings are looked at as well. */
const MOST_STRENGTHS = 4;
const ENOUGH_STRENGTHS = 2;
/** Most of them that are found in one side of playing: four swells are one strength. */
const MOST_PER_TOPIC = 2;
/** Most of them that are improvements. */
const MOST_IMPROVEMENTS = 3;
/** Score from which the highest reading is worth naming: the mean of all rated performances (docs/analysis.md). */
const MIDDLE = 70;
/** Per cent by which beats may differ from their neighbours where rhythm is praised: between steady (2.5) and wavering (6). */
const MOST_BEAT_DEVIATION = 4;

/** What went well, as sentences with their moments: improvements first, then findings, then what stands highest. */
export function strengthsOf(
  analysis: Analysis,
  statements: readonly Statement[],
  changes: readonly Change[],
  register: Register,
): string[] {
  if (analysis.heard !== "music") return [];
  const better = changes
    .filter(({ direction }) => direction === "better")
    .slice(0, MOST_IMPROVEMENTS)
    .map(({ sentence }) => sentence);
  const found = statements
    .filter(({ weight }) => weight === "strength")
    .filter(({ topic }, index, all) => {
      const before = all.slice(0, index).filter((other) => other.topic === topic);
      return before.length < MOST_PER_TOPIC;
    })
    .map(({ headline }) => headline);
  const strengths = [...better, ...found].slice(0, MOST_STRENGTHS);
  if (strengths.length >= ENOUGH_STRENGTHS) return strengths;
  const faulty = dimensionsAtFault(statements);
  const standing = [
    bestPassage(analysis, faulty, register),
    outstandingReading(analysis, faulty, register),
  ].filter((sentence) => sentence !== null);
  return [...strengths, ...standing].slice(0, MOST_STRENGTHS);
}

function bestPassage(analysis: Analysis, faulty: ReadonlySet<Dimension>, register: Register): string | null {
  if (isRough(analysis) || analysis.sections.length < 2) return null;
  const [best] = analysis.sections
    .flatMap((section) => standingOf(section, analysis).map((standing) => ({ ...standing, section })))
    .filter(({ points, dimension }) => points > 0 && !faulty.has(dimension))
    .toSorted((a, b) => b.points - a.points);
  if (best === undefined) return null;
  const name = nameOf(best.dimension, register);
  return say(
    {
      usual: `${upperFirst(name)} is at its best at ${span(best.section)}, about ${whole(best.points)} points above your average in this ${takeOrPiece(analysis)}.`,
      simple: `Your ${name} goes best at ${span(best.section)}.`,
    },
    register,
  );
}

function outstandingReading(
  analysis: Analysis,
  faulty: ReadonlySet<Dimension>,
  register: Register,
): string | null {
  const highest = highestReading(analysis);
  if (highest === null || highest.score < MIDDLE || faulty.has(highest.dimension)) return null;
  if (highest.dimension === "rhythmic_precision" && !keepsTheBeat(analysis)) return null;
  // Within its uncertainty of the others it's not known to stand out.
  if (againstOthers(highest, lowestReadings(analysis)) < highest.uncertainty) return null;
  return `Of your readings, ${nameOf(highest.dimension, register)} stands out: ${about(highest)}.`;
}

/** Whether a beat could be followed, and keeps: the reading rests on running notes, and knows little of hesitations between them. */
function keepsTheBeat({ measurements: { pulse } }: Analysis): boolean {
  return pulse.beat_deviation_percent !== null && pulse.beat_deviation_percent <= MOST_BEAT_DEVIATION;
}
