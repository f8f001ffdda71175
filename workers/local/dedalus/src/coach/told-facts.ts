/** What somebody says about themselves, in their own words. */
export interface ToldFacts {
  readonly goals?: string;
  readonly constraints?: string;
}

/** To the end of the sentence. */
const REST = "(.+?)(?:[.!?](?:\\s|$)|$)";

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
      "(?=[^.!?]*\\b(?:by|in|at|for|before|until|this|next)\\s).+?)(?:[.!?](?:\\s|$)|$)",
    "is",
  ),
];

const CONSTRAINT_TOLD =
  /(?:^|[.!?;,]\s*|\band\s+)((?:i (?:can )?(?:only|just) (?:have|practi[sc]e)|i have (?:only|just)) .+?)(?:[.!?](?:\s|$)|$)/is;

/** What a message tells to be remembered; null if nothing. */
export function toldFacts(message: string): ToldFacts | null {
  const goals = goalIn(message);
  const constraints = CONSTRAINT_TOLD.exec(message)?.[1]?.trim();
  if (goals === undefined && constraints === undefined) return null;
  return {
    ...(goals === undefined ? {} : { goals }),
    ...(constraints === undefined ? {} : { constraints }),
  };
}

function goalIn(message: string): string | undefined {
  const [named, ...others] = GOALS_TOLD;
  const told = named?.exec(message)?.[1]?.trim();
  // What somebody wants is no goal where they ask how to get it.
  if (told !== undefined || message.includes("?")) return told;
  return others.map((rule) => rule.exec(message)?.[1]?.trim()).find((goal) => goal !== undefined);
}
