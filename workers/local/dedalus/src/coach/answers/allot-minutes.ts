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
  const count = Math.max(1, Math.floor(total / LEAST_MINUTES));
  const tasks = wanted.slice(0, count).map((minutes) => ({
    share: Math.max(1, Math.round(minutes)),
    given: Math.min(LEAST_MINUTES, total),
  }));
  let left = total - tasks.reduce((sum, { given }) => sum + given, 0);
  for (; left > 0; left -= 1) {
    // The next minute goes to who is furthest behind its share.
    const open = tasks.filter(({ share, given }) => given < Math.max(LEAST_MINUTES, share * MOST_TIMES));
    const [next] = open.toSorted((a, b) => a.given / a.share - b.given / b.share);
    if (next === undefined) break;
    next.given += 1;
  }
  return { minutes: tasks.map(({ given }) => given), left };
}
