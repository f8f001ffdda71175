import type { Span } from "./span.ts";
import { estimateTokens } from "./tokens.ts";

const words = new Intl.Segmenter("en", { granularity: "word" });
const characters = new Intl.Segmenter("en", { granularity: "grapheme" });

/**
 * Code units of a user-perceived character above which it is cut like a text: no script has any as long, and a row of
 * the database ends at two million bytes.
 */
const MAX_CHARACTER_LENGTH = 1000;

/**
 * Cuts a sentence that has more than `maxTokens` into pieces that don't: between words, and a word that is too long by
 * itself between user-perceived characters (Unicode Standard Annex #29). A short one comes back as it is.
 */
export function* splitLong(text: string, sentence: Span, maxTokens: number): Generator<Span> {
  if (fits(text, sentence, maxTokens)) yield sentence;
  else yield* gather(text, partsOf(text, sentence, maxTokens), maxTokens);
}

function fits(text: string, { start, end }: Span, maxTokens: number): boolean {
  return end - start <= maxTokens || estimateTokens(text.slice(start, end)) <= maxTokens;
}

/** What may not be cut, one after another: a sentence of ten megabytes has millions. */
function* partsOf(text: string, sentence: Span, maxTokens: number): Generator<Span> {
  for (const word of segmentsOf(text, sentence, words)) {
    if (fits(text, word, maxTokens)) yield word;
    else for (const character of segmentsOf(text, word, characters)) yield* splitCharacter(text, character);
  }
}

function* segmentsOf(text: string, { start, end }: Span, segmenter: Intl.Segmenter): Generator<Span> {
  for (const { index, segment } of segmenter.segment(text.slice(start, end))) {
    yield { start: start + index, end: start + index + segment.length };
  }
}

function* splitCharacter(text: string, { start, end }: Span): Generator<Span> {
  if (end - start <= MAX_CHARACTER_LENGTH) {
    yield { start, end };
    return;
  }
  let from = start;
  for (const codePoint of text.slice(start, end)) {
    yield { start: from, end: from + codePoint.length };
    from += codePoint.length;
  }
}

/**
 * Puts neighbouring parts together as long as they fit; white space between two pieces belongs to neither. The parts of
 * one word count as a word each, so that a piece of a giant word is rather shorter than it might be.
 */
function* gather(text: string, parts: Iterable<Span>, maxTokens: number): Generator<Span> {
  let piece: (Span & { readonly tokens: number }) | null = null;
  for (const { start, end } of parts) {
    const part = text.slice(start, end);
    if (part.trim() === "") continue;
    const tokens = estimateTokens(part);
    if (piece !== null && piece.tokens + tokens <= maxTokens) {
      piece = { start: piece.start, end, tokens: piece.tokens + tokens };
    } else {
      if (piece !== null) yield { start: piece.start, end: piece.end };
      piece = { start, end, tokens };
    }
  }
  if (piece !== null) yield { start: piece.start, end: piece.end };
}
