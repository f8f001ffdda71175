import { pattern, rules } from "./language/cues.ts";
import { topicWords } from "./language/topic.ts";
import { TIME_FOR_PRACTICE, tellsTimeOfNow } from "./time-told.ts";
import { asksHowToForget, wishIn } from "./wish-to-forget.ts";

/** What somebody says about themselves, in their own words. */
export interface ToldFacts {
  readonly goals?: string;
  /** What the goal is to take the place of: "my goal", "my goal about the wedding". */
  readonly replaced?: string;
  readonly constraints?: string;
  /** "beginner", "intermediate", "advanced" or "professional". */
  readonly experience_level?: string;
}

/** A message, taken apart. */
export interface ReadMessage {
  /** What is to be remembered; null if nothing. */
  readonly told: ToldFacts | null;
  /** What is asked besides; empty if nothing is. */
  readonly question: string;
}

/** Words with which a question or a request begins. */
const REQUEST = pattern`(?:(?:so|and|but|then|now) )?(?:please|plan|what|how|where|which|when|why|who|can|could|should|would|\
  do|does|is|are|am|make|give|show|tell|help|explain|suggest|compare|list)\b`;

/** Where what is told ends: with the sentence, or before a request; and all up to there. */
const END = pattern`(?:[.!?](?:\s|$)|[,;:–-]+\s*(?=${REQUEST})|$)`;
const REST = `(?<told>.+?)${END}`;

/** Where what is told begins: with the message, a sentence or a part of one, or after what asks to keep it. */
const KEEP = "(?:remember|note|save|add|set|store|keep in mind|write down)";
const BEGIN = pattern`(?:^|[.!?;:,]\s*|\b(?:and|that|actually|now|well|${KEEP}|please),?\s+)`;
const KEEP_THIS = pattern`(?:^|[.!?;:,]\s*|\bplease |\b(?:can|could|would) you (?:please )?)${KEEP}(?:,? (?:that|this))?[:,]? `;
const I_AM = "i(?:['’]m| am)";
const I_WANT = "i(?:['’]d like| would like| want| hope| plan";

/** With what a request to change a goal begins. "Is it bad to change …" is none, nor is "Is it bad that I want to change …". */
const ASKED = pattern`(?:(?<=(?:^|[.!?;:,])\s*(?:(?:and|but|then|now|so|ok(?:ay)?|actually) )*)|\b(?<!\b(?:how|if|that|\
  whether|when|do) )(?:please|(?:can|could|would|will|want|like) you(?: to)?|i(?:['’]d| would)? (?:want|like|wish) to) )\
  (?:please )?`;

/** What is to be had besides, and replaces nothing: "Update my goals to include …". */
const ADDS = pattern`(?:also\b|(?:now )?(?:include|add|have|contain|cover|reflect)\b)`;

/** A goal that something is to take the place of, and what says which, up to the words that part it from the new one. */
function replaced(which: string, parting: string): string {
  return pattern`(?<replaced>my (?:\w+ )?goals?(?: (?:${which}) (?:(?! (?:${parting})\b)[^.!?])+)?) (?:${parting})`;
}

const NEW_GOALS = "(?:new |main |next |only |other )*goals?";

/** Goals, whatever else is asked. */
const GOALS = rules`
  ${BEGIN}my ${NEW_GOALS} (?:is|are)(?: now)?:? ${REST}
  ${BEGIN}(?:(?:my|a|another|the|this) )?${NEW_GOALS}\s*(?::|=|\s[–-]\s)\s*${REST}
  \bset my goals? to ${REST}
  ${ASKED}(?:change|update) my (?:\w+ )?goals? to (?=${ADDS})(?:also |now )*(?:${ADDS}:? )?${REST}
  ${ASKED}(?:change|switch|update) ${replaced("about|of|for|on|with", "to|into")}(?!:? ${ADDS}):? ${REST}
  ${ASKED}replace ${replaced("about|of|for|on|to", "with|by")}:? ${REST}
  ${ASKED}swap ${replaced("about|of|for|on|to", "with|for")}:? ${REST}
  ${KEEP_THIS}${I_WANT}| aim| need) (?<told>to .+?)${END}`;

/**
 * What somebody wants: no goal where they ask how to get it; with a time or an occasion, for without one it's rather a
 * question how.
 */
