import type { UserContext } from "@crescendai/contracts";
import type { Exercise } from "../statement.ts";

/** Minutes in a constraint such as "20 minutes a day" or "1.5 hours". */
const AMOUNT = /\b(\d{1,3}(?:[.,]\d)?)\s*-?\s*(min(?:ute)?s?|h|hrs?|hours?)\b/iu;
const HALF_AN_HOUR = /\bhalf an hour\b/iu;
const AN_HOUR = /\b(?:an|one) hour\b/iu;
const QUARTER_OF_AN_HOUR = /\bquarter of an hour\b/iu;

/** Shortest time in which one exercise achieves anything. */
const LEAST_MINUTES = 3;
/** Minutes an exercise under which fewer are better than shorter ones. */
const GOOD_MINUTES = 5;

/** The least number of minutes that a constraint names; null where none does. */
export function minutesAvailable({ constraints }: Pick<UserContext, "constraints">): number | null {
  const named = constraints.map(minutesIn).filter((minutes) => minutes !== null && minutes >= 1);
  return named.reduce<number | null>(
    (least, minutes) => (least === null || (minutes !== null && minutes < least) ? minutes : least),
    null,
  );
}

function minutesIn(constraint: string): number | null {
  if (QUARTER_OF_AN_HOUR.test(constraint)) return 15;
  if (HALF_AN_HOUR.test(constraint)) return 30;
  const amount = AMOUNT.exec(constraint);
  if (amount !== null) {
    const value = Number((amount[1] ?? "").replace(",", "."));
    return Math.floor(/^h/iu.test(amount[2] ?? "") ? value * 60 : value);
  }
  return AN_HOUR.test(constraint) ? 60 : null;
}

/** Exercises that fit into the time there is, and whether they have to be taken in turn for that. */
interface Fitted<Kind extends Exercise> {
  readonly exercises: readonly Kind[];
  /** Whether even the shortest don't fit into one day together: then one a day, each within the time. */
  readonly inTurn: boolean;
}

/**
 * Fits exercises into `minutes`: first fewer (but not under `least`), then shorter ones; where even that is too much,
 * they are to be taken in turn.
 */
export function fitIntoMinutes<Kind extends Exercise>(
  exercises: readonly Kind[],
  minutes: number | null,
  least: number,
): Fitted<Kind> {
  if (minutes === null || total(exercises) <= minutes) return { exercises, inTurn: false };
  let kept = exercises;
  while (kept.length > least && minutes / kept.length < GOOD_MINUTES) kept = kept.slice(0, -1);
  if (kept.length * LEAST_MINUTES > minutes) {
    return {
      exercises: kept.map((one) => ({ ...one, minutes: Math.min(one.minutes, minutes) })),
      inTurn: true,
    };
  }
  return { exercises: shortened(kept, minutes), inTurn: false };
}

/** Takes a minute off the longest, the last of them first, until the sum fits. */
function shortened<Kind extends Exercise>(exercises: readonly Kind[], minutes: number): Kind[] {
  const lengths = exercises.map((exercise) => exercise.minutes);
  while (lengths.reduce((sum, next) => sum + next, 0) > minutes) {
    const longest = Math.max(...lengths);
    if (longest <= LEAST_MINUTES) break;
    lengths[lengths.lastIndexOf(longest)] = longest - 1;
  }
  return exercises.map((exercise, index) => ({ ...exercise, minutes: lengths[index] ?? exercise.minutes }));
}

function total(exercises: readonly Exercise[]): number {
  return exercises.reduce((sum, { minutes }) => sum + minutes, 0);
}
