import type { Passage, UserContext } from "@crescendai/contracts";
import { type PieceWords, pieceWords } from "./piece-words.ts";

/** Words of a file's name or a list of pieces that say nothing about which piece it is. */
const EMPTY_WORDS = new Set(
  (
    "a and at by day easy fast for from full home in is it lesson live mp3 m4a wav flac ogg my new of on " +
    "piano piece play playing practice practise rec recording slow take test the to track var version video week with"
  ).split(" "),
);

/** A catalogue number: "op. 9", "no 2", "BWV 846". Any other number may count takes or days. */
const CATALOGUE = /\b(op|no|nr|bwv|kv|k|d|woo|hwv|hob|anh|bk|book)\s+(\d+)/gu;

/**
 * What the recording is called, if that may name a piece: its file's name, or what in the player's repertoire the file's
 * name is a short form of. Null where nothing names one: then none is guessed.
 */
export function pieceNamed(filename: string, { repertoire }: Pick<UserContext, "repertoire">): string | null {
  const name = filename.replace(/\.[^.]*$/u, "");
  const words = wordsOf(name);
  // One word only, such as "waltz", is the name of too many pieces.
  if (words.length < 2) return null;
  return repertoire.find((piece) => containsAll(wordsOf(piece), words)) ?? words.join(" ");
}

/**
 * Which of the documents found is about the piece of this name: the one whose title has the composer and every word and
 * number of the name. None if there are several such, for then the name is of more than one piece.
 */
export function passagesOnPiece(name: string, passages: readonly Passage[]): Passage[] {
  const words = wordsOf(name);
  const fitting = passages.filter(({ title }) => {
    const known = wordsOf(title);
    return composerIn(title, words) && containsAll(known, words);
  });
  return new Set(fitting.map(({ title }) => title)).size === 1 ? fitting : [];
}

/** The passages of documents whose title begins with a composer whom the name has. */
export function passagesOnComposer(name: string, passages: readonly Passage[]): Passage[] {
  const words = wordsOf(name);
  return passages.filter(({ title }) => composerIn(title, words));
}

/** The composer that a title begins with, as "Domenico Scarlatti, how to approach …" does. */
export function composerOf(title: string): string {
  return title.split(",", 1).join("");
}

/** Whether a title is that of a document on a composer, or on music of one: "Mozart, how to approach his piano music". */
export function isOnComposer(title: string): boolean {
  return title.includes(",") && pieceWords(wordsOf(composerOf(title))).composers.length > 0;
}

/** Whether a title is that of a document on one piece, or one composer's pieces of a form: "Chopin, Waltz in A minor". */
export function isOnPiece(title: string): boolean {
  const { forms, numbers } = pieceWords(wordsOf(title));
  return isOnComposer(title) && forms.length + numbers.length > 0;
}

/**
 * Whether a player's goal names a piece that the recording, by its name, isn't: none of its composers, forms and numbers is
 * the recording's, or one of a kind is another. False where either names none, for then nothing is known.
 */
export function isOfAnotherPiece(
  goal: string,
  filename: string,
  { repertoire }: Pick<UserContext, "repertoire">,
): boolean {
  const named = pieceWords(wordsOf(goal));
  const file = wordsOf(filename.replace(/\.[^.]*$/u, ""));
  const ofFile = wordsIn(pieceWords(file));
  // What the file's name is a short form of says more of it.
  const known =
    ofFile.length === 0 ? [] : repertoire.map(wordsOf).filter((piece) => containsAll(piece, ofFile));
  const recorded = pieceWords([...file, ...known.flat()]);
  if (wordsIn(named).length === 0 || wordsIn(recorded).length === 0) return false;
  const numbersTell = named.numbers.some((one) =>
    recorded.numbers.some((other) => catalogueOf(one) === catalogueOf(other)),
  );
  const another =
    differ(named.composers, recorded.composers) ||
    differ(named.forms, recorded.forms) ||
    // The same piece may stand in two catalogues.
    (numbersTell && differ(named.numbers, recorded.numbers));
  return another || !overlap(wordsIn(named), wordsIn(recorded));
}

function wordsIn({ composers, forms, numbers }: PieceWords): string[] {
  return [...composers, ...forms, ...numbers];
}

function catalogueOf(number: string): string {
  return number.replace(/\d+$/u, "");
}

function overlap(some: readonly string[], others: readonly string[]): boolean {
  return some.some((word) => others.includes(word));
}

/** Whether both say something, and nothing of it is the same. */
function differ(some: readonly string[], others: readonly string[]): boolean {
  return some.length > 0 && others.length > 0 && !overlap(some, others);
}

function composerIn(title: string, words: readonly string[]): boolean {
  const surname = wordsOf(composerOf(title)).at(-1);
  return surname !== undefined && title.includes(",") && words.includes(surname);
}

function containsAll(words: readonly string[], wanted: readonly string[]): boolean {
  return wanted.every((word) => words.includes(word));
}

/** The words that may tell a piece from another, in lower case and without accents; a catalogue number is one word. */
function wordsOf(text: string): string[] {
  const plain = text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .replace(/([a-z])(\d)/gu, "$1 $2")
    .replace(CATALOGUE, "$1$2");
  return plain.split(" ").filter((word) => word !== "" && !EMPTY_WORDS.has(word) && !/^\d+$/u.test(word));
}
