/*
 * How long a text is for an embedding model, without the model's own tokenizer: BERT's WordPiece, which bge and its
 * like use, takes a common word as one token and a rarer one in pieces, every mark and every East Asian character as one
 * (Devlin et al., 2019; basic tokenization). Measured on the library with bge's vocabulary in mind it errs on the long
 * side, which is the harmless one: what is too long for a model is cut off by it unread.
 */

/** Letters of a word that one token holds, about. */
const LETTERS_A_TOKEN = 6;

const CODE_POINTS_OF_THEIR_OWN =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;

const PARTS = new RegExp(
  `${CODE_POINTS_OF_THEIR_OWN.source}|[\\p{L}\\p{N}\\p{M}]+|[^\\s\\p{L}\\p{N}\\p{M}]`,
  "gu",
);

/** The same where there are no other letters: many times as fast. */
const ASCII_PARTS = /[a-z0-9]+|[^\sa-z0-9]/gi;

const NOT_ASCII = /[^\0-\x7f]/;

/** About how many tokens a text is; 0 for white space alone. */
export function estimateTokens(text: string): number {
  let tokens = 0;
  for (const part of text.match(NOT_ASCII.test(text) ? PARTS : ASCII_PARTS) ?? []) {
    tokens += wordTokens(part);
  }
  return tokens;
}

function wordTokens(part: string): number {
  if (part.length <= LETTERS_A_TOKEN) return 1;
  return Math.ceil(part.length / LETTERS_A_TOKEN);
}
