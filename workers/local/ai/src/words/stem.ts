/**
 * A word without the endings of number, tense and manner: scales, scale → scal; practising, practised → practis. Only meant
 * to bring forms together; what it gives is no word. At least three letters are left.
 */
export function stem(word: string): string {
  return word.replace(/(?<=...)(?:ingly|edly|ings|ing|ies|ed|es|s|ly|y)$/, "").replace(/(?<=...)e$/, "");
}
