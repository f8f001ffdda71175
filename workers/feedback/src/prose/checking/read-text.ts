import { DENIALS, JOINING_WORDS, LIMITING_MEANINGS, meaningOf, UNITS } from "./vocabulary.ts";

/** What a text says, taken apart so that two can be compared. */
export interface ReadText {
  /** Moments as "0:14", in their order. */
  readonly times: readonly string[];
  /** All other numbers in their order, each with its sign, its unit, and a word before it that limits it. */
  readonly figures: readonly string[];
  /** Numbers of sources, "[1]", and what stands in quotation marks, in their order. */
  readonly citations: readonly string[];
  /** Everything that has weight, in its order: what is above, and all words but the joining ones, by their meaning. */
  readonly weights: readonly string[];
  /** How many of them stand in the first clause. */
  readonly inFirstClause: number;
  readonly questions: number;
}

const TOKEN = /\[\d+\]|“[^”]*”|\d{1,3}:\d{2}|[+−±]?\d+(?:\.\d+)?|%|\p{L}+(?:'\p{L}+)*|[?,;:.()—]/gu;
const CITATION = /^(?:\[|“)/u;
const TIME = /^\d+:/u;
const MARK = /^[?,;:.()—]/u;
const FIGURE = /^[+−±]?\d/u;

/** Where a clause ends that nothing may be carried over. */
const CLAUSE_END = /^(?:[?,;:.—]|and|but|or|while|when|where|that|which)$/iu;

/** Before a weight that is denied. */
const DENIED = "¬";

/** "have to" and "are to" are made of joining words, and order something all the same. */
const ORDERS = /\b(?:have|has|had|is|are) to\b/gu;

/** Takes a text apart. It decides nothing: what may differ between two is for whoever compares them. */
export function readText(text: string): ReadText {
  const tokens = plain(text).match(TOKEN) ?? [];
  const citations: string[] = [];
  const times: string[] = [];
  const figures: string[] = [];
  const weights: string[] = [];
  let inFirstClause: number | null = null;
  let denied = false;
  const weigh = (weight: string) => {
    weights.push(denied ? `${DENIED}${weight}` : weight);
    denied = false;
  };
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at] ?? "";
    if (CLAUSE_END.test(token) && weights.length > 0) inFirstClause ??= weights.length;
    if (MARK.test(token)) continue;
    if (CITATION.test(token)) {
      citations.push(token);
      weigh(token);
    } else if (TIME.test(token)) {
      times.push(token);
      weigh(token);
    } else if (FIGURE.test(token)) {
      const unit = tokens[at + 1]?.toLowerCase() ?? "";
      const isUnit = UNITS.has(unit);
      const limit = meaningOf(tokens[at - 1]?.toLowerCase() ?? "");
      const figure = `${LIMITING_MEANINGS.has(limit) ? `${limit} ` : ""}${token}${isUnit ? ` ${unit}` : ""}`;
      figures.push(figure);
      weigh(figure);
      if (isUnit) at += 1;
    } else {
      const word = token.toLowerCase();
      if (DENIALS.has(word)) denied = !denied;
      else if (!JOINING_WORDS.has(word)) weigh(meaningOf(word));
    }
  }
  if (denied) weigh("");
  return {
    times,
    figures,
    citations,
    weights,
    inFirstClause: inFirstClause ?? weights.length,
    questions: tokens.filter((token) => token === "?").length,
  };
}

/** The text with one way to write what can be written in several. */
function plain(text: string): string {
  return (
    text
      .normalize("NFC")
      .replace(/[\u00a0\u2009\u202f]/gu, " ")
      .replace(/[’ʼ]/gu, "'")
      // A hyphen before a number is a minus where nothing stands before it that it could join to the number.
      .replace(/(?<![\p{L}\p{N}])-(?=\d+(?![\d:]))/gu, "−")
      .replace(/([+−±]) (?=\d)/gu, "$1")
      .replace(/\bwon't\b/giu, "will not")
      .replace(/\bcan(?:'t|not)\b/giu, "can not")
      .replace(/n't\b/giu, " not")
      .replace(/'ll\b/giu, " will")
      .replace(/'(?:s|re|ve)?(?![\p{L}])/giu, " ")
      .replace(ORDERS, " must ")
  );
}
