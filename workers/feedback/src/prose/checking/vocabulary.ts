/*
 * The words that a rewording may do with as it likes, and those that stand for each other. What isn't here is kept, and
 * nothing is added that isn't here: so a list that is too short costs a rewording, and one that is too long a fact. A word
 * belongs among the joining ones only if no sentence about playing becomes another by it.
 */

/** Words that join: they may come, go and change. Nothing that compares, limits, doubts, counts or gives a reason. */
export const JOINING_WORDS: ReadonlySet<string> = new Set(
  [
    "a an the",
    "this that these those it its itself they them their theirs you your yours yourself we us our",
    "which who whose what where when how",
    "and but yet while also now here there",
    "am is are was were be been being has have had having do does did get gets got getting",
    "of in on at for with by to from through into during between across along per",
    "come comes coming stand stands lie lies read reads happen happens occur occurs notice see",
    "place places passage passages moment moments spot spots stretch stretches recording playing please",
  ].flatMap((line) => line.split(" ")),
);

/** Words of one meaning, under the first of them. They are told from other forms of theirs: "louder" isn't "loud". */
const SAME_MEANING: readonly string[] = [
  "faster quicker quickens quickening accelerates accelerating",
  "slower slows slowing slowed",
  "rushing rushes rush hurries hurrying hurry",
  "louder",
  "softer quieter",
  "loudest",
  "softest quietest",
  "loud loudly",
  "soft softly quiet quietly",
  "steady steadily stable",
  "unsteady unstable",
  "even evenly",
  "uneven unevenly",
  "clear clearly",
  "slow slowly",
  "pulse pulses beat beats",
  "melody tune",
  "increases increase increasing rises rise rising grows grow growing",
  "decreases decrease decreasing falls fall falling drops drop dropping",
  "begins begin beginning begun began start starts starting started",
  "ends end ending endings finish finishes",
  "keeps keep keeping hold holds holding",
  "shows show showing tells tell telling reveals reveal",
  "practise practises practising practice practicing",
  "check checks checking verify",
  "varies vary varying",
  "little small slight slightly",
  "about around roughly approximately",
  "nearly almost",
  "hardly barely scarcely",
  "may might could perhaps possibly maybe",
  "probably likely",
  "should ought",
  "usually typically",
  "often frequently",
];

const MEANING_OF: ReadonlyMap<string, string> = new Map(
  SAME_MEANING.flatMap((line) => {
    const words = line.split(" ");
    return words.map((word) => [word, words[0] ?? word] as const);
  }),
);

/** Words that deny, all in the same way, the next word of weight. "Never" and "hardly" are words of their own. */
export const DENIALS: ReadonlySet<string> = new Set(
  "not no none nothing nobody neither nor without".split(" "),
);

/** What words mean that may stand before what they qualify, or behind it: "a steady pulse", "your pulse is steady". */
export const QUALITIES: ReadonlySet<string> = new Set(
  "steady unsteady even uneven clear clean short long loud soft loudest softest quick wide"
    .split(" ")
    .map(meaningOf),
);

/** What may stand behind a number as its unit, or as what is counted. */
export const UNITS: ReadonlySet<string> = new Set(
  [
    "% ms s db bpm hz khz min point points second seconds minute minutes beat beats bar bars metre metres",
    "note notes chord chords place places running sample samples recording recordings take takes thousandths",
    "january february march april may june july august september october november december",
  ].flatMap((line) => line.split(" ")),
);

/** What words before a number mean that make another number of it. All others may come and go there. */
export const LIMITING_MEANINGS: ReadonlySet<string> = new Set(
  "to from between at in on within over under above below about than after before only until every nearly"
    .split(" ")
    .map(meaningOf),
);

/** What a word says, in lower case: the first of those of its meaning, or the word without its ending. */
export function meaningOf(word: string): string {
  return MEANING_OF.get(word) ?? stemOf(word);
}

/**
 * A word without the endings of number, tense and participle, which say nothing of what was heard. Not a dictionary's stem:
 * only what is the same for "chord" and "chords", "join", "joins", "joined" and "joining".
 */
function stemOf(word: string): string {
  const bare = word.replace(/(?<=[a-z]{3})(?:ing|ed|es|(?<!s)s)$/u, "");
  return bare.replace(/([b-df-hj-np-tv-z])\1$/u, "$1").replace(/(?<=[a-z]{2})e$/u, "");
}
