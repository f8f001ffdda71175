import { type Conversation, linkedRecording, recordingsOfTurn, returned } from "./conversation.ts";
import { spokenDimension } from "./dimensions.ts";
import { stemOf } from "./language/same-word.ts";
import { topicWords } from "./language/topic.ts";
import { contentWords } from "./language/words.ts";
import { ComparisonSchema, type RecordingListed } from "./tool-results.ts";

/** Most recordings that are compared at once. */
const MOST_COMPARED = 6;

/** Which recordings are to be compared. */
export type Compared =
  /** These, newest first. `isNamed`: because the player says so; else as those in which there may be progress. */
  | { readonly type: "these"; readonly recordings: readonly RecordingListed[]; readonly isNamed: boolean }
  /** A name that fits none of them. */
  | { readonly type: "unknown"; readonly name: string }
  /** A name that fits several. */
  | { readonly type: "several"; readonly name: string; readonly recordings: readonly RecordingListed[] }
  /** One of them is named, and nothing says with which other. */
  | { readonly type: "with_which"; readonly recording: RecordingListed };

/**
 * Which of the player's recordings a question wants compared, of those that were listed: the ones that it names, by their files or
 * by their place in time; if one, with the session's; if none, the session's, or else the newest, with all before it.
 */
export function recordingsToCompare(conversation: Conversation): Compared | null {
  const listed = recordingsOfTurn(conversation);
  if (listed === null) return null;
  const linked = linkedRecording(conversation);
  const own = listed.find(({ id }) => id.toLowerCase() === linked) ?? null;
  const { named, left } = namesIn(conversation.question, listed);
  const rest = pointersIn(left, listed, own);
  const { found, fault } = partsIn(conversation.question, rest.left, listed, [
    ...new Set([...named, ...rest.found]),
  ]);
  if (fault !== null) return fault;
  const these = (recordings: readonly RecordingListed[], isNamed: boolean) =>
    ({ type: "these", recordings: recordings.slice(0, MOST_COMPARED), isNamed }) as const;
  if (found.length === 0 && ALL.test(left) && !rest.isBefore) return these(listed, true);
  if (found.length > 1) return these(inOrder(found, listed), true);
  const [one] = found;
  if (one !== undefined && rest.isBefore) return these(upTo(one, listed), false);
  if (one !== undefined && one.id !== own?.id)
    return own === null ? { type: "with_which", recording: one } : these(inOrder([one, own], listed), true);
  // Where there is no progress to be seen with what came before the session's recording, there may be in others.
  const isNone =
    returned(conversation, "compare_recordings", ComparisonSchema)?.compared?.same_music === false;
  return these(isNone ? listed : upTo(own ?? listed[0] ?? null, listed), false);
}

/** Whether what is to be compared was compared in this turn. */
export function isCompared(conversation: Conversation): boolean {
  const called = conversation.thisTurn.findLast(({ name }) => name === "compare_recordings");
  const compared = recordingsToCompare(conversation);
  return (
    called !== undefined &&
    compared?.type === "these" &&
    compared.recordings.every(({ id }) => called.arguments.includes(id))
  );
}

/** What speaks of all recordings that there are. */
const ALL = / (?:all|both|every|recordings|takes) /;

/** A recording and all before it, newest first; all, where none is before it. */
function upTo(last: RecordingListed | null, listed: readonly RecordingListed[]): RecordingListed[] {
  const at = last === null ? 0 : listed.indexOf(last);
  return listed.slice(at < listed.length - 1 ? at : 0);
}

function inOrder(found: readonly RecordingListed[], listed: readonly RecordingListed[]): RecordingListed[] {
  return listed.filter((recording) => found.includes(recording));
}

/** The ending of a file's name. */
const ENDING = /\.[a-z0-9]{2,4}$/i;

