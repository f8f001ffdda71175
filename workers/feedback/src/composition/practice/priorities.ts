import type { Analysis, FindingKind } from "@crescendai/contracts";
import { LEAST_PRIORITIES, type Player } from "../player.ts";
import type { Change } from "../progress/change.ts";
import type { Telling } from "../register.ts";
import { shortNotesIn } from "../standing.ts";
import type { Proposal, Statement } from "../statement.ts";
import { belongsToRestart } from "../stumble.ts";
import type { Topic } from "../topic.ts";
import { listed, quoted } from "../wording.ts";
import { goalTopicIn, wantsShort } from "./goal-topics.ts";
import { maintenance } from "./maintenance.ts";
import { onLowestReadings, onLowPassages, regained, towardsGoal } from "./proposals.ts";
import { reachedBy } from "./reached.ts";
import { subjectOfFinding } from "./subject.ts";

/** Most things to work on in one topic: three exercises with the metronome are one too many. */
const MOST_PER_TOPIC = 2;
/** Most further places that an exercise is repeated at. */
const MOST_PLACES = 2;

/** With beginners, what keeps the music going comes before what makes it beautiful. */
const FIRST_FOR_BEGINNERS: readonly Topic[] = ["continuity", "timing", "evenness", "chords"];

/**
 * What to work on, three to five things, most important first: what went less well than it might, what was better in
 * an earlier take, the player's goals; the lowest reading, where there is room for it; and only where these are fewer than
 * three, a passage that stands low, more of the lower readings, and what keeps or extends the good, each named as what it is.
 */
export function choosePriorities(
  analysis: Analysis,
  statements: readonly Statement[],
  changes: readonly Change[],
  player: Player,
  telling: Telling,
): Proposal[] {
  const chosen: Proposal[] = [];
  const add = (exercise: Proposal | null, most: number, perTopic: number) => {
    if (exercise === null || chosen.length >= most) return;
    if (
      chosen.some(
        ({ instruction, focus }) => instruction === exercise.instruction || focus === exercise.focus,
      )
    ) {
      return;
    }
    if (chosen.filter(({ topic }) => topic === exercise.topic).length < perTopic) chosen.push(exercise);
  };

  for (const exercise of byImportance(faults(statements, telling), analysis, player)) {
    add(exercise, player.mostPriorities, MOST_PER_TOPIC);
  }
  for (const change of changes.filter(({ direction }) => direction === "worse")) {
    add(regained(change, analysis, telling), player.mostPriorities, 1);
  }
  const served = new Set<Topic | null>();
  for (const goal of player.context.goals) {
    const heard = goalTopicIn(goal, analysis);
    // Of several goals that come down to the same the first is named.
    if (heard === null || served.has(heard.topic)) continue;
    const { topic } = heard;
    served.add(topic);
    const towards = towardsGoal(goal, analysis, telling);
    if (topic === null) {
      add(towards, player.mostPriorities, MOST_PER_TOPIC);
      continue;
    }
    const short = wantsShort(goal);
    const met = chosen.findIndex((one) => one.topic === topic && !(short && one.subject === "joined_notes"));
    const proposal = chosen[met];
    if (proposal !== undefined) chosen[met] = bearingOn(goal, proposal);
    else if (reachedBy(topic, statements) === undefined) {
      const joining = short ? null : shortNotes(topic, statements, telling);
      const asked = joining ?? (towards === null ? askedOf(topic, statements, telling) : null);
      add(asked === null ? towards : bearingOn(goal, asked), player.mostPriorities, 1);
    }
  }
  // One passage only: it is to be seen beside the whole, not instead of it.
  const low = onLowPassages(analysis, telling).find(
    ({ topic }) =>
      !chosen.some((other) => other.topic === topic) && shortNotes(topic, statements, telling) === null,
  );
  add(low ?? null, LEAST_PRIORITIES, 1);
  const [lowest, ...lower] = onLowestReadings(analysis, telling);
  const asked = lowest === undefined ? null : shortNotes(lowest.topic, statements, telling);
  add(asked ?? lowest ?? null, player.mostPriorities, 1);
  const remark = statements.find(({ weight, exercise }) => weight === "remark" && exercise !== null);
  add(remark === undefined ? null : proposed(remark, telling), LEAST_PRIORITIES, 1);
  for (const exercise of lower) add(exercise, LEAST_PRIORITIES, 1);
  for (const statement of statements) {
    if (statement.weight === "strength") add(proposed(statement, telling), LEAST_PRIORITIES, 1);
  }
  for (const exercise of maintenance(analysis, telling)) add(exercise, LEAST_PRIORITIES, MOST_PER_TOPIC);
  return chosen;
}

/** Work on what was found, with the goal that it serves. */
function bearingOn(goal: string, proposal: Proposal): Proposal {
  return { ...proposal, why: `${proposal.why} This bears on your goal ${quoted(goal)}.` };
}

/** The exercises of areas, one of each kind, which names the other places too. */
function faults(statements: readonly Statement[], telling: Telling): Proposal[] {
  const areas = statements.filter(
    (statement) => statement.weight === "area" && !belongsToRestart(statement, statements),
  );
  const kinds = new Map<FindingKind, Statement[]>();
  for (const area of areas) {
    const alike = kinds.get(area.finding.kind);
    if (alike === undefined) kinds.set(area.finding.kind, [area]);
    else alike.push(area);
  }
  return [...kinds.values()].flatMap(([first, ...others]) => {
    const proposal = first === undefined ? null : proposed(first, telling);
    if (proposal === null) return [];
    const places = others.flatMap(({ exercise }) => (exercise === null ? [] : [exercise.place]));
    if (places.length === 0) return [proposal];
    return [{ ...proposal, further: `The same at ${listed(places.slice(0, MOST_PLACES))}.` }];
  });
}

/** The exercise of a finding, as a proposal; null where it has none. */
function proposed({ finding, exercise, measured }: Statement, { register }: Telling): Proposal | null {
  if (exercise === null) return null;
  const subject = subjectOfFinding(finding);
  return { ...exercise, subject, wish: null, measured: register === "simple" ? null : measured, further: "" };
}

/** Of a topic what only the player can answer, if there is anything. */
function askedOf(topic: Topic, statements: readonly Statement[], telling: Telling): Proposal | null {
  const remark = statements.find((one) => one.weight === "remark" && one.topic === topic);
  return remark === undefined ? null : proposed(remark, telling);
}

/**
 * Of touch, notes as short as staccato, of which only the player knows whether that is written: they are why it reads low, and
 * what stands in the way of whoever wants to join them. Of any other topic nothing.
 */
function shortNotes(topic: Topic, statements: readonly Statement[], telling: Telling): Proposal | null {
  const short = topic === "articulation" ? shortNotesIn(statements) : undefined;
  return short === undefined ? null : proposed(short, telling);
}

/** What serves a goal first; with beginners, then what keeps the music going; else as the findings are ordered. */
function byImportance(exercises: readonly Proposal[], analysis: Analysis, { context }: Player): Proposal[] {
  const wanted = new Set(context.goals.map((goal) => goalTopicIn(goal, analysis)?.topic ?? null));
  const beginner = context.experience_level === "beginner";
  const rank = ({ topic }: Proposal) =>
    (wanted.has(topic) ? 0 : 2) + (beginner && !FIRST_FOR_BEGINNERS.includes(topic) ? 1 : 0);
  return exercises.toSorted((a, b) => rank(a) - rank(b));
}
