/** How texts name the levels of players, from the lowest. */
const LEVELS: readonly RegExp[] = [/\bbeginners?\b/i, /\bintermediate\b/i, /\b(advanced|professionals?)\b/i];

/**
 * How well a text fits a player's level.
 *
 * @param level as players' contexts have it; empty if it isn't known.
 * @returns 1 if it is for this level, -1 if it's for others, 0 if it names none, or nothing is known.
 */
export function levelFit(text: string, level: string): -1 | 0 | 1 {
  const own = LEVELS.find((named) => named.test(level));
  if (own === undefined || LEVELS.every((named) => !named.test(text))) return 0;
  return own.test(text) ? 1 : -1;
}
