import { type Conversation, linkedRecording, recordingsOfTurn, returned } from "./conversation.ts";
import { spokenDimension } from "./dimensions.ts";
import { stemOf } from "./language/same-word.ts";
import { topicWords } from "./language/topic.ts";
import { contentWords } from "./language/words.ts";
import { ComparisonSchema, type RecordingListed } from "./tool-results.ts";

/** Most recordings that are compared at once. */
const MOST_COMPARED = 6;

type Listed = readonly RecordingListed[];

/** Which recordings are to be compared. */
export type Compared =
  /** These, newest first. `isNamed`: because the player says so; else as those in which there may be progress. */
  | { readonly type: "these"; readonly recordings: Listed; readonly isNamed: boolean }
  /** A name that fits none of them. */
  | { readonly type: "unknown"; readonly name: string }
  /** A name that fits several. */
  | { readonly type: "several"; readonly name: string; readonly recordings: Listed }
  /** One of them is named, and nothing says with which other. */
  | { readonly type: "with_which"; readonly recording: RecordingListed };

/**
 * Which of the player's recordings a question wants compared, of those that were listed: the ones that it names, by their files
 * or by their place in time; if one, with the session's; if none, the session's, or else the newest, with all before it.
 */
export function recordingsToCompare(conversation: Conversation): Compared | null {
  const listed = recordingsOfTurn(conversation);
  if (listed === null) return null;
  const { question } = conversation;
  const linked = linkedRecording(conversation);
  const own = listed.find(({ id }) => id.toLowerCase() === linked) ?? null;
  const names = namesIn(question, listed, own);
  const { isBefore } = names;
  const { found, fault } = partsIn(question, names.left, listed, names.found);
  if (fault !== null) return fault;
  const these = (recordings: Listed, isNamed: boolean) =>
    ({ type: "these", recordings: recordings.slice(0, MOST_COMPARED), isNamed }) as const;
  const [one] = found;
  const together = (some: Listed) =>
    these(
      listed.filter((recording) => some.includes(recording)),
      true,
    );
  if (one === undefined && ALL.test(names.left) && !isBefore) return these(listed, true);
  if (found.length > 1) return together(found);
  if (one !== undefined && isBefore) return these(upTo(one, listed), false);
  if (one !== undefined && one.id !== own?.id)
    return own === null ? { type: "with_which", recording: one } : together([one, own]);
  // Where there is no progress to be seen with what came before the session's recording, there may be in others.
  const isNone =
    returned(conversation, "compare_recordings", ComparisonSchema)?.compared?.same_music === false;
  return these(isNone ? listed : upTo(own ?? listed[0] ?? null, listed), false);
}

/** Whether what is to be compared was compared in this turn. */
export function isCompared(conversation: Conversation): boolean {
  const called = conversation.thisTurn.findLast(({ name }) => name === "compare_recordings");
  const compared = recordingsToCompare(conversation);
  if (called === undefined || compared?.type !== "these") return false;
  return compared.recordings.every(({ id }) => called.arguments.includes(id));
}

/** A recording and all before it, newest first; all, where none is before it. */
function upTo(last: RecordingListed | null, listed: Listed): Listed {
  const at = last === null ? 0 : listed.indexOf(last);
  return listed.slice(at < listed.length - 1 ? at : 0);
}

