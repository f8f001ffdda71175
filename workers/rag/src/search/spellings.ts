/*
 * The same word as it is written in Britain and in America, ordinal numbers as figures, composers' names from other alphabets,
 * and the past of irregular verbs: differences that say nothing about what is meant, and that no stemmer knows.
 */

/** Endings of one word, British first. Both lead to the same word often enough, and otherwise to none. */
const ENDINGS: readonly (readonly [british: string, american: string])[] = [
  ["ise", "ize"],
  ["ised", "ized"],
  ["ises", "izes"],
  ["ising", "izing"],
  ["isation", "ization"],
  ["isations", "izations"],
  ["yse", "yze"],
  ["ysed", "yzed"],
  ["ysing", "yzing"],
  ["our", "or"],
  ["ours", "ors"],
  ["oured", "ored"],
  ["ouring", "oring"],
  ["ourful", "orful"],
  ["tre", "ter"],
  ["tres", "ters"],
  ["ogue", "og"],
  ["ogues", "ogs"],
  ["ence", "ense"],
  ["lled", "led"],
  ["lling", "ling"],
];

/** Pairs that no ending explains. */
const PAIRS: readonly (readonly [string, string])[] = [
  ["practise", "practice"],
  ["practised", "practiced"],
  ["practising", "practicing"],
  ["grey", "gray"],
  ["programme", "program"],
  ["first", "1st"],
  ["second", "2nd"],
  ["third", "3rd"],
  ["fourth", "4th"],
  ["fifth", "5th"],
  ["sixth", "6th"],
  ["seventh", "7th"],
  ["eighth", "8th"],
  ["ninth", "9th"],
  ["tenth", "10th"],
];

/** Composers whose names are written in several ways; without diacritics. */
const NAMES = `
  rachmaninoff rachmaninov rakhmaninov, prokofiev prokofieff, scriabin skryabin, tchaikovsky tschaikowsky chaikovsky,
  mussorgsky musorgsky moussorgsky, shostakovich schostakowitsch, kabalevsky kabalewski, handel haendel`;

/** Each of the words of a row with each of the others. */
const NAME_PAIRS = NAMES.split(",").flatMap((row) => {
  const names = row.trim().split(/\s+/);
  return names.flatMap((name, index) =>
    names.slice(index + 1).map((other): readonly [string, string] => [name, other]),
  );
});

/** Verbs with their past forms, where these are no other word of a pianist's ("felt", "left", "rose", "saw"). */
const IRREGULAR_VERBS = `
  choose chose chosen, fall fell fallen, forget forgot forgotten, freeze froze frozen, lose lost, shake shook shaken,
  sing sang sung, sleep slept, strike struck, swing swung, teach taught, write wrote written`;

const VERB_PAIRS = IRREGULAR_VERBS.split(",").flatMap((verb): (readonly [string, string])[] => {
  const [present = "", ...past] = verb.trim().split(/\s+/);
  return past.map((form) => [present, form]);
});

/** Both ways round. */
const OTHER_ENDINGS = ENDINGS.flatMap(([british, american]) => [
  { ending: british, other: american },
  { ending: american, other: british },
]);
const OTHER_WORDS = Map.groupBy(
  [...PAIRS, ...NAME_PAIRS, ...VERB_PAIRS].flatMap(([one, other]) => [
    { word: one, other },
    { word: other, other: one },
  ]),
  ({ word }) => word,
);

/** Letters that are left of a word without its ending, at least. */
const SHORTEST_BEGINNING = 3;

/** Other spellings of a word, in lower case; none for most. */
export function spellingsOf(word: string): string[] {
  const found = (OTHER_WORDS.get(word) ?? []).map(({ other }) => other);
  for (const { ending, other } of OTHER_ENDINGS) {
    if (!word.endsWith(ending) || word.length - ending.length < SHORTEST_BEGINNING) continue;
    found.push(word.slice(0, -ending.length) + other);
  }
  return found;
}
