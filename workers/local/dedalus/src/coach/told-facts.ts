import { asksHowToForget, wishIn } from "./forgetting.ts";
import { topicWords } from "./language/topic.ts";
import { TIME_FOR_PRACTICE, tellsTimeOfNow } from "./time-told.ts";

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
const REQUEST =
  "(?:(?:so|and|but|then|now) )?(?:please|plan|what|how|where|which|when|why|who|can|could|should|would|do|does|is|are|am|" +
  "make|give|show|tell|help|explain|suggest|compare|list)\\b";

/** Where what is told ends: with the sentence, or before a request. */
const END = `(?:[.!?](?:\\s|$)|[,;:–-]+\\s*(?=${REQUEST})|$)`;

/** Up to there. */
const REST = `(.+?)${END}`;

/** Where what is told begins: with the message, a sentence or a part of one, or after what asks to keep it. */
const KEEP = "(?:remember|note|save|add|set|store|keep in mind|write down)";
const BEGIN = `(?:^|[.!?;:,]\\s*|\\b(?:and|that|actually|now|well|${KEEP}|please),?\\s+)`;
const KEEP_THIS = `(?:^|[.!?;:,]\\s*|\\bplease |\\b(?:can|could|would) you (?:please )?)${KEEP}(?:,? (?:that|this))?[:,]? `;

const MY_GOAL = "(?:(?:my|a|another|the|this) )?(?:new |main |next |only |other )*goals?";

/** With what a request to change a goal begins. "Is it bad to change …" is none, nor is "Is it bad that I want to change …". */
const ASKED =
  "(?:(?<=(?:^|[.!?;:,])\\s*(?:(?:and|but|then|now|so|ok(?:ay)?|actually) )*)|\\b(?<!\\b(?:how|if|that|whether|when|do) )" +
  "(?:please|(?:can|could|would|will|want|like) you(?: to)?|i(?:['’]d| would)? (?:want|like|wish) to) )(?:please )?";

/** What is to be had besides, and replaces nothing: "Update my goals to include …". */
const ADDS = "(?:also\\b|(?:now )?(?:include|add|have|contain|cover|reflect)\\b)";

/** A goal that something is to take the place of, and what says which, up to the words that part it from the new one. */
function oldGoal(which: string, parting: string): string {
  const entry = ` (?:${which}) (?:(?! (?:${parting})\\b)[^.!?])+`;
  return `(?<replaced>my (?:\\w+ )?goals?(?:${entry})?) (?:${parting})`;
}

