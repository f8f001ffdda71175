import { type Conversation, hasFailed } from "../conversation.ts";

const OFFER =
  "I can tell you what was heard in your recordings and what to work on first, compare your takes, find an exercise in " +
  "the library, and keep your goals in mind.";

/** For what neither the tools nor the library say anything about. */
export function answerDontKnow(conversation: Conversation): string {
  const failed = conversation.thisTurn.some(({ name }) => hasFailed(conversation, name));
  return failed
    ? `I could not look that up just now, and I don't want to guess. ${OFFER}`
    : `I don't know about that: nothing that I can look up says anything about it. ${OFFER}`;
}

/** For who only says hello, or thanks. */
export function answerSmallTalk(): string {
  return `You're welcome. ${OFFER}`;
}

/** For a question about a recording that nobody has named. */
export function askWhichRecording(): string {
  return "Which recording do you mean? Send one, or begin a session on it, and I can tell you what was heard in it.";
}
