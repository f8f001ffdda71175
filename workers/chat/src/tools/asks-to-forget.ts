import type { ContextMember } from "@crescendai/contracts";

/** What stands in quotation marks is somebody else's, or a name: no request. */
const QUOTED = /“[^”]*”|"[^"]*"|«[^»]*»|‘[^’]*’/g;

/** With what a request begins: an imperative, or a wish to the coach. Neither "Don't forget …" nor "I forget …" is one. */
const BEGIN =
  "(?:^|[.!?;:,\\n]\\s*|\\b(?:please|and|then|now|(?:can|could|would|will|want|like) you(?: to)?)\\s+)(?:please\\s+)?";

/** The same, or what the player wants to do: "I want to change …", but not "Is it bad that I want to change …". */
const BEGIN_OR_WISH = `(?:${BEGIN}|\\b(?<!\\b(?:if|that|whether|when|do)\\s+)i(?:['’]d| would)? (?:want|like|wish) to\\s+)`;

/** A character of a sentence. The dot of "op. 10" is one. */
const CHARACTER = "(?:\\b(?:op|no|nr)\\.|\\.(?=\\S)|[^.!?\\n])";

/** What follows in its sentence. */
const REST = `${CHARACTER}*`;

/** A request to forget something, and what. */
const FORGET = new RegExp(`${BEGIN}(forget|delete|remove|erase|clear|drop|discard)\\b(${REST})`, "dgi");

/** What is to be had besides, and replaces nothing: "Update my goals to include …". */
const ADDS = ":?\\s+(?:also\\b|(?:now\\s+)?(?:include|add|have|contain|cover|reflect)\\b)";

/** A list, or an entry of it and what says which, up to the words that part it from what it is to be replaced with. */
function replaced(which: string, parting: string): string {
  const entry = `\\s+(?:(?:${which})\\s|”)(?:(?!\\s(?:${parting})\\b)${CHARACTER})*`;
  const list = "(?:[^\\s,;:]+\\s+)?(?:goals?|constraints?|limitations?|repertoire)";
  return `(\\s+(?:my|the)\\s+${list}(?:${entry})?)\\s+(?:${parting})\\b`;
}

/** A request to have something of one's own replaced, and what: "Change my goal to …", "Replace my goal about … with …". */
const REPLACE = [
  `(change|switch|update)\\b${replaced("about|of|for|on|with", "to|into")}(?!${ADDS})`,
  `(replace)\\b${replaced("about|of|for|on|to", "with|by")}`,
  `(swap)\\b${replaced("about|of|for|on|to", "with|for")}`,
].map((request) => new RegExp(`${BEGIN_OR_WISH}${request}`, "dgi"));

/** What stands right before the verb where it is wished that nothing be forgotten: "Don't, please, forget …". */
const NEGATED = /\b(?:don['’]?t|do not|never|not)[\s,]+(?:(?:please|ever|you)[\s,]+)*$/i;

/** How players call a member of their context as a whole. A goal that is named or quoted is that one, not all. */
const CALLED: Readonly<Record<ContextMember, RegExp>> = {
  goals: /\bgoals\b(?!\s+(?:(?:about|of|for|to|with|on|in|like|that)\b|”))/i,
  constraints: /\b(?:constraints|limits|limitations)\b(?!\s+(?:about|of|for|to|with|on)\b)/i,
  repertoire: /\brepertoire\b|\bpieces\b(?!\s+(?:about|of|for|by|with|in)\b)/i,
  experience_level: /\blevel\b/i,
  preferred_feedback_style: /\b(?:style|way) of feedback\b|\bfeedback style\b|\bhow i (?:like|prefer)\b/i,
};

/** All that is known, in whatever words, and nothing said of what it is about but the player. */
const EVERYTHING =
  /^\s*(?:(?:about )?me|(?:just |absolutely )*(?:(?:everything|anything|all)|(?:(?:everything|anything|all|what|whatever)(?: that| of what)? (?:you|i|we)(?:['’]ve)? (?:ever )?(?:know|have|remember|remembered|saved|stored|noted|told|said)(?: you| to you)?))(?: (?:about|of|on) me)?)(?: please| now)*\s*$/i;

/** The only goal that there is: "my goal", with nothing that says which. */
const THE_GOAL = /\b(?:my|the)(?: only| current| old)? goal\s*(?:please|now)?\s*$/i;

/** A request to forget something, or to replace it: what it names, as it was said, and without what stands in quotation marks. */
export interface RequestToForget {
  readonly said: string;
  readonly own: string;
}

/** The requests to forget or replace something in a message; none if it asks for no such thing. */
export function requestsToForget(message: string): RequestToForget[] {
  // As long as the message, so that what is found there is found here.
  const own = message.replaceAll(QUOTED, (quotation) => "”".repeat(quotation.length));
  return [FORGET, ...REPLACE]
    .flatMap((request) => [...own.matchAll(request)])
    .flatMap(({ 2: rest = "", indices }) => {
      const [verb] = indices?.[1] ?? [0];
      const [from, to] = indices?.[2] ?? [0, 0];
      return NEGATED.test(own.slice(0, verb)) ? [] : [{ own: rest, said: message.slice(from, to) }];
    });
}

/** Whether requests to forget name a member of the context as a whole. `goals`: how many there are. */
export function namesAllOf(
  member: ContextMember,
  requests: readonly RequestToForget[],
  goals: number,
): boolean {
  return requests.some(
    ({ own }) =>
      EVERYTHING.test(own) ||
      CALLED[member].test(own) ||
      (member === "goals" && goals === 1 && THE_GOAL.test(own)),
  );
}