const WISHES = rules`
  (?:^|[.!?;,]\s*|\band\s+)${I_AM} (?:preparing|practi[sc]ing|working) (?:for|towards?) ${REST}
  (?:^|[.!?;,]\s*|\band\s+)${I_WANT}) (?<told>to (?:be able to )?(?:play|perform|learn|pass|enter|record) (?=[^.!?]*\b(?:by|\
    in|at|for|before|until|this|next)\s).+?)${END}`;

const CONSTRAINTS = rules`
  ${BEGIN}(?<told>(?:i (?:can )?(?:only|just) (?:have|practi[sc]e)|i have (?:only|just)) .+?)${END}
  ${BEGIN}(?<told>i(?:['’]ve)?(?: can| could| usually| now| normally)* (?:have|got|practi[sc]e|manage|spend)\
    (?: got)?(?: about| around| up to)? ${TIME_FOR_PRACTICE})
  ^(?<told>(?:about |around |only |just )*${TIME_FOR_PRACTICE})\W*$`;

/** What is asked to be kept, whatever it is: "Please remember that I have small hands." */
const KEPT = rules`
  ${KEEP_THIS}(?<told>(?:i|my \p{L}+(?: \p{L}+)? (?:is|are|was|has|have|hurts?|gets?))\b.+?)${END}`;

const LEVEL = "(?:an? )?(?:absolute |complete |total )?(?<told>beginner|intermediate|advanced|professional)";
const LEVELS = rules`
  \bmy (?:\w+ )?level (?:to|is|as)(?: now)? ${LEVEL}\b
  ${BEGIN}${I_AM}(?: now| still| only| just| rather)* ${LEVEL}(?: (?:pianist|player|student|level))?(?=\s*(?:[.!?,;:–-]|$|\
    \b(?:and|so|but|who|now)\b|at (?:the )?piano\b))`;

/** The time that was told, where the question only points at it: "How should I use it?" */
const TIME_IN_OTHER_WORDS = /\b(use|spend|fill|divide|split|organi[sz]e|plan) (?:it|that|this|them)\b/i;

/** What only asks to keep something, or to change it, and nothing else. */
const ONLY_KEEPS = new RegExp(
  pattern`^(?:please|can you|could you|${KEEP}|change|update|that|this|[\s,:!?.])*$`,
  "i",
);

/** What a message tells to be remembered, and what it asks besides: "I have half an hour a day, plan my week." */
export function readMessage(message: string): ReadMessage {
  const goal = told(GOALS, message) ?? (message.includes("?") ? null : told(WISHES, message));
  // "Could you change my goal to …?" asks for it, and not how.
  if (wishIn(message) !== null || (goal === null && asksHowToForget(message)))
    return { told: null, question: message };
  const level = told(LEVELS, message);
  const kept = goal !== null || level !== null ? [] : KEPT;
  // The time of one day passes with it.
  const constraint = tellsTimeOfNow(message) ? null : told([...CONSTRAINTS, ...kept], message);
  if (goal === null && constraint === null && level === null) return { told: null, question: message };
  // A level stays with the question: what is asked is asked for it.
  const rest = [goal, constraint]
    .reduce((left, match) => left.replace(match?.whole ?? "", " "), message)
    .replace(/^[\s,.;:!–-]+/, "")
    .trim();
  const question = constraint === null ? rest : rest.replace(TIME_IN_OTHER_WORDS, "$1 my time");
  return {
    told: {
      ...(goal === null ? {} : { goals: goal.text }),
      ...(goal?.replaced === undefined ? {} : { replaced: goal.replaced }),
      ...(constraint === null ? {} : { constraints: constraint.text }),
      ...(level === null ? {} : { experience_level: level.text.toLowerCase() }),
    },
    question: asksSomething(question.replace(level?.whole ?? "", "")) ? question : "",
  };
}

/** What the first of some rules finds that fits. */
function told(table: readonly RegExp[], message: string) {
  const match = table.map((rule) => rule.exec(message)).find((one) => one !== null);
  if (match === undefined) return null;
  return {
    whole: match[0],
    text: (match.groups?.["told"] ?? "").trim(),
    replaced: match.groups?.["replaced"],
  };
}

/** Whether what stands beside a fact is to be answered: a remark that names nothing isn't. */
function asksSomething(rest: string): boolean {
  if (ONLY_KEEPS.test(rest)) return false;
  return rest.includes("?") || new RegExp(`^${REQUEST}`, "i").test(rest) || topicWords(rest).length > 0;
}
