const ACCIDENTAL = "(?:[ -]?(?:flat|sharp|♭|♯))";
const MODE = "(?:[ -](?:major|minor))";

/** A key in words: "B flat major", "c-sharp minor", "E flat", and "in G"; not what is "a major problem". */
const KEY = new RegExp(
  `(?:\\b[A-Ga-g]${ACCIDENTAL}${MODE}?|\\b[B-Gb-g]${MODE}|\\bA${MODE}|(?<=\\bin )[A-G])(?![\\p{L}'’])`,
  "u",
);

/** The key that a text names, as "b flat major"; null if it names none. */
export function keyIn(text: string): string | null {
  return keysIn(text)[0] ?? null;
}

function keysIn(text: string): string[] {
  return (text.match(new RegExp(KEY, "gu")) ?? []).map((named) =>
    named.toLowerCase().replaceAll("-", " ").replace(/ ?♭/, " flat").replace(/ ?♯/, " sharp"),
  );
}

/** Whether a text names a key: "g major" is also G. */
export function namesKey(text: string, key: string): boolean {
  return keysIn(text).some((named) => named === key || named.startsWith(`${key} m`));
}

/** A text without the name of a key. */
export function withoutKey(text: string): string {
  return text.replace(KEY, " ");
}
