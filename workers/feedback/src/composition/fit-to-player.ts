import type { UserContext } from "@crescendai/contracts";
import type { Exercise, Topic } from "./statement.ts";

/**
 * Words by which a goal is seen to be about something that is measured. They choose and order among our own
 * exercises; what a player wrote is never followed as an instruction.
 */
const TOPIC_WORDS: readonly (readonly [topic: Topic, words: RegExp])[] = [
  ["timing", /\b(tempo|rhythm|pulse|steady|steadier|steadiness|rush|rushing|drag|timing|metronome|speed)/iu],
  [
    "dynamics",
    /\b(dynamic|loud|soft|crescendo|diminuendo|forte|piano(?:issimo)?\s+(?:passage|dynamic)|contrast|voicing)/iu,
  ],
  ["flow", /\b(pause|hesitat|stop|flow|continu|memor|fluen)/iu],
];

/** Minutes in a constraint such as "20 minutes a day". */
const MINUTES = /\b(\d{1,3})\s*(?:-\s*)?min(?:ute)?s?\b/iu;

/** The topic of a goal among those that are measured; null for any other. */
export function topicOf(goal: string): Topic | null {
  return TOPIC_WORDS.find(([, words]) => words.test(goal))?.[0] ?? null;
}

/** The least number of minutes that a constraint names; null where none does. */
export function minutesAvailable(context: UserContext): number | null {
  const named = context.constraints
    .map((constraint) => Number(MINUTES.exec(constraint)?.[1] ?? Number.NaN))
    .filter((minutes) => minutes > 0);
  return named.length === 0 ? null : Math.min(...named);
}

/**
 * Puts exercises that serve a goal first, keeping the order otherwise, and leaves out what no longer fits into the
 * player's minutes; the first is shortened rather than left out.
 */
export function fitExercises(exercises: readonly Exercise[], context: UserContext): Exercise[] {
  const wanted = new Set(context.goals.map(topicOf));
  const ordered = [
    ...exercises.filter(({ topic }) => wanted.has(topic)),
    ...exercises.filter(({ topic }) => !wanted.has(topic)),
  ];
  let left = minutesAvailable(context) ?? Number.POSITIVE_INFINITY;
  const chosen: Exercise[] = [];
  for (const exercise of ordered) {
    const minutes = chosen.length === 0 ? Math.min(exercise.minutes, left) : exercise.minutes;
    if (minutes > left) continue;
    chosen.push({ ...exercise, minutes });
    left -= minutes;
  }
  return chosen;
}
