const LETTER_OR_DIGIT = "[\\p{L}\\p{N}]";

/** A key's name, or a note's with its accidental: "B major", "f-sharp minor", "E flat", "Bb major", "C♯". */
const KEY_NAME = new RegExp(
  `(?<!${LETTER_OR_DIGIT})(?<letter>[a-g])(?:(?<sign>[♭♯b#])|[\\s-]*(?<accidental>flat|sharp))?` +
    `(?:[\\s-]*(?<mode>major|minor))?(?!${LETTER_OR_DIGIT})`,
  "giu",
);

const SIGNS: Readonly<Record<string, string>> = { "♭": "flat", b: "flat", "♯": "sharp", "#": "sharp" };

/** What a question says of keys. */
export interface KeyNames {
  /** Each in lower case, its words apart: "b flat major". */
  readonly names: readonly string[];
  /** The question with these names written out: "Bb major" becomes "B flat major". */
  readonly writtenOut: string;
  /** The question without them. */
  readonly rest: string;
}

/** The names of keys in a question. */
export function keyNamesIn(question: string): KeyNames {
  const names = new Set<string>();
  let writtenOut = "";
  let rest = "";
  let end = 0;
  for (const found of question.matchAll(KEY_NAME)) {
    const { letter = "", sign, accidental, mode } = found.groups ?? {};
    const words = [accidental ?? SIGNS[sign ?? ""], mode].flatMap((word) => word ?? []);
    if (!isKey(letter, sign, words, found.index)) continue;
    const before = question.slice(end, found.index);
    const name = [letter, ...words].join(" ");
    names.add(name.toLowerCase());
    writtenOut += before + name;
    rest += `${before} `;
    end = found.index + found[0].length;
  }
  const after = question.slice(end);
  return { names: [...names], writtenOut: writtenOut + after, rest: rest + after };
}

/**
 * Whether this is meant as a key. "A major problem" and "a flat hand" aren't: the article is taken for one only where it is
 * written large or both words follow, and not at the beginning before "flat" or "sharp" alone. Nor is a letter with a small b,
 * as in "ab", where it isn't written large and no mode follows.
 *
 * @param words what follows the letter: "flat" or "sharp", "major" or "minor", or both.
 * @param place where the letter stands in the question.
 */
function isKey(letter: string, sign: string | undefined, words: readonly string[], place: number): boolean {
  if (words.length !== 1) return words.length === 2;
  const isCapital = letter === letter.toUpperCase();
  if (sign === "b") return isCapital;
  if (letter.toLowerCase() !== "a" || sign !== undefined) return true;
  return isCapital && (place > 0 || /^m/i.test(words[0] ?? ""));
}
