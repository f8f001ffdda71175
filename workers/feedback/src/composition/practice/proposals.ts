import type { Analysis, Dimension } from "@crescendai/contracts";
import { about, DIMENSION_WORDS, nameOf, type Scored, scored } from "../dimension-words.ts";
import { takeOrPiece } from "../pieces.ts";
import type { Change } from "../progress/change.ts";
import { type Register, say, slowly, type Telling } from "../register.ts";
import {
  againstOthers,
  isRough,
  lowestPassage,
  lowestReadings,
  readingsToPractise,
  standingOf,
} from "../standing.ts";
import { type Proposal, type Reason, WHOLE_PIECE } from "../statement.ts";
import type { Topic } from "../topic.ts";
import { commonErrorOf, uncertaintyOfDifference } from "../uncertainty.ts";
import { counted, figure, percent, quoted, span, upperFirst, whole } from "../wording.ts";
import { DIMENSION_PRACTICE } from "./dimension-practice.ts";
import { goalTopicIn } from "./goal-topics.ts";
import { isMeasured, measuredStanding } from "./measured-topics.ts";
import { subjectOfTopic } from "./subject.ts";
import { TOPIC_PRACTICE } from "./topic-practice.ts";

/** Seconds up to which a recording is practised as a whole within an exercise's minutes. */
const SHORT_SECONDS = 60;

/** Work on what was better in an earlier take. */
export function regained(change: Change, analysis: Analysis, telling: Telling): Proposal {
  const success =
    change.unit === "points"
      ? `${nameOf(change.dimension, telling.register)} reads about ${whole(change.before)} again (now about ${whole(change.now)})`
      : `the next take is back at ${amount(change, change.before)} (now ${amount(change, change.now)})`;
  const place = placeFor(change.dimension, analysis);
  return practise(change, telling, "compared", change.sentence, success, place);
}

/**
 * Work on the side of playing that a goal of the player's is about, where no fault was found in it. Null where a recording tells
 * nothing of it: about nothing that is heard, or about chords where there are none; and where to have found nothing is to have
 * reached it. Of wrong notes, which only the score tells, it is said that nobody knows of any.
 */
export function towardsGoal(goal: string, analysis: Analysis, telling: Telling): Proposal | null {
  const heard = goalTopicIn(goal, analysis);
  if (heard === null || heard.topic === "continuity") return null;
  const { topic, dimension } = heard;
  const place = partIn(goal) ?? placeFor(dimension, analysis);
  const { register } = telling;
  if (topic === null) {
    const why = `Your goal ${quoted(goal)}: which notes are wrong can't be told without the score.`;
    const success = "you play it three times in a row without a wrong note that you hear or see";
    return { ...practise(aimOf(dimension), telling, "goal", why, success, place), wish: goal };
  }
  const measured = measuredStanding(topic, analysis, register);
  if (isMeasured(topic) && measured === null) return null;
  const reading = scored(dimension, analysis.dimensions[dimension]);
  const read = reading === null ? "" : `${nameOf(dimension, register)} reads ${about(reading)}`;
  const today = measured?.today ?? read;
  const why = `Your goal ${quoted(goal)}: no fault stood out${today === "" ? "" : `; ${today}`}.`;
  const success = measured?.success ?? nextReading(dimension, reading, analysis, register);
  return { ...practise({ dimension, topic }, telling, "goal", why, success, place), wish: goal };
}

/** Work on passages that stand out below the others, the lowest first. */
export function onLowPassages(analysis: Analysis, telling: Telling): Proposal[] {
  if (isRough(analysis) || analysis.sections.length < 2) return [];
  return analysis.sections
    .flatMap((section) =>
      standingOf(section, analysis)
        .filter(({ points }) => points < 0)
        .map((standing) => ({ ...standing, section })),
    )
    .toSorted((a, b) => a.points - b.points)
    .map(({ section, dimension, points }) => {
      const name = nameOf(dimension, telling.register);
      const all = takeOrPiece(analysis);
      const why = `${upperFirst(name)} is weakest at ${span(section)}, about ${whole(-points)} points below your average in this ${all}.`;
      const success = `${span(section)} stands within ${whole(-points / 2)} points of the average of its ${all} in ${name} (now ${whole(-points)} below)`;
      return practise(aimOf(dimension), telling, "below", why, success, span(section));
    });
}

