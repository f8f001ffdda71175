import list from "../../words/english.txt";

/** Made when it is first needed: most questions have no word that the library doesn't know. */
let words: ReadonlySet<string> | null = null;

/** Whether a word, in lower case, is one of English's commoner words of four and more letters, and so isn't misspelt. */
export function isEnglish(word: string): boolean {
  words ??= new Set(list.split("\n"));
  return words.has(word);
}
