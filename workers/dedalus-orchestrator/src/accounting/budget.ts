import { failed, ok, type Result, type Usage } from "@crescendai/contracts";
import { timestamp } from "@crescendai/worker-kit";
import type { Orchestrator } from "../orchestrator.ts";
import { addToUsage, spentOnDay } from "../tables/usage.ts";

/**
 * Whether a user may spend more today: RATE_LIMIT_EXCEEDED with the seconds until midnight UTC if not. What is under way at
 * the same time isn't counted yet, so that a budget may be exceeded by the answers of a moment.
 */
export async function checkBudget(
  { configuration, database, now }: Pick<Orchestrator, "configuration" | "database" | "now">,
  userId: string,
): Promise<Result<null>> {
  const at = now();
  const spent = await spentOnDay(database, userId, dayOf(at));
  if (!spent.ok) return spent;
  if (spent.value < configuration.dailyBudget) return ok(null);
  return failed({
    code: "RATE_LIMIT_EXCEEDED",
    message: "You have used up what the coach may say to you today. It goes on at midnight UTC.",
    retryAfter: secondsToMidnight(at),
  });
}

/** Writes down what an answer took. A fault is a line in the log: the answer is there. */
export async function recordUsage(
  { database, now }: Pick<Orchestrator, "database" | "now">,
  userId: string,
  model: string,
  usage: Usage,
): Promise<void> {
  await database.write(addToUsage({ user_id: userId, day: dayOf(now()), model, usage }));
}

/** The day of an instant in UTC, YYYY-MM-DD. */
function dayOf(milliseconds: number): string {
  return timestamp(milliseconds).slice(0, 10);
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** Whole seconds, rounded up, until the next midnight UTC: 1 to 86,400. */
export function secondsToMidnight(milliseconds: number): number {
  return Math.ceil((DAY_MS - (milliseconds % DAY_MS)) / 1000);
}
