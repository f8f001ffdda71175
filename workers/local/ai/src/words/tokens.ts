/**
 * The words of a text: lower case, without diacritics (étude → etude), possessive and contracted endings left out
 * (Chopin's → chopin). Numbers count as words; what is written in other alphabets than the Latin gives none.
 */
export function tokensOf(text: string): string[] {
  // Most texts have nothing to fold.
  const folded = /[^ -~\s]/.test(text) ? withoutDiacritics(text) : text;
  return (
    folded
      .toLowerCase()
      .replace(/'(?:s|t|re|ve|ll|d|m)\b/g, "")
      .match(/[a-z0-9]+/g) ?? []
  );
}

function withoutDiacritics(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{Mark}+/gu, "")
    .replace(/ß/g, "ss")
    .replace(/’/g, "'");
}
