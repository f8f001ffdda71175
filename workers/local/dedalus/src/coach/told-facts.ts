import { topicWords } from "./language/topic.ts";
import { TIME_FOR_PRACTICE } from "./time-told.ts";

/** What somebody says about themselves, in their own words. */
export interface ToldFacts {
  readonly goals?: string;
  readonly constraints?: string;
}

/** A message, taken apart. */
export interface ReadMessage {
  /** What is to be remembered; null if nothing. */
  readonly told: ToldFacts | null;
  /** What is asked besides; empty if nothing is. */
  readonly question: string;
}

/** Words with which a question or a request begins. */
const REQUEST =
  "(?:(?:so|and|but|then|now) )?(?:please|plan|what|how|where|which|when|why|who|can|could|should|would|do|does|is|are|am|" +
  "make|give|show|tell|help|explain|suggest|compare|list)\\b";

/** Where what is told ends: with the sentence, or before a request. */
const END = `(?:[.!?](?:\\s|$)|[,;:–-]+\\s*(?=${REQUEST})|$)`;

/** Up to there. */
const REST = `(.+?)${END}`;

const GOALS_TOLD = [
  new RegExp(
    `(?:^|[.!?;]\\s*|\\b(?:and|that)\\s+)my (?:new |main |next |only )?goals? (?:is|are)(?: now)?:? ${REST}`,
    "is",
  ),
  new RegExp(
    `(?:^|[.!?;,]\\s*|\\band\\s+)i(?:'m|’m| am) (?:preparing|practi[sc]ing|working) (?:for|towards?) ${REST}`,
    "is",
  ),
  // With a time or an occasion; without one it's rather a question how.
  new RegExp(
    "(?:^|[.!?;,]\\s*|\\band\\s+)i(?:'d like|’d like| would like| want| hope| plan) " +
      "(to (?:be able to )?(?:play|perform|learn|pass|enter|record) " +
      `(?=[^.!?]*\\b(?:by|in|at|for|before|until|this|next)\\s).+?)${END}`,
    "is",
  ),
];

const CONSTRAINTS_TOLD = [
  new RegExp(
    `(?:^|[.!?;,]\\s*|\\band\\s+)((?:i (?:can )?(?:only|just) (?:have|practi[sc]e)|i have (?:only|just)) .+?)${END}`,
    "is",
  ),
  new RegExp(
    "(?:^|[.!?;,]\\s*|\\band\\s+)(i (?:can |could |usually )?(?:have|practi[sc]e|manage|spend)(?: about| around| up to)? " +
      `${TIME_FOR_PRACTICE})`,
    "is",
  ),
];

/** The time that was told, where the question only points at it: "How should I use it?" */
const TIME_IN_OTHER_WORDS = /\b(use|spend|fill|divide|split|organi[sz]e|plan) (?:it|that|this|them)\b/i;

/** What a message tells to be remembered, and what it asks besides: "I have half an hour a day, plan my week." */
export function readMessage(message: string): ReadMessage {
  const goal = goalIn(message);
  const constraint = firstMatch(CONSTRAINTS_TOLD, message);
  if (goal === null && constraint === null) return { told: null, question: message };
  const rest = [goal, constraint]
    .flatMap((match) => (match === null ? [] : [match[0]]))
    .reduce((left, told) => left.replace(told, " "), message)
    .replace(/^[\s,.;:!–-]+/, "")
    .trim();
  const question = constraint === null ? rest : rest.replace(TIME_IN_OTHER_WORDS, "$1 my time");
  return {
    told: {
      ...(goal === null ? {} : { goals: textOf(goal) }),
      ...(constraint === null ? {} : { constraints: textOf(constraint) }),
    },
    question: asksSomething(question) ? question : "",
  };
}

/** Whether what stands beside a fact is to be answered: a remark that names nothing isn't. */
function asksSomething(rest: string): boolean {
  return rest.includes("?") || new RegExp(`^${REQUEST}`, "i").test(rest) || topicWords(rest).length > 0;
}

function goalIn(message: string): RegExpExecArray | null {
  const [named, ...others] = GOALS_TOLD;
  const told = named?.exec(message) ?? null;
  // What somebody wants is no goal where they ask how to get it.
  return told !== null || message.includes("?") ? told : firstMatch(others, message);
}

function firstMatch(rules: readonly RegExp[], message: string): RegExpExecArray | null {
  return rules.map((rule) => rule.exec(message)).find((match) => match !== null) ?? null;
}

function textOf(match: RegExpExecArray): string {
  return (match[1] ?? "").trim();
}
