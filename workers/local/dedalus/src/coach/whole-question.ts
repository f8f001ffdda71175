import { spokenDimension } from "./dimensions.ts";
import { intentOf } from "./intent.ts";
import { tellingWords } from "./language/topic.ts";
import { contentWords } from "./language/words.ts";
import { aspectOf } from "./own-questions/aspect-of.ts";
import { spansIn } from "./own-questions/span-asked.ts";

/** How the coach ends where a name doesn't say which recording is to be compared. */
export const AGAIN = { one: "Ask me again with its name.", both: "Ask me again with both names." };

/** With what a message begins that only goes on from the question before, and what it asks of now: "And the pedal?" */
const GOES_ON = /^(?:(?:and|but|so) )?(?:(?:and|(?:what|how) about)\s+)+([^.!?]{2,40}?)\W*$/i;

/** What somebody speaks of who speaks of their playing. */
const OF_PLAYING = /^(?:the|my|in|at|around|near)\b/i;

/**
 * A message as a whole question, where it only goes on from the one before: "And the end?" after "How was the beginning?", "And
 * for a week?" after "Plan my day", "And cantabile?" after "What does dolce mean?".
 *
 * @param before the question before; empty if there is none.
 */
export function withQuestionBefore(before: string, message: string): string {
  const rest = GOES_ON.exec(message.trim())?.[1];
  if (rest === undefined || !["unclear", "how_to"].includes(intentOf(message))) return message;
  const intent = before === "" ? null : intentOf(before);
  const isPlaying = spokenDimension(rest) !== null || aspectOf(rest) !== null || spansIn(rest).length > 0;
  if (isPlaying && (OF_PLAYING.test(rest) || intent === "own_playing")) return `How was it, ${rest}?`;
  if (intent === "plan") return `Plan my practice time ${rest}`;
  const telling = tellingWords(before);
  if (intent !== "how_to" || telling.length === 0) return message;
  const word = (one = "") => `(?<!\\p{L})${one}(?!\\p{L})`;
  const topic = new RegExp(`${word(telling[0])}(?:.*${word(telling.at(-1))})?`, "iu");
  // What is called otherwise in the library, "without a piano", can't be told from the rest: then the message stands for itself.
  return topic.test(before) ? before.replace(topic, () => rest) : message;
}

/**
 * What somebody wants who answers with nothing but a name of those that they were asked about: their question, with that name
 * in it.
 *
 * @param question that was asked before.
 * @param asked what the coach asked back.
 * @returns the answer as it is, where it isn't such a name.
 */
export function withNameAnswered(question: string, asked: string, answer: string): string {
  const isAsked = Object.values(AGAIN).some((end) => asked.endsWith(end));
  const [meant = "", ...others] = [...asked.matchAll(/“(.+?)”/g)].map(([, name = ""]) => name);
  const words = contentWords(answer);
  const isName = others.some((name) => words.every((word) => contentWords(name).includes(word)));
  if (!isAsked || words.length === 0 || !isName) return answer;
  if (asked.endsWith(AGAIN.both)) return `${question} with ${answer}`;
  const at = question.toLowerCase().indexOf(meant.toLowerCase());
  return at === -1 ? answer : question.slice(0, at) + answer + question.slice(at + meant.length);
}
