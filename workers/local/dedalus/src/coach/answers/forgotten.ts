import { type Conversation, isCalled, returned } from "../conversation.ts";
import { isEverything } from "../forgetting.ts";
import { ForgottenSchema } from "../tool-results.ts";
import { forgettingOf } from "../what-to-forget.ts";
import { quotedList } from "./list.ts";

/** How a player has something removed that we know of them. */
export const HOW_TO_FORGET =
  "Say “Forget my goal about …” with a word or two of it, or “Forget my goals”, “Forget everything you know about me”, and I " +
  "will. You can also see and change all of it in your profile (`/api/v1/context`).";

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
  return gone.removed.length === 0
    ? "There is nothing of that to forget: you haven't told me any."
    : `I have forgotten ${quotedList(gone.removed)}.${forgetting.type === "all" && isEverything(forgetting.members) ? ALL_ELSE : ""}`;
}

/** What is no part of what a player told us. */
const ALL_ELSE = " Your recordings and conversations stay, unless you delete them.";

/** Asks which of some entries is meant; of none, says that there are none. */
export function askWhich(entries: readonly string[]): string {
  return entries.length === 0
    ? "I know nothing of that kind that I could forget."
    : `Which do you mean? I know ${quotedList(entries)}. Say it again with a word or two of the one that you mean.`;
}
