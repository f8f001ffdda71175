/** The levels of players, from the lowest, and how texts name them. */
const LEVELS = [
  { level: "beginner", named: /\bbeginn(?:ers?|ing)\b/i },
  { level: "intermediate", named: /\bintermediate\b/i },
  { level: "advanced", named: /\b(?:advanced|professionals?)\b/i },
] as const;

/** The level that a text names, as the library's documents have it; null if it names none. */
export function levelIn(text: string): (typeof LEVELS)[number]["level"] | null {
  return LEVELS.find(({ named }) => named.test(text))?.level ?? null;
}

/**
 * How well a text fits a player's level.
 *
 * @param level as players' contexts have it; empty if it isn't known.
 * @returns 1 if it is for this level, -1 if it's for others, 0 if it names none, or nothing is known.
 */
export function levelFit(text: string, level: string): -1 | 0 | 1 {
  const own = LEVELS.find(({ named }) => named.test(level))?.named;
  if (own === undefined || levelIn(text) === null) return 0;
  return own.test(text) ? 1 : -1;
}
