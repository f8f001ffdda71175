import {
  type Conversation,
  hasFailed,
  isCalled,
  knownContext,
  recordingsOfTurn,
  returned,
} from "../conversation.ts";
import { ForgottenSchema } from "../tool-results.ts";
import { forgettingOf } from "../what-to-forget.ts";
import { askWhich } from "./forgotten.ts";
import { listOf, quotedList } from "./list.ts";

/** What the player's context says; null if it wasn't read. */
export function answerGoals(conversation: Conversation): string | null {
  const context = knownContext(conversation);
  if (context === null) return null;
  const said = [
    list("Your goals", context.goals),
    list("What you have to work with", context.constraints),
    list("Your repertoire", context.repertoire),
    list("Your level", [context.experience_level]),
  ].filter((line) => line !== "");
  return said.length === 0
    ? "You haven't told me your goals yet. Say “My goal is …”, and I will remember it."
    : [
        "This is what you told me.",
        ...said,
        "To have something removed, say “Forget my goal about …”, or “Forget everything you know about me”.",
      ].join("\n");
}

function list(name: string, texts: readonly string[]): string {
  const said = texts.filter((text) => text.trim() !== "");
  return said.length === 0 ? "" : `- ${name}: ${quotedList(said)}`;
}

/** Confirms what was remembered, in the player's own words; says so if it wasn't. */
export function answerTold(conversation: Conversation): string | null {
  const { goals, constraints, experience_level: level } = conversation.told ?? {};
  const isReplaced = conversation.told?.replaced !== undefined;
  const replaced = isReplaced ? forgettingOf(conversation) : null;
  // What isn't known can't be removed.
  const isInPlace = isReplaced && (replaced !== null || knownContext(conversation) === null);
  if (replaced?.type === "unclear") return askWhich(replaced.entries);
  if (!isCalled(conversation, "update_user_context")) return null;
  const quoted = [
    ...[goals, constraints].flatMap((text) => (text === undefined ? [] : [`“${text}”`])),
    ...(level === undefined ? [] : [`that your level is “${level}”`]),
  ].join(" and ");
  return hasFailed(conversation, "update_user_context")
    ? `I could not note ${quoted} just now. Please tell me again in a moment.`
    : `I have noted ${quoted}${isInPlace ? inPlaceOf(conversation) : ""}, and will keep it in mind.`;
}

/** What is gone for what was noted, or that it isn't. */
function inPlaceOf(conversation: Conversation): string {
  const gone = returned(conversation, "forget_user_context", ForgottenSchema)?.removed ?? [];
  return gone.length === 0
    ? ", though I could not remove what it replaces"
    : ` in place of ${quotedList(gone)}`;
}

/** Recordings that an answer lists, at most. */
const MAX_LISTED = 10;

/** The player's recordings; null if they weren't listed. */
export function answerRecordings(conversation: Conversation): string | null {
  const recordings = recordingsOfTurn(conversation);
  if (recordings === null) return null;
  if (recordings.length === 0) return "You haven't sent a recording yet.";
  const lines = recordings.slice(0, MAX_LISTED).map(({ filename, created_at }) => {
    const day = created_at.slice(0, 10);
    return `“${filename}”${day === "" ? "" : `, ${day}`}`;
  });
  return listOf("Your recordings:", lines);
}
