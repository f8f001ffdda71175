import { sentencesOf } from "../language/sentences.ts";
import type { Passage } from "../tool-results.ts";
import { isInstruction, isLabel } from "./instruction.ts";
import { type Block, blocksOf } from "./passage-text.ts";
import { goesOn, standsAlone } from "./stands-alone.ts";

/** Sentences that are quoted of a passage, at most. */
const MAX_SENTENCES = 4;

/** Characters of a quotation at most: what is read, and kept in mind on the way to the piano. */
export const MAX_CHARACTERS = 480;

/** Characters under which a quotation says nothing. */
const LEAST_CHARACTERS = 25;

/** Characters that say enough: a shorter entry is given with the next ones. */
const ENOUGH = 120;

/** Headings over what isn't to be practised: measures of success, mistakes, reasons, and what to leave alone. */
export const NOT_TO_DO =
  /\b(?:tests?|signs? of|mistakes?|sources|checks?|what listeners hear|why|harm|forbidden|when not)\b/i;

/** Headings over what is to be done, in whatever words. */
export const TO_DO =
  /\bexercises?\b|\bpracti[sc](e|ing)\b|\bdrills?\b|\bplan\b|\bsteps\b|\bhow to\b|\bdays?\b|\bminutes\b|\bweeks?\b/i;

/** Labels of entries of a plan. */
const TIMED_LABEL =
  /^(?:(?:days?|weeks?|minutes?|months?) \d|(?:mon|tues|wednes|thurs|fri|satur|sun)day)[^.:]*[:.]/i;

/** Sentences that only judge, at the end of a paragraph. */
const JUDGING =
  /^(?:the )?(?:(?:most )?common(?:est)? mistakes?|usual mistakes?|mistakes?|signs? of success|tests?|checks?|sources)\b/i;

/** A sentence that is whole: its first word and its last are there. */
export const WHOLE = /^["“(]?[\p{Lu}\d♩♪].*[.!?…][)"”’]*$/u;

/**
 * What can be quoted of a passage: an instruction that a paragraph or an item begins with; an entry of a list of things to do, in
 * whatever words; an instruction in the middle of a paragraph; or what explains.
 */
export interface Step {
  readonly kind: "instruction" | "entry" | "part" | "explanation";
  /** Whole sentences, word for word, without marks of Markdown. */
  readonly text: string;
  /** That it stands under. */
  readonly heading: string;
  /** Steps before it in its passage. */
  readonly order: number;
}

/** The steps of a passage in their order: of each paragraph and item of a list what it tells to do, or what it explains. */
export function stepsOf({ section, excerpt }: Pick<Passage, "section" | "excerpt">): Step[] {
  const blocks = blocksOf(excerpt, section);
  return blocks.flatMap((block, order) => {
    const sentences = sentencesOf(block.text);
    const { heading } = block;
    const toDo = NOT_TO_DO.test(heading) ? null : whatToDo(block, sentences);
    if (toDo !== null && toDo.kind !== "part")
      return [{ ...toDo, text: withNext(toDo.text, block, blocks.slice(order + 1)), heading, order }];
    const explained = runFrom(sentences, sentences.findIndex(isBeginning));
    return [
      ...(toDo === null ? [] : [{ ...toDo, heading, order }]),
      ...(explained === null ? [] : [{ kind: "explanation" as const, text: explained, heading, order }]),
    ];
  });
}

/** A condition before what is to be done then: "If hands are cold, hold them …" */
const CONDITION = /^(?:if|when) [^.:;,]{1,40}, /i;

/** What a passage says from a sentence on that is on what is sought, wherever it stands in its paragraph. */
export function sentencesOn(
  { section, excerpt }: Pick<Passage, "section" | "excerpt">,
  isOn: (sentence: string) => boolean,
): Step[] {
  return blocksOf(excerpt, section).flatMap(({ text, heading }, order) => {
    const sentences = sentencesOf(text);
    const at = sentences.findIndex((sentence) => isBeginning(sentence) && isOn(sentence));
    const run = runFrom(sentences, at);
    const isTold = isInstruction(sentences[at]?.replace(CONDITION, "") ?? "");
    return run === null ? [] : [{ kind: isTold ? "instruction" : "explanation", text: run, heading, order }];
  });
}

/** A short entry of a list that counts, with those that follow it: alone it is the beginning of something. */
function withNext(text: string, block: Block, following: readonly Block[]): string {
  let whole = text;
  let isWhole = block.isNumbered && text === block.text;
  for (const next of following) {
    const entry = runFrom(sentencesOf(next.text), 0);
    isWhole &&= next.isNumbered && entry === next.text;
    if (!isWhole || whole.length >= ENOUGH || whole.length + next.text.length >= MAX_CHARACTERS) break;
    whole = `${whole} ${next.text}`;
  }
  return whole;
}

/** What a block tells to do, and of which kind that is; null where it tells nothing. */
function whatToDo(block: Block, sentences: readonly string[]): Pick<Step, "kind" | "text"> | null {
  const [first = ""] = sentences;
  const label = isLabel(first) && !goesOn(first) ? first : "";
  const told = sentences.findIndex(
    (sentence, at) =>
      WHOLE.test(sentence) && isInstruction(sentence) && standsAlone(sentence, at === 1 ? label : ""),
  );
  // An entry begins where its list has it, and not in its middle.
  const isItem = TIMED_LABEL.test(first) || (block.isItem && (block.isNumbered || TO_DO.test(block.heading)));
  const isEntry = isItem && isBeginning(first) && !first.endsWith("?");
  const isTold = told === 0 || (told === 1 && isLabel(first));
  const kind = isTold ? "instruction" : isEntry ? "entry" : "part";
  const isFromFirst = isTold ? label !== "" && standsAlone(first) : isEntry;
  const text = runFrom(sentences, isFromFirst ? 0 : told);
  return text === null ? null : { kind, text };
}

function isBeginning(sentence: string): boolean {
  return WHOLE.test(sentence) && !JUDGING.test(sentence) && standsAlone(sentence);
}

/** Whole sentences from one on, up to where they only judge; null where there are none, or too little is said. */
function runFrom(sentences: readonly string[], first: number): string | null {
  if (first < 0) return null;
  let run = "";
  for (const sentence of sentences.slice(first, first + MAX_SENTENCES)) {
    const longer = run === "" ? sentence : `${run} ${sentence}`;
    if (!WHOLE.test(sentence) || JUDGING.test(sentence) || longer.length > MAX_CHARACTERS) break;
    run = longer;
  }
  return run.length < LEAST_CHARACTERS ? null : run;
}
