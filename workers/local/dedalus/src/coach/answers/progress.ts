import {
  type Conversation,
  hasFailed,
  linkedRecording,
  recordingsOfTurn,
  returned,
} from "../conversation.ts";
import { spokenDimension, wordsFor } from "../dimensions.ts";
import { type Compared, momentOf, recordingsToCompare } from "../recordings-named.ts";
import { type Change, type Comparison, ComparisonSchema, type RecordingListed } from "../tool-results.ts";
import { AGAIN } from "../whole-question.ts";
import { listOf } from "./list.ts";

/** Changes that an answer speaks of, and recordings that it lists, at most. */
const MAX_CHANGES = 5;
const MAX_LISTED = 8;

const OTHER_MUSIC =
  "in other music a score may be another for the music's sake. Send another take of one of them, and ask me again.";
const NOT_SAME =
  "They are different recordings and don't seem to be of the same music, so a difference may be the music's as much as your " +
  "playing's.";

/** An answer on how the player gets on, of nothing but what the comparison says; null if there is none. */
export function answerProgress(conversation: Conversation): string | null {
  const compared = recordingsToCompare(conversation);
  const listed = recordingsOfTurn(conversation);
  if (compared === null || listed === null) return null;
  if (compared.type !== "these") return askWhich(compared, listed);
  if (compared.recordings.length < 2)
    return "I need two recordings of the same piece to compare: send another take, and ask me again.";
  const comparison = returned(conversation, "compare_recordings", ComparisonSchema);
  if (comparison === null || hasFailed(conversation, "compare_recordings")) return null;
  const { compared: pair } = comparison;
  if (!compared.isNamed && pair?.same_music === false)
    return (
      `I find no two takes of the same music among ${namesOf(compared.recordings)}, ` +
      `so I can't tell whether you have improved: ${OTHER_MUSIC}`
    );
  const own = listed.find(({ id }) => id.toLowerCase() === linkedRecording(conversation));
  const isOther = own !== undefined && pair !== null && ![pair.from, pair.to].includes(own.id);
  const before =
    isOther && !compared.isNamed
      ? `There is no other take of the music of “${own.filename}” before it. `
      : "";
  return `${before}${answerComparison(comparison, spokenDimension(conversation.question))}`;
}

function askWhich(
  compared: Exclude<Compared, { type: "these" }>,
  listed: readonly RecordingListed[],
): string {
  switch (compared.type) {
    case "unknown":
      return (
        `I find no recording of yours that is called “${compared.name}”. ` +
        `Which do you mean? You have ${namesOf(listed)}. ${AGAIN.one}`
      );
    case "several":
      return (
        `Several of your recordings could be “${compared.name}”: ${namesOf(compared.recordings)}. ` +
        `Which do you mean? ${AGAIN.one}`
      );
    case "with_which": {
      const { id, filename } = compared.recording;
      const others = namesOf(listed.filter((other) => other.id !== id));
      return `With which recording shall I compare “${filename}”? You have ${others}. ${AGAIN.both}`;
    }
  }
}

function namesOf(recordings: readonly RecordingListed[]): string {
  const more = recordings.length - MAX_LISTED;
  const isOwnName = new Set(recordings.map(({ filename }) => filename)).size === recordings.length;
  const named = recordings
    .slice(0, MAX_LISTED)
    .map((recording) => `“${recording.filename}”${isOwnName ? "" : ` of ${momentOf(recording)}`}`);
  return `${named.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/** What a comparison says, first of all of the dimension that was asked about. */
function answerComparison(comparison: Comparison, dimension: string | null): string {
  const { compared, changes, statements, notes, recordings } = comparison;
  if (compared === null) return `I can't compare them. ${notes.join(" ")}`;
  const nameOf = (id: string) => `“${recordings.find((recording) => recording.id === id)?.filename ?? id}”`;
  const names = [nameOf(compared.from), nameOf(compared.to)] as const;
  const [from, to] = names[0] === names[1] ? [`the earlier ${names[0]}`, `the later ${names[1]}`] : names;
  const isSame = compared.same_music;
  // What is told in words already isn't told in figures as well.
  const isTold = ({ certain }: Change) =>
    certain && statements.some((text) => spokenDimension(text) === dimension);
  const asked = changes.filter((change) => change.dimension === dimension && !isTold(change)).map(changeText);
  const others = changes.filter((change) => change.certain && change.dimension !== dimension).map(changeText);
  const said = [...asked, ...(isSame ? statements : others)].slice(0, MAX_CHANGES);
  if (isSame && said.length > 0) return listOf(`From ${from} to ${to}, two takes of the same music:`, said);
  if (isSame)
    return (
      `I compared ${from} with ${to}, two takes of the same music. ` +
      (notes.join(" ") || "No change is larger than what they leave uncertain.")
    );
  return said.length === 0
    ? `I compared ${from} with ${to}, which are different recordings and don't seem to be of the same music. ` +
        "No difference is larger than what they leave uncertain."
    : `${listOf(`From ${from} to ${to}:`, said)}\n${NOT_SAME}`;
}

function changeText({ dimension, from, to, uncertainty, certain }: Change): string {
  const range =
    uncertainty === null ? "" : `, within the ± ${Math.round(uncertainty)} that comparing them may err by`;
  const points = `from ${Math.round(from)} to ${Math.round(to)} of 100`;
  return `${wordsFor(dimension)}: ${certain ? points : `no change that is sure (${points}${range})`}`;
}