const GOALS_TOLD = [
  new RegExp(`${BEGIN}my (?:new |main |next |only |other )*goals? (?:is|are)(?: now)?:? ${REST}`, "is"),
  new RegExp(`${BEGIN}${MY_GOAL}\\s*(?::|=|\\s[–-]\\s)\\s*${REST}`, "is"),
  new RegExp(`\\bset my goals? to ${REST}`, "is"),
  new RegExp(
    `${ASKED}(?:change|update) my (?:\\w+ )?goals? to (?=${ADDS})(?:also |now )*(?:${ADDS}:? )?${REST}`,
    "is",
  ),
  new RegExp(
    `${ASKED}(?:(?:change|switch|update) ${oldGoal("about|of|for|on|with", "to|into")}(?!:? ${ADDS})|` +
      `replace ${oldGoal("about|of|for|on|to", "with|by")}|` +
      `swap ${oldGoal("about|of|for|on|to", "with|for")}):? ${REST}`,
    "is",
  ),
  new RegExp(
    `${KEEP_THIS}i(?:'d like|’d like| would like| want| hope| plan| aim| need) (to .+?)${END}`,
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

/** How many of the rules above are sure of a goal whatever else is asked. */
const SURE_GOALS = 6;

const CONSTRAINTS_TOLD = [
  new RegExp(
    `${BEGIN}((?:i (?:can )?(?:only|just) (?:have|practi[sc]e)|i have (?:only|just)) .+?)${END}`,
    "is",
  ),
  new RegExp(
    `${BEGIN}(i(?:'ve|’ve)?(?: can| could| usually| now| normally)* (?:have|got|practi[sc]e|manage|spend)(?: got)?` +
      `(?: about| around| up to)? ${TIME_FOR_PRACTICE})`,
    "is",
  ),
  new RegExp(`^((?:about |around |only |just )*${TIME_FOR_PRACTICE})\\W*$`, "is"),
];

/** What is asked to be kept, whatever it is: "Please remember that I have small hands." */
const KEPT = new RegExp(
  `${KEEP_THIS}((?:i|my \\p{L}+(?: \\p{L}+)? (?:is|are|was|has|have|hurts?|gets?))\\b.+?)${END}`,
  "isu",
);

const LEVEL = "(?:an? )?(?:absolute |complete |total )?(beginner|intermediate|advanced|professional)";

const LEVEL_TOLD = [
  new RegExp(`\\bmy (?:\\w+ )?level (?:to|is|as)(?: now)? ${LEVEL}\\b`, "i"),
  new RegExp(
    `${BEGIN}i(?:'m|’m| am)(?: now| still| only| just| rather)* ${LEVEL}(?: (?:pianist|player|student|level))?` +
      "(?=\\s*(?:[.!?,;:–-]|$|\\b(?:and|so|but|who|now)\\b|at (?:the )?piano\\b))",
    "i",
  ),
];

/** The time that was told, where the question only points at it: "How should I use it?" */
const TIME_IN_OTHER_WORDS = /\b(use|spend|fill|divide|split|organi[sz]e|plan) (?:it|that|this|them)\b/i;

/** What a message tells to be remembered, and what it asks besides: "I have half an hour a day, plan my week." */
export function readMessage(message: string): ReadMessage {
  const goal = goalIn(message);
  // "Could you change my goal to …?" asks for it, and not how.
  if (wishIn(message) !== null || (goal === null && asksHowToForget(message)))
    return { told: null, question: message };
  const level = firstMatch(LEVEL_TOLD, message);
  const constraint = constraintIn(message, goal !== null || level !== null);
  if (goal === null && constraint === null && level === null) return { told: null, question: message };
  // A level stays with the question: what is asked is asked for it.
  const rest = [goal, constraint]
    .flatMap((match) => (match === null ? [] : [match[0]]))
    .reduce((left, told) => left.replace(told, " "), message)
    .replace(/^[\s,.;:!–-]+/, "")
    .trim();
  const question = constraint === null ? rest : rest.replace(TIME_IN_OTHER_WORDS, "$1 my time");
  return {
    told: {
      ...(goal === null ? {} : goalFacts(goal)),
      ...(constraint === null ? {} : { constraints: textOf(constraint) }),
      ...(level === null ? {} : { experience_level: textOf(level).toLowerCase() }),
    },
    question: asksSomething(question.replace(level?.[0] ?? "", "")) ? question : "",
  };
}

/** What only asks to keep something, or to change it, and nothing else. */
const ONLY_KEEPS = new RegExp(
  `^(?:please|can you|could you|${KEEP}|change|update|that|this|[\\s,:!?.])*$`,
  "i",
);

/** Whether what stands beside a fact is to be answered: a remark that names nothing isn't. */
function asksSomething(rest: string): boolean {
  if (ONLY_KEEPS.test(rest)) return false;
  return rest.includes("?") || new RegExp(`^${REQUEST}`, "i").test(rest) || topicWords(rest).length > 0;
}

function goalIn(message: string): RegExpExecArray | null {
  const told = firstMatch(GOALS_TOLD.slice(0, SURE_GOALS), message);
  // What somebody wants is no goal where they ask how to get it.
  return told !== null || message.includes("?") ? told : firstMatch(GOALS_TOLD.slice(SURE_GOALS), message);
}

/** What somebody has to work with. The time of one day passes with it. */
function constraintIn(message: string, isToldOtherwise: boolean): RegExpExecArray | null {
  if (tellsTimeOfNow(message)) return null;
  return firstMatch(isToldOtherwise ? CONSTRAINTS_TOLD : [...CONSTRAINTS_TOLD, KEPT], message);
}

function firstMatch(rules: readonly RegExp[], message: string): RegExpExecArray | null {
  return rules.map((rule) => rule.exec(message)).find((match) => match !== null) ?? null;
}

function textOf(match: RegExpExecArray): string {
  return (match.at(-1) ?? "").trim();
}

function goalFacts(match: RegExpExecArray): ToldFacts {
  const replaced = match.groups?.["replaced"];
  return { goals: textOf(match), ...(replaced === undefined ? {} : { replaced }) };
}
