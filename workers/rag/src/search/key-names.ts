const LETTER_OR_DIGIT = "[\\p{L}\\p{N}]";

/** Between the words of a name: spaces and hyphens or dashes of any kind. */
const BETWEEN = "[\\s\\p{Pd}]*";

/** A key's name, or a note's with its accidental: "B major", "f-sharp minor", "E flat", "Bb major", "C♯". */
const KEY_NAME = new RegExp(
  `(?<!${LETTER_OR_DIGIT})(?<letter>[a-g])(?:(?<sign>[♭♯b#])|${BETWEEN}(?<accidental>flat|sharp))?` +
    `(?:${BETWEEN}(?<mode>major|minor))?(?!${LETTER_OR_DIGIT})`,
  "giu",
);

const SIGNS: Readonly<Record<string, string>> = {
  "♭": "flat",
  b: "flat",
  B: "flat",
  "♯": "sharp",
  "#": "sharp",
};

/** What the next word is written large after, whatever it is. */
const BEGINNING = /(?:^|[.!?])\s*$/;

/** What a question says of keys. */
export interface KeyNames {
  /** Each in lower case, its words apart: "b flat major". */
  readonly names: readonly string[];
  /** The question with these names written out: "Bb major" becomes "B flat major". */
  readonly writtenOut: string;
  /** The question without them. */
  readonly rest: string;
}

/**
 * A key's name as texts abbreviate it, "bb major" for "b flat major"; null where they don't, or where that alone may be something
 * else, like a "db". With a sharp there is none: the index has the sign written out.
 */
export function abbreviationOf(name: string): string | null {
  const [letter, accidental, mode] = name.split(" ");
  return accidental === "flat" && mode !== undefined ? `${letter}b ${mode}` : null;
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
    if (!isKey(found[0], sign, words, question.slice(0, found.index))) continue;
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
 * Whether this is meant as a key. Before a space "a" is taken for the article, as in "a major problem" and "a flat hand", but
 * where both words follow or it is written large; so is "A" where a sentence begins with it, before "flat" or "sharp" alone.
 * Nor is a letter with a b, as in "ab" and "AB", a key where no mode follows, but for one like "Ab".
 *
 * @param written as it stands in the question.
 * @param words what follows the letter: "flat" or "sharp", "major" or "minor", or both.
 * @param before the question as far as there.
 */
function isKey(written: string, sign: string | undefined, words: readonly string[], before: string): boolean {
  if (words.length !== 1) return words.length === 2;
  const isCapital = /^[A-G]/.test(written);
  if (sign === "b" || sign === "B") return isCapital && sign === "b";
  if (!/^a\s/i.test(written)) return true;
  return isCapital && (!BEGINNING.test(before) || /^m/i.test(words[0] ?? ""));
}
