/** The levels of players, and how texts name them. */
const LEVELS = [
  { level: "beginner", named: /\bbeginn(?:ers?|ing)\b/i },
  { level: "intermediate", named: /\bintermediate\b/i },
  { level: "advanced", named: /\b(?:advanced|professionals?)\b/i },
] as const;

/** The level that a text names, as the library's documents have it; null if it names none. */
export function levelIn(text: string): (typeof LEVELS)[number]["level"] | null {
  return LEVELS.find(({ named }) => named.test(text))?.level ?? null;
}

/** Whether a text is for a player's level, as their context has it; null where it names none, or theirs isn't known. */
export function isOfLevel(text: string, level: string): boolean | null {
  const own = LEVELS.find(({ named }) => named.test(level))?.named;
  return own === undefined || levelIn(text) === null ? null : own.test(text);
}
