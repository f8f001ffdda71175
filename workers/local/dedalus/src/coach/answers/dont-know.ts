import { type Conversation, hasFailed } from "../conversation.ts";
import { isGreeting } from "../intent.ts";
import { isEnglish } from "../language/language.ts";

const OFFER =
  "I can tell you what was heard in your recordings and what to work on first, compare your takes, find an exercise in " +
  "the library, and keep your goals in mind.";

/** What is said where nothing was found. */
export const NOT_KNOWN = "I don't know about that: nothing that I can look up says anything about it.";

/** For who asks what they are talking to. */
export const ABOUT_COACH =
  "I'm a coach that works by rules: I read what you write, and look it up. I don't hear you; I know what was found in " +
  `your recordings. ${OFFER}`;

/** For a question about a recording that nobody has named. */
export const WHICH_RECORDING =
  "Which recording do you mean? Send one, or begin a session on it, and I can tell you what was heard in it.";

/** Whether something couldn't be looked up in this turn. */
export function couldNotLook(conversation: Conversation): boolean {
  return conversation.thisTurn.some(({ name }) => hasFailed(conversation, name));
}

/** For what neither the tools nor the library say anything about. */
export function answerDontKnow(conversation: Conversation): string {
  return couldNotLook(conversation)
    ? `I could not look that up just now, and I don't want to guess. ${OFFER}`
    : inEnglish(NOT_KNOWN, conversation);
}

/** For who only says hello, thanks, or that it's all right. */
export function answerSmallTalk({ question }: Conversation): string {
  const reply = isGreeting(question)
    ? "Hello."
    : /\bthank/i.test(question)
      ? "You're welcome."
      : "All right.";
  return `${reply} ${OFFER}`;
}

/** For what can't be understood, neither by itself nor from what was said before. */
export function askWhatIsMeant(conversation: Conversation): string {
  return inEnglish("I'm not sure what you mean.", conversation);
}

function inEnglish(said: string, { question }: Conversation): string {
  return `${said} ${isEnglish(question) ? "" : "I understand English only. "}${OFFER}`;
}
