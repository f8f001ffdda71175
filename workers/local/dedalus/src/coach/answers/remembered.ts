import {
  type Conversation,
  hasFailed,
  isCalled,
  knownContext,
  recordingsOfTurn,
  returned,
} from "../conversation.ts";
import { forgettingOf } from "../forgetting.ts";
import { ForgottenSchema } from "../tool-results.ts";
import { isEverything } from "../wish-to-forget.ts";
import { listOf, quotedList } from "./list.ts";

/** What the player's context says; null if it wasn't read. */
export function answerGoals(conversation: Conversation): string | null {
  const context = knownContext(conversation);
  if (context === null) return null;
  const members = [
    ["Your goals", context.goals],
    ["What you have to work with", context.constraints],
    ["Your repertoire", context.repertoire],
    ["Your level", [context.experience_level]],
  ] as const;
  const said = members.flatMap(([name, texts]) => {
    const told = texts.filter((text) => text.trim() !== "");
    return told.length === 0 ? [] : [`${name}: ${quotedList(told)}`];
  });
  return said.length === 0
    ? "You haven't told me your goals yet. Say “My goal is …”, and I will remember it."
    : `${listOf("This is what you told me.", said)}
To have something removed, say “Forget my goal about …”, or “Forget everything you know about me”.`;
}

/** Confirms what was remembered, in the player's own words; says so if it wasn't. */
export function answerTold(conversation: Conversation): string | null {
  const { goals, constraints, experience_level: level, replaced } = conversation.told ?? {};
  const forgetting = replaced === undefined ? null : forgettingOf(conversation);
  if (forgetting?.type === "unclear") return askWhich(forgetting.entries);
  if (!isCalled(conversation, "update_user_context")) return null;
  const quoted = [
    ...[goals, constraints].flatMap((text) => (text === undefined ? [] : [`“${text}”`])),
    ...(level === undefined ? [] : [`that your level is “${level}”`]),
  ].join(" and ");
  if (hasFailed(conversation, "update_user_context"))
    return `I could not note ${quoted} just now. Please tell me again in a moment.`;
  // What isn't known can't be removed.
  const isInPlace = replaced !== undefined && (forgetting !== null || knownContext(conversation) === null);
  const gone = returned(conversation, "forget_user_context", ForgottenSchema)?.removed ?? [];
  const inPlace =
    gone.length === 0 ? ", though I could not remove what it replaces" : ` in place of ${quotedList(gone)}`;
  return `I have noted ${quoted}${isInPlace ? inPlace : ""}, and will keep it in mind.`;
}

/** How a player has something removed that we know of them. */
export const HOW_TO_FORGET =
  "Say “Forget my goal about …” with a word or two of it, or “Forget my goals”, “Forget everything you know about me”, and I " +
  "will. You can also see and change all of it in your profile (`/api/v1/context`).";

/** How a player deletes what the coach can't. */
export const HOW_TO_DELETE =
  "I can't delete recordings or conversations: you can, in the app. A recording (`DELETE /api/v1/recordings/{id}`) goes with " +
  "all that was found in it, a conversation (`DELETE /api/v1/chat/sessions/{id}`) with all that was said.";

/** Confirms what was forgotten, asks which is meant, or says that it couldn't be; null if it wasn't asked for. */
export function answerForgotten(conversation: Conversation): string | null {
  const forgetting = forgettingOf(conversation);
  if (forgetting === null) return null;
  if (forgetting.type === "unclear") return askWhich(forgetting.entries);
  const gone = returned(conversation, "forget_user_context", ForgottenSchema);
  if (gone === null)
    return isCalled(conversation, "forget_user_context")
      ? `I could not remove that just now. ${HOW_TO_FORGET}`
      : "I can't remove that myself. You can see and change what you told me in your profile (`/api/v1/context`).";
  if (gone.removed.length === 0) return "There is nothing of that to forget: you haven't told me any.";
  // What is no part of what a player told us.
  const isAll = forgetting.type === "all" && isEverything(forgetting.members);
  const allElse = isAll ? " Your recordings and conversations stay, unless you delete them." : "";
  return `I have forgotten ${quotedList(gone.removed)}.${allElse}`;
}

/** Asks which of some entries is meant; of none, says that there are none. */
function askWhich(entries: readonly string[]): string {
  return entries.length === 0
    ? "I know nothing of that kind that I could forget."
    : `Which do you mean? I know ${quotedList(entries)}. Say it again with a word or two of the one that you mean.`;
}

/** Recordings that an answer lists, at most. */
const MAX_LISTED = 10;

/** The player's recordings; null if they weren't listed. */
export function answerRecordings(conversation: Conversation): string | null {
  const recordings = recordingsOfTurn(conversation);
  if (recordings === null) return null;
  if (recordings.length === 0) return "You haven't sent a recording yet.";
  const lines = recordings
    .slice(0, MAX_LISTED)
    .map(({ filename, created_at }) =>
      [`“${filename}”`, created_at.slice(0, 10)].filter((part) => part !== ""),
    );
  return listOf(
    "Your recordings:",
    lines.map((parts) => parts.join(", ")),
  );
}
