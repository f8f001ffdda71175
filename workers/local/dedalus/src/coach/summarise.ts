import * as v from "valibot";
import type { Message } from "../wire/messages.ts";
import { findMatching } from "./embedded-json.ts";
import { sentencesOf } from "./language/sentences.ts";

/** Longest sentence that a summary takes over, and longest summary, in characters. */
const MAX_SENTENCE = 200;
const MAX_SUMMARY = 1500;

const TranscriptSchema = v.object({
  summary_so_far: v.nullish(v.string(), null),
  transcript: v.array(v.object({ said: v.nullish(v.string(), null) })),
});

/** A summary: the first sentence of everything that was said, newest last; of too much, the newest. */
export function summarise(messages: readonly Message[]): string {
  const said = messages
    .filter(({ role }) => role === "user" || role === "assistant")
    .flatMap(({ content }) => saidIn(content ?? ""))
    .map((sentence) => Array.from(sentence).slice(0, MAX_SENTENCE).join(""));
  let length = 0;
  const kept = said.toReversed().filter((sentence) => {
    length += sentence.length + 1;
    return length <= MAX_SUMMARY;
  });
  return kept.toReversed().join("\n");
}

/** The first sentences of a message, or of what a transcript in it quotes; an earlier summary stays as it is. */
function saidIn(content: string): string[] {
  const quoted = findMatching(TranscriptSchema, content);
  const firstOf = (text: string) =>
    text.split(/\n{2,}/).flatMap((paragraph) => sentencesOf(paragraph).slice(0, 1));
  if (quoted === null) return firstOf(content);
  return [
    ...(quoted.summary_so_far ?? "").split("\n").filter((line) => line !== ""),
    ...quoted.transcript.flatMap(({ said }) => firstOf(said ?? "").slice(0, 1)),
  ];
}
