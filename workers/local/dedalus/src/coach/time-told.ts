/** Minutes as titles of the library have them. */
const IN_WORDS: Readonly<Record<number, string>> = {
  10: "ten",
  15: "fifteen",
  20: "twenty",
  30: "thirty",
  40: "forty",
  45: "forty-five",
  60: "sixty",
  90: "ninety",
};

/** Lengths of time that are told otherwise, in minutes. */
const SPOKEN: readonly (readonly [words: RegExp, minutes: number])[] = [
  [/\b(an|one) hour and a half\b/, 90],
  [/\bhalf an hour\b|\bhalf hour\b/, 30],
  [/\b(an|one|1) hour\b/, 60],
];

/** How many minutes a text speaks of, the first that it does; null if of none. */
export function minutesIn(text: string): number | null {
  const said = text.toLowerCase();
  const inWords = Object.entries(IN_WORDS).find(([, name]) => new RegExp(`\\b${name} min`).test(said))?.[0];
  const spoken = SPOKEN.find(([words]) => words.test(said))?.[1];
  const minutes = spoken ?? Number(inWords ?? /\b(\d{1,3}) ?min/.exec(said)?.[1] ?? Number.NaN);
  return minutes > 0 ? minutes : null;
}

/** Minutes in words where they are some of the usual ones, else in figures. */
export function minutesInWords(minutes: number): string {
  return IN_WORDS[minutes] ?? String(minutes);
}
