/** Minutes under which a task isn't worth beginning. */
const LEAST_MINUTES = 3;

/** How often its own minutes a task is given at most: longer on one thing is no more practice of it. */
const MOST_TIMES = 2;

/**
 * Divides some whole minutes among tasks, the first ones first, in the proportion of the minutes that each would have. A task
 * gets 3 minutes at least, if there are as many; what there is no use for is left over.
 *
 * @param wanted the minutes of each task, 1 or more, most important first.
 * @param total the minutes that there are, 1 or more.
 * @returns the minutes of as many of the tasks as there is time for, and those that are left; in sum `total`.
 */
export function allotMinutes(
  wanted: readonly number[],
  total: number,
): { readonly minutes: readonly number[]; readonly left: number } {
  const count = Math.min(wanted.length, Math.max(1, Math.floor(total / LEAST_MINUTES)));
  const tasks = wanted.slice(0, count).map((minutes) => Math.max(1, Math.round(minutes)));
  const most = tasks.map((minutes) => Math.max(LEAST_MINUTES, minutes * MOST_TIMES));
  const least = tasks.map(() => Math.min(LEAST_MINUTES, total));
  const minutes = [...least];
  let left = total - minutes.reduce((sum, given) => sum + given, 0);
  while (left > 0) {
    // The next minute goes to who is furthest behind its share.
    const shares = minutes.map((given, at) =>
      given < (most[at] ?? 0) ? given / (tasks[at] ?? 1) : Number.POSITIVE_INFINITY,
    );
    const least = Math.min(...shares);
    if (!Number.isFinite(least)) break;
    const next = shares.indexOf(least);
    minutes[next] = (minutes[next] ?? 0) + 1;
    left -= 1;
  }
  return { minutes, left };
}
