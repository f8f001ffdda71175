import type { Analysis, Dimension } from "@crescendai/contracts";
import { about, DIMENSION_WORDS, nameOf, scored } from "../dimension-words.ts";
import { intervalsOf } from "../pieces.ts";
import type { Player } from "../player.ts";
import { type Register, say } from "../register.ts";
import { readingsToPractise } from "../standing.ts";
import type { Statement } from "../statement.ts";
import { belongsToRestart } from "../stumble.ts";
import type { Topic } from "../topic.ts";
import { clock, listed, lowerFirst, quoted, upperFirst, whole } from "../wording.ts";
import { DIMENSION_PRACTICE } from "./dimension-practice.ts";
import { goalTopicIn, wantsShort } from "./goal-topics.ts";
import { measuredStanding } from "./measured-topics.ts";
import { target } from "./proposals.ts";
import { reachedBy } from "./reached.ts";
import { repertoireFor } from "./repertoire.ts";
import { type Subject, subjectOfFinding, subjectOfTopic } from "./subject.ts";
import { TOPIC_PRACTICE } from "./topic-practice.ts";

/** Something to develop over months. */
export interface LongTermGoal {
  readonly aspect: string;
  /** Which of the player's goals it serves, as a beginning of a sentence; "" where it serves none. */
  readonly towards: string;
  /** What to do about it over months. */
  readonly development: string;
  /** Where it stands today, as a sentence; "" where that isn't known. */
  readonly standing: string;
  readonly repertoire: string;
  /** Null where it's about nothing that is heard. */
  readonly dimension: Dimension | null;
  /** What is practised for it; null where it's about nothing that is heard. */
  readonly subject: Subject | null;
  /** The player's goal behind it, in the player's words; null where there is none. */
  readonly wish: string | null;
}

/** A goal before music is chosen for it. */
type Aim = Omit<LongTermGoal, "repertoire">;

/** Two or three goals are kept in mind; more are a list. */
const LEAST_GOALS = 2;
const MOST_GOALS = 3;
/** Most stops whose moments are named. */
const MOST_STOPS = 3;

/** What any pianist gains by, where nothing else is known. */
const FOR_EVERYBODY: readonly Dimension[] = ["phrasing", "overall_quality"];

/** Two or three long-term goals: the player's own, and, where these are fewer, what stands lowest. */
export function longTermGoals(
  analysis: Analysis,
  statements: readonly Statement[],
  player: Player,
): LongTermGoal[] {
  const areas = statements.filter(({ weight }) => weight === "area");
  const wished = new Map<Dimension, string[]>();
  const others: string[] = [];
  for (const goal of player.context.goals) {
    const topic = goalTopicIn(goal, analysis);
    if (topic === null) others.push(goal);
    else wished.set(topic.dimension, [...(wished.get(topic.dimension) ?? []), goal]);
  }
  const goals = [...wished].map(([dimension, texts]) =>
    goalFor(dimension, texts, analysis, statements, player),
  );
  // One that can't be heard is spoken to as well, rather than passed over; never so that none is left to work on.
  const unheard = beyondHearing(others);
  const own = [...goals.slice(0, MOST_GOALS - unheard.length), ...unheard];
  const rest = [
    ...readingsToPractise(analysis).map(({ dimension }) => dimension),
    ...areas.flatMap(({ dimension }) => (dimension === null ? [] : [dimension])),
    ...FOR_EVERYBODY,
  ].filter((dimension, index, all) => !wished.has(dimension) && all.indexOf(dimension) === index);
  const missing = Math.max(0, LEAST_GOALS - own.length);
  return [
    ...own,
    ...rest.slice(0, missing).map((dimension) => goalFor(dimension, [], analysis, statements, player)),
  ].map((goal, index) => ({
    ...goal,
    repertoire:
      goal.dimension === null
        ? "Yours to choose: it depends on the goal."
        : repertoireFor(goal.dimension, player.context, index),
  }));
}