/** A text as names of files are looked for in it: in lower case, what parts words made a blank, with one at both ends. */
function folded(text: string): string {
  const words =
    text
      .toLowerCase()
      .replaceAll(/['’]s\b/g, "")
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return ` ${words.join(" ")} `;
}

/** The recordings whose files a text names, with or without their endings, longest names first; and what is left of the text. */
function namesIn(
  text: string,
  listed: readonly RecordingListed[],
): { readonly named: RecordingListed[]; readonly left: string } {
  const names = listed.flatMap((recording) => {
    const { filename, id } = recording;
    const bare = filename.replace(ENDING, "");
    const moment = momentOf(recording);
    const times = [moment, moment.slice(0, "YYYY-MM-DD".length)];
    return [
      filename,
      // "take.wav" isn't meant by every take.
      ...(tells(bare) ? [bare] : []),
      // An id stands for a name as well, and when it was sent, with the name or without.
      id,
      ...times.flatMap((time) => [time, `${filename} of ${time}`, `${bare} of ${time}`]),
    ].map((name) => ({ name: folded(name), recording }));
  });
  const named: RecordingListed[] = [];
  let left = folded(text);
  for (const { name, recording } of names.toSorted((a, b) => b.name.length - a.name.length)) {
    if (name.trim() === "" || named.includes(recording) || !left.includes(name)) continue;
    if (!isOfOne(name, recording, names)) continue;
    named.push(recording);
    left = left.replace(name, " | ");
  }
  return { named, left };
}

/** Whether a name is of one recording: of "minuet.wav" and "minuet.mp3" these are, and "minuet" is of neither. */
function isOfOne(
  name: string,
  recording: RecordingListed,
  names: readonly { readonly name: string; readonly recording: RecordingListed }[],
): boolean {
  const others = names.filter((one) => one.name === name && one.recording !== recording);
  const isWhole = (one: RecordingListed) => folded(one.filename) === name;
  return isWhole(recording) ? !others.some((other) => isWhole(other.recording)) : others.length === 0;
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

/** What points at a recording by its place: the session's, the newest, the one before, the first. */
const THIS =
  / (?:this|that|the present|the current) (?:recording|take|one|performance|session)(?= )|(?<= (?:with|to|and|compare)) this(?= )/;
const NEWEST = / (?:my |the )?(?:newest|latest|most recent) (?:recording|take|one)(?= )/;
const FIRST = / (?:my |the )?(?:first|oldest|earliest|very first) (?:recording|take|one)(?= )/;
const BEFORE =
  / (?:(?:my|the|an|any) )?(?:last|previous|earlier|older|before|past|other)(?: (?:recordings?|takes?|ones?|times?|attempts?|versions?))?(?= )/;

function pointersIn(
  text: string,
  listed: readonly RecordingListed[],
  own: RecordingListed | null,
): { readonly found: RecordingListed[]; readonly isBefore: boolean; readonly left: string } {
  const isBefore = BEFORE.test(text);
  const pointed = [
    THIS.test(text) ? own : null,
    NEWEST.test(text) ? (listed[0] ?? null) : null,
    FIRST.test(text) ? (listed.at(-1) ?? null) : null,
  ];
  const left = [THIS, NEWEST, FIRST, BEFORE].reduce((rest, pattern) => rest.replace(pattern, " | "), text);
  return { found: pointed.filter((recording) => recording !== null), isBefore, left };
}

/** Words that are about comparing, not of a name. */
const OF_COMPARING = new Set(
  `again attempt audio be better both changed compare compared comparing comparison comparisons dimension difference different done
  far file files improved improvement improvements improving month months performance performances past playing progress
  progressed recently recording recordings sessions since take takes technique three time times track tracks two version versions week weeks worse
  yesterday aac aif aiff flac m4a mp3 mp4 ogg opus wav wave webm`.split(/\s+/),
);

/** What is compared with something, and what it is compared with: "the waltz", "with the scherzo", "how does the fugue compare". */
const SIDES = [
  /(?:compare(?: with| to)?|with|to|and|or|against|between|than) (?:my |the )*([^|]*?)(?= (?:with|to|and|or|against|than) | \| |\s*$)/g,
  /(?:does|do|did) (?:my |the )*([^|]*?)(?= compare )/g,
];

/** Recordings that a question names by a part of their names; or a name that fits none of them, or several. */
function partsIn(
  question: string,
  left: string,
  listed: readonly RecordingListed[],
  named: readonly RecordingListed[],
): { readonly found: readonly RecordingListed[]; readonly fault: Compared | null } {
  const found = [...named];
  const sides = SIDES.flatMap((pattern) => [...left.matchAll(pattern)]);
  for (const [, said = ""] of sides) {
    const words = wordsOfName(said);
    const called = listed.filter(({ filename }) => folded(filename) === folded(said));
    if (called.length === 0 && words.length === 0) continue;
    const name = called[0]?.filename ?? asWritten(said, question);
    const fits = called.length > 0 ? called : listed.filter((recording) => hasWords(recording, words));
    const [only, ...others] = fits.filter((recording) => !found.includes(recording));
    if (only === undefined && fits.length > 0) continue;
    if (only !== undefined && (others.length === 0 || isPlural(words, only))) found.push(only, ...others);
    else if (only !== undefined)
      return { found, fault: { type: "several", name, recordings: [only, ...others] } };
    // Where nothing is to be compared by name, other words are of what has improved.
    else if (/ compare /.test(left)) return { found, fault: { type: "unknown", name } };
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