/** A text as names of files are looked for in it: in lower case, what parts words made a blank, with one at both ends. */
function folded(text: string): string {
  const words = text.toLowerCase().replaceAll(/['’]s\b/g, "");
  return ` ${(words.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).join(" ")} `;
}

/**
 * The recordings that a text names: by their files, with or without their endings, by id or by when they were sent, longest names
 * first; or by their place among all. What is left of the text, and whether it speaks of what came before.
 */
function namesIn(text: string, listed: Listed, own: RecordingListed | null) {
  const names = listed.flatMap((recording) => {
    const { filename, id } = recording;
    const bare = filename.replace(/\.[a-z0-9]{2,4}$/i, "");
    const times = [momentOf(recording), momentOf(recording).slice(0, "YYYY-MM-DD".length)];
    const dated = times.flatMap((time) => [time, `${filename} of ${time}`, `${bare} of ${time}`]);
    // "take.wav" isn't meant by every take.
    return [filename, ...(tells(bare) ? [bare] : []), id, ...dated].map((name) => ({
      name: folded(name),
      isWhole: name === filename,
      recording,
    }));
  });
  const found: RecordingListed[] = [];
  let left = folded(text);
  for (const { name, recording } of names.toSorted((a, b) => b.name.length - a.name.length)) {
    // Of "minuet.wav" and "minuet.mp3" these are names, and "minuet" is of neither.
    const same = names.filter((one) => one.name === name);
    const whole = same.filter(({ isWhole }) => isWhole);
    const owners = new Set((whole.length > 0 ? whole : same).map((one) => one.recording));
    if (name.trim() === "" || found.includes(recording) || !left.includes(name)) continue;
    if (owners.size > 1 || !owners.has(recording)) continue;
    found.push(recording);
    left = left.replace(name, " | ");
  }
  const isBefore = BEFORE.test(left);
  const places = [own, listed[0] ?? null, listed.at(-1) ?? null];
  for (const [at, place] of places.entries()) {
    const pointer = POINTERS[at] ?? BEFORE;
    if (place !== null && pointer.test(left) && !found.includes(place)) found.push(place);
    left = left.replace(pointer, " | ");
  }
  return { found, left: left.replace(BEFORE, " | "), isBefore };
}

/** Whether a name without its ending is one: it has a word that isn't of recordings, nor just a dimension's. */
function tells(bare: string): boolean {
  const words = contentWords(bare).filter((word) => !OF_COMPARING.has(word));
  return words.length > 1 || (words.length === 1 && spokenDimension(bare) === null);
}

/** When a recording was sent, to the minute: "2026-11-28 21:54", UTC. */
export function momentOf({ created_at }: RecordingListed): string {
  return created_at.slice(0, 16).replace("T", " ");
}

/** What speaks of all recordings that there are, and of what came before. */
const ALL = / (?:all|both|every|recordings|takes) /;
const BEFORE = new RegExp(
  " (?:(?:my|the|an|any) )?(?:last|previous|earlier|older|before|past|other)" +
    "(?: (?:recordings?|takes?|ones?|times?|attempts?|versions?))?(?= )",
);

/** What points at the session's recording, the newest and the first. */
const POINTERS = [
  / (?:(?:this|that|the present|the current) (?:recording|take|one|performance|session)|(?<= (?:with|to|and|compare) )this)(?= )/,
  / (?:my |the )?(?:newest|latest|most recent) (?:recording|take|one)(?= )/,
  / (?:my |the )?(?:first|oldest|earliest|very first) (?:recording|take|one)(?= )/,
];

/** Words that are about comparing, not of a name. */
const OF_COMPARING = new Set(
  `again attempt audio be better both changed compare compared comparing comparison comparisons dimension difference different
  done far file files improved improvement improvements improving month months performance performances past playing progress
  progressed recently recording recordings sessions since take takes technique three time times track tracks two version
  versions week weeks worse yesterday aac aif aiff flac m4a mp3 mp4 ogg opus wav wave webm`.split(/\s+/),
);

/**
 * What parts what is compared from what it is compared with: "the waltz with the scherzo", "how does the fugue compare to
 * it".
 */
const BETWEEN = / (?:with|to|and|or|against|between|than|compare|compared|\|)(?= )/;

/** Recordings that a question names by a part of their names; or a name that fits none of them, or several. */
function partsIn(question: string, left: string, listed: Listed, named: Listed) {
  const found = [...named];
  for (const said of left.split(BETWEEN)) {
    const words = wordsOfName(said);
    const called = listed.filter(({ filename }) => folded(filename) === folded(said));
    if (called.length === 0 && words.length === 0) continue;
    const start = Math.max(0, said.indexOf(words[0] ?? ""));
    const name = called[0]?.filename ?? asWritten(said.slice(start), question);
    const fits = called.length > 0 ? called : listed.filter((recording) => hasWords(recording, words));
    const others = fits.filter((recording) => !found.includes(recording));
    const [only] = others;
    if (only !== undefined && others.length > 1 && !isPlural(words, only))
      return { found, fault: { type: "several", name, recordings: others } as const };
    // Where nothing is to be compared by name, other words are of what has improved.
    if (fits.length === 0 && / compare /.test(left))
      return { found, fault: { type: "unknown", name } as const };
    found.push(...others);
  }
  return { found, fault: null };
}

function hasWords({ filename }: RecordingListed, words: readonly string[]): boolean {
  const there = new Set(folded(filename).trim().split(" ").map(stemOf));
  return words.every((word) => there.has(stemOf(word)));
}

/** Words of a folded text as the text has them: "waltz.wav". */
function asWritten(folds: string, text: string): string {
  const words = folds.trim().split(" ").join("[^\\p{L}\\p{N}]+");
  return new RegExp(words, "iu").exec(text)?.[0] ?? folds;
}

/** Whether words that fit a recording mean several of its kind: "my minuets". */
function isPlural(words: readonly string[], { filename }: RecordingListed): boolean {
  const last = words.at(-1) ?? "";
  return last.endsWith("s") && !folded(filename).includes(` ${last} `);
}

/** The words of what is compared that may be of a name: not what is compared of it, such as a dimension. */
function wordsOfName(said: string): string[] {
  const words = contentWords(said).filter((word) => !OF_COMPARING.has(word));
  const isName = words.some((word) => topicWords(word).length > 0 || /\d/.test(word));
  return isName && spokenDimension(said) === null ? words : [];
}