function goalFor(
  dimension: Dimension,
  goals: readonly string[],
  analysis: Analysis,
  statements: readonly Statement[],
  { register }: Player,
): Aim {
  const name = nameOf(dimension, register);
  const [wish] = goals;
  const heard = wish === undefined ? null : goalTopicIn(wish, analysis);
  const wanted = heard?.topic ?? null;
  if (wanted === "continuity") return playingOn(goals, analysis, statements, register);
  if (heard !== null && wanted === null) {
    const on = playingOn(goals, analysis, statements, register);
    const standing = `Which notes are wrong can't be told without the score. ${on.standing}`;
    return { ...on, aspect: upperFirst(name), standing, subject: "note_accuracy" };
  }
  const topic = wanted ?? DIMENSION_WORDS[dimension].topic;
  const narrow = wanted === null ? undefined : TOPIC_PRACTICE[wanted];
  const measured = wanted === null ? null : measuredStanding(wanted, analysis, register);
  const measuredToday = measured === null ? "" : `Today ${measured.today}.`;
  const reading = scored(dimension, analysis.dimensions[dimension]);
  const next = reading === null ? null : target(reading, analysis);
  const standing =
    reading === null
      ? ""
      : next === null
        ? `Today ${name} reads ${about(reading)}, and hardly more can be told from that.`
        : say(
            {
              usual: `Today ${name} reads ${about(reading)}; ${next} or more, in this music, would be a change beyond its uncertainty.`,
              simple: `Your ${name} reads about ${whole(reading.score)} now; at ${next} it will have grown.`,
            },
            register,
          );
  const found = wish === undefined ? faultOf(dimension, statements) : faultIn(topic, wish, statements);
  const reached = wanted === null ? undefined : reachedBy(wanted, statements);
  return {
    aspect: narrow?.skillArea ?? upperFirst(name),
    towards: towardsAll(goals),
    development: say((narrow ?? DIMENSION_PRACTICE[dimension]).development, register),
    standing:
      found === undefined && reached !== undefined
        ? `This take has it: ${lowerFirst(reached.headline)}`
        : narrow === undefined
          ? standing
          : measuredToday,
    dimension,
    // What was found is closer to the matter than the dimension: notes let go early aren't helped by work on staccato.
    subject:
      (found === undefined ? null : subjectOfFinding(found.finding)) ?? subjectOfTopic(topic, dimension),
    wish: wish ?? null,
  };
}

function faultOf(dimension: Dimension, statements: readonly Statement[]): Statement | undefined {
  return statements.find((one) => one.weight === "area" && one.dimension === dimension);
}

/** A fault in the topic of a goal; of notes that are short only where they aren't what is wanted. */
function faultIn(topic: Topic, goal: string, statements: readonly Statement[]): Statement | undefined {
  return statements.find(
    (one) =>
      one.topic === topic &&
      (one.finding.kind === "detached_passage" ? !wantsShort(goal) : one.weight === "area"),
  );
}

/** To play through without a stop, with the stops of this take. */
function playingOn(
  goals: readonly string[],
  analysis: Analysis,
  statements: readonly Statement[],
  register: Register,
): Aim {
  const halts = statements.filter(
    (one) => one.topic === "continuity" && one.weight === "area" && !belongsToRestart(one, statements),
  );
  const proviso = halts.some(({ finding }) => finding.kind !== "restart") ? ", unless that is written" : "";
  const stops = halts
    .map(({ finding }) => clock(finding.kind === "restart" ? finding.end : finding.start))
    .filter((at, index, all) => all.indexOf(at) === index);
  const intervals = intervalsOf(analysis).map(({ start }) => clock(start));
  return {
    aspect: "Continuity",
    towards: towardsAll(goals),
    development: say(DIMENSION_PRACTICE.note_accuracy.development, register),
    standing:
      stops.length > 0
        ? `In this take the music halts at ${listed(stops.slice(0, MOST_STOPS))}${proviso}.`
        : intervals.length > 0
          ? `In this take no stop was found but the silence at ${listed(intervals)}, as between two pieces.`
          : "In this take no stop was found.",
    dimension: "note_accuracy",
    subject: "playing_on",
    wish: goals[0] ?? null,
  };
}

/** "Towards “cleaner pedal”: "; nothing where it serves none. */
function towardsAll(goals: readonly string[]): string {
  return goals.length === 0 ? "" : `Towards ${listed(goals.slice(0, MOST_GOALS).map(quoted))}: `;
}

/** The goals of which no recording tells, as one; the library is asked for the first. */
function beyondHearing(goals: readonly string[]): Aim[] {
  const [wish] = goals;
  if (wish === undefined) return [];
  return [
    {
      aspect: goals.length === 1 ? "Your goal" : "Your goals",
      towards: `${listed(goals.slice(0, MOST_GOALS).map(quoted))}: `,
      development:
        "these words, which are read as English, name nothing that is measured in a recording. Ask the coach about it, who can look into the library.",
      standing: "",
      dimension: null,
      subject: null,
      wish,
    },
  ];
}