/** Work on the lowest reading, then on further low ones, said to be just that. */
export function onLowestReadings(analysis: Analysis, telling: Telling): Proposal[] {
  const all = lowestReadings(analysis);
  return readingsToPractise(analysis).map((reading, index) => {
    const name = nameOf(reading.dimension, telling.register);
    const within = againstOthers(reading, all) > -reading.uncertainty;
    const lowest = index === 0;
    const why = within
      ? `No fault, and not clearly below your other readings, but ${lowest ? "the lowest of them" : "something to take further"}: ${name}, ${about(reading)}.`
      : `No fault, but ${lowest ? "the lowest" : "among the lower"} of your readings: ${name}, ${about(reading)}.`;
    const success = nextReading(reading.dimension, reading, analysis, telling.register);
    const place = placeFor(reading.dimension, analysis);
    return practise(aimOf(reading.dimension), telling, "lowest", why, success, place);
  });
}

/** The most that what is measured of a dimension comes to, in points ("Measured scores" of docs/analysis.md); 100 for the others. */
const HIGHEST: { readonly [Name in Dimension]?: number } = {
  note_accuracy: 82,
  rhythmic_precision: 94,
  articulation_quality: 90,
  pedaling_technique: 86,
};

/**
 * Score from which a dimension has changed in the same music by more than the uncertainty of the difference; null where nothing
 * that is played would read so high.
 */
export function target({ dimension, score, uncertainty }: Scored, { dimensions }: Analysis): number | null {
  const common = commonErrorOf(dimensions[dimension].basis);
  const next = Math.ceil(score + uncertaintyOfDifference(uncertainty, uncertainty, common));
  return next <= (HIGHEST[dimension] ?? 100) ? next : null;
}

function nextReading(
  dimension: Dimension,
  reading: Scored | null,
  analysis: Analysis,
  register: Register,
): string {
  const { notes, pauses } = analysis.measurements;
  if (dimension === "note_accuracy" && notes !== null) {
    const now = [counted(notes.restarts.length, "restart"), counted(pauses.length, "gap")].join(", ");
    return notes.restarts.length + pauses.length === 0
      ? "the next take, a little faster, again has no restart and no gap"
      : `the next take has no restart and no gap that isn't written (now ${now})`;
  }
  const name = nameOf(dimension, register);
  if (reading === null) return "you can hear the difference between a recording before and one after";
  const next = target(reading, analysis);
  return next === null
    ? `${name} reads as high again (${about(reading)})`
    : `${name} reads ${next} or more in the next take of this music (now ${about(reading)})`;
}

/** What is practised: a topic with exercises of its own, or the dimension. */
interface Aim {
  readonly dimension: Dimension;
  readonly topic: Topic;
}

function aimOf(dimension: Dimension): Aim {
  return { dimension, topic: DIMENSION_WORDS[dimension].topic };
}

function practise(
  { dimension, topic }: Aim,
  telling: Telling,
  reason: Reason,
  why: string,
  success: string,
  place: string,
): Proposal {
  const { focus, instruction, minutes } = TOPIC_PRACTICE[topic] ?? DIMENSION_PRACTICE[dimension];
  return {
    topic,
    reason,
    skillArea: TOPIC_PRACTICE[topic]?.skillArea ?? upperFirst(nameOf(dimension, telling.register)),
    why,
    place,
    focus: say(focus(place), telling.register),
    instruction: say(instruction(place, slowly(telling)), telling.register),
    minutes,
    success,
    subject: subjectOfTopic(topic, dimension),
    wish: null,
    measured: null,
    further: "",
  };
}

/**
 * What parts of a piece are called in goals, but for what means something else as well where it isn't pointed at: "in a trio",
 * "technical development". Where they are in a recording only the player knows.
 */
const PARTS =
  /\b(?:coda|codetta|cadenza|recapitulation|(?:first|second|last) (?:page|theme|line|section)|(?<=\b(?:the|my|this) )(?:trio|bridge|introduction|opening|ending|exposition|development))\b/iu;

/** The part of the piece that a goal names, "the coda"; null where it names none. */
function partIn(goal: string): string | null {
  const [part] = PARTS.exec(goal) ?? [];
  return part === undefined ? null : `the ${part.toLowerCase()}`;
}

/** The passage that plainly stands lowest in a dimension, or is lowest at all in a long recording; else all of it. */
function placeFor(dimension: Dimension, analysis: Analysis): string {
  const lowest = lowestPassage(analysis.sections, dimension);
  if (lowest === null) return WHOLE_PIECE;
  const plainly = standingOf(lowest, analysis).some(
    (standing) => standing.dimension === dimension && standing.points < 0,
  );
  return plainly || analysis.analysed_duration > SHORT_SECONDS ? span(lowest) : WHOLE_PIECE;
}

function amount({ unit }: Change, value: number): string {
  if (unit === "share") return percent(value);
  if (unit === "count") return counted(value, "time");
  return `${unit === "ms" || unit === "BPM" ? whole(value) : figure(value)} ${unit}`;
}
