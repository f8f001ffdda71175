import { type Conversation, knownAnalysis, knownContext, searchesOf } from "../conversation.ts";
import { wordsFor } from "../dimensions.ts";
import { keyIn, namesKey } from "../language/keys.ts";
import { namesSomebody } from "../language/names.ts";
import { aspectOf, heardOfAspect, speaksOfElse } from "../own-questions/aspect-of.ts";
import { type Quotation, quoteOn } from "../quotation/quote.ts";
import { RELIEF } from "../quotation/worth.ts";
import { type Subject, subjectOf, warningSigns } from "../subject.ts";
import { momentText, nameOf } from "./analysis-text.ts";
import { listOf, quotedList } from "./list.ts";

/** What the library says of how something is done, or what it is; null if it has nothing on the question. */
export function answerHowTo(conversation: Conversation): string | null {
  const subject = subjectOf(conversation);
  const quotation = quoteOn(subject, conversation);
  if (quotation === null) return null;
  const heard = heardOf(conversation);
  const about = aboutWhat(subject, quotation);
  const quoted = quotation.isNew
    ? `${about} library says: ${quotation.text}`
    : `${about} library has nothing else that I can find. Once more: ${quotation.text}`;
  return heard === null ? quoted : `${heard}\n\n${quoted}`;
}

/**
 * With what an answer begins, up to the word "library". Where a key was asked about that the passage doesn't name, it says so:
 * what holds in general may hold for the key, or not.
 */
function aboutWhat(subject: Subject, { passage, text }: Quotation): string {
  if (subject.type === "dimension") return `For ${wordsFor(subject.dimension)}, the`;
  if (subject.type === "cure") return `For ${subject.aspect.name}, the`;
  // The key of a work is part of its name: "the Minuet in G".
  const key = namesSomebody(subject.text) ? null : keyIn(subject.text);
  const isNamed = key === null || namesKey(passage.title, key) || namesKey(text, key);
  return isNamed ? "The" : "On that key itself I find nothing; in general, the";
}

/** What was heard in the player's recording of what they tell of their playing: "My left hand drowns the melody." */
function heardOf(conversation: Conversation): string | null {
  const analysis = knownAnalysis(conversation);
  const { question } = conversation;
  const aspect = /\bmy\b|^i\b/i.test(question) ? aspectOf(question) : null;
  if (analysis === null || aspect === null || speaksOfElse(question, aspect)) return null;
  const { faults, fine, heard } = heardOfAspect(analysis, aspect);
  const described = heard.filter((finding) => !fine.includes(finding));
  const [first] = [...faults, ...described, ...fine];
  return first === undefined ? null : `In ${nameOf(analysis)} this was heard of it: ${momentText(first)}`;
}

const SEE_A_DOCTOR =
  "What it is, and what to take for it, I can't tell you: stop playing what brings it on, and show it to a doctor, soon if it " +
  "is numb, tingles, is weak or swollen, or goes on after you have stopped.";

/**
 * For who tells of pain or of what may come of it, whatever else they ask: what helps first, in the library's words, on their
 * trouble or on the warning signs of any; and to see a doctor.
 */
export function answerBody(conversation: Conversation): string {
  const subjects = [subjectOf(conversation), warningSigns(conversation.question)];
  const quotations = subjects.map((subject) => quoteOn(subject, conversation));
  // An exercise would be no help, whatever it is for.
  const quotation = quotations.find((one) => one !== null && RELIEF.test(one.text)) ?? null;
  return quotation === null ? SEE_A_DOCTOR : `${SEE_A_DOCTOR}\n\nThe library says: ${quotation.text}`;
}

/** Guides that an answer names at most. */
const MAX_GUIDES = 4;

/**
 * For who asks what to play: that the coach can't choose for them, what the library says about choosing, and which guides to
 * pieces it has. Null if it has neither.
 */
export function answerRepertoire(conversation: Conversation): string | null {
  const [, pieces = []] = searchesOf(conversation.thisTurn);
  const guides = [...new Map(pieces.map(({ title, number }) => [title, number]))].slice(0, MAX_GUIDES);
  const advice = quoteOn(subjectOf(conversation), conversation);
  if (advice === null && guides.length === 0) return null;
  const played = knownContext(conversation)?.repertoire ?? [];
  const toldOf = played.length === 0 ? "" : `, though you told me of ${quotedList(played)}`;
  const entries = guides.map(([title, number]) => `${title} [${number}]`);
  return [
    `Which piece is the right one for you I don't know: nothing that I can look up says it${toldOf}.`,
    ...(advice === null ? [] : [`On choosing, the library says: ${advice.text}`]),
    ...(guides.length === 0 ? [] : [listOf("It has guides to these pieces, among others:", entries)]),
  ].join("\n\n");
}
