import { spokenDimension } from "./dimensions.ts";
import { intentOf } from "./intent.ts";
import { tellingWords } from "./language/topic.ts";
import { aspectOf } from "./own-questions/aspect-of.ts";
import { spansIn } from "./own-questions/span-asked.ts";

/** With what a message begins that only goes on from the question before, and what it asks of now: "And the pedal?" */
const GOES_ON = /^(?:(?:and|but|so) )?(?:(?:and|(?:what|how) about)\s+)+([^.!?]{2,40}?)\W*$/i;

/** What somebody speaks of who speaks of their playing. */
const OF_PLAYING = /^(?:the|my|in|at|around|near)\b/i;

/**
 * A message as a whole question, where it only goes on from the one before: "And the end?" after "How was the beginning?", "And for a
 * week?" after "Plan my day", "And cantabile?" after "What does dolce mean?".
 *
 * @param before the question before; empty if there is none.
 */
export function withQuestionBefore(before: string, message: string): string {
  const rest = GOES_ON.exec(message.trim())?.[1];
  if (rest === undefined || !["unclear", "how_to"].includes(intentOf(message))) return message;
  const isPlaying = spokenDimension(rest) !== null || aspectOf(rest) !== null || spansIn(rest).length > 0;
  const isOfTake = OF_PLAYING.test(rest) || (before !== "" && intentOf(before) === "own_playing");
  if (isPlaying && isOfTake) return `How was it, ${rest}?`;
  const intent = before === "" ? null : intentOf(before);
  if (intent === "plan") return `Plan my practice time ${rest}`;
  const telling = tellingWords(before);
  if (intent !== "how_to" || telling.length === 0) return message;
  const topic = new RegExp(`\\b${telling[0]}\\b(?:.*\\b${telling.at(-1)}\\b)?`, "iu");
  return before.replace(topic, () => rest);
}
