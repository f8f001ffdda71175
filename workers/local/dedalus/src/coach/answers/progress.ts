import * as v from "valibot";
import { type Conversation, recordingsOfTurn, returned } from "../conversation.ts";
import { wordsFor } from "../dimensions.ts";
import { ComparisonSchema } from "../tool-results.ts";

/** Changes that an answer speaks of, at most. */
const MAX_CHANGES = 5;

/** An answer on how the player gets on, of nothing but what the comparison says; null if there is none. */
export function answerProgress(conversation: Conversation): string | null {
  const comparison = returned(conversation, "compare_recordings", ComparisonSchema);
  if (comparison !== null) {
    const changes = comparison.changes.map(changeText).filter((text) => text !== "");
    return changes.length === 0
      ? "I compared your takes and found no change that is larger than what they leave uncertain."
      : [`${titleOf(comparison)}:`, ...changes.slice(0, MAX_CHANGES).map((text) => `- ${text}`)].join("\n");
  }
  const listed = recordingsOfTurn(conversation);
  if (listed === null) return null;
  return listed.length < 2
    ? "I need two recordings of the same piece to compare: send another take, and ask me again."
    : null;
}

/** Which recordings were compared, the earlier first. */
function titleOf({ recordings }: v.InferOutput<typeof ComparisonSchema>): string {
  const [first, last] = [recordings.at(0)?.filename ?? "", recordings.at(-1)?.filename ?? ""];
  return first === "" || last === "" || first === last
    ? "Compared with your earlier take"
    : `From “${first}” to “${last}” (between takes of one piece a change tells most)`;
}

const WordedSchema = v.union([
  v.pipe(
    v.object({ statement: v.string() }),
    v.transform(({ statement }) => statement),
  ),
  v.pipe(
    v.object({ observation: v.string() }),
    v.transform(({ observation }) => observation),
  ),
  v.pipe(
    v.object({ description: v.string() }),
    v.transform(({ description }) => description),
  ),
]);

const CountedSchema = v.union([
  v.pipe(
    v.object({
      dimension: v.string(),
      from: v.number(),
      to: v.number(),
      certain: v.optional(v.boolean(), true),
    }),
    v.transform(({ dimension, from, to, certain }) => ({ dimension, before: from, after: to, certain })),
  ),
  v.object({
    dimension: v.string(),
    before: v.number(),
    after: v.number(),
    certain: v.optional(v.boolean(), true),
  }),
  v.pipe(
    v.object({ dimension: v.string(), earlier: v.number(), later: v.number() }),
    v.transform(({ dimension, earlier, later }) => ({
      dimension,
      before: earlier,
      after: later,
      certain: true,
    })),
  ),
]);

function changeText(change: string | Record<string, unknown>): string {
  if (typeof change === "string") return change;
  const worded = v.safeParse(WordedSchema, change);
  if (worded.success) return worded.output;
  const counted = v.safeParse(CountedSchema, change);
  if (!counted.success) return "";
  const { dimension, before, after, certain } = counted.output;
  // What may be nothing is nothing to speak of.
  if (!certain) return "";
  return `${wordsFor(dimension)}: from ${Math.round(before)} to ${Math.round(after)} of 100`;
}
