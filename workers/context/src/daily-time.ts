/** Words of which a statement consists that says how much time for practice there is a day, and nothing else. */
const WORDS = new Set(
  `i i'm i've a an about and around at can could daily day each every evening for free got half have just manage maybe min mins
  minute minutes morning most night normally now of only per practice practise practicing practising quarter quarters roughly
  session spend the time to up usually hour hours hr hrs h
  one two three four five six seven eight nine ten twelve fifteen twenty thirty forty fifty sixty ninety`.split(
    /\s+/,
  ),
);

const NUMBER = /^\d+(?:[.,]\d+)?(?:h|hrs?|mins?)?$/;
const UNIT = /\b(?:\d*h|\d*hrs?|hours?|\d*mins?|minutes?)\b/;
const A_DAY = /\b(?:daily|(?:a|per|each|every|the) (?:day|morning|evening|night|session))\b/;

/** Whether a statement tells the time for practice that there is a day, and nothing besides: "I have half an hour a day". */
export function isDailyTime(statement: string): boolean {
  const said = statement.toLowerCase().replaceAll("’", "'");
  const words = said.match(/[\p{L}\p{N}'.,]+/gu) ?? [];
  const known = words.map((word) => word.replace(/[.,]+$/, ""));
  return (
    UNIT.test(said) &&
    A_DAY.test(said) &&
    known.every((word) => WORDS.has(word) || NUMBER.test(word) || word === "")
  );
}
