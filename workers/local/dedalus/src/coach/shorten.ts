import * as v from "valibot";
import type { Message } from "../wire/read-request.ts";
import { findMatching } from "./embedded-json.ts";
import { sentencesOf } from "./words.ts";

/** Longest title, in characters: a line of a list. */
const MAX_TITLE = 60;

/** A title: the first sentence of what was asked, without its mark, cut between words. */
export function titleFor(question: string): string {
  const sentence = (sentencesOf(question)[0] ?? question).replace(/[\s.!?…]+$/u, "").replace(/\s+/g, " ");
  const characters = Array.from(sentence);
  if (characters.length <= MAX_TITLE) return sentence;
  const cut = characters.slice(0, MAX_TITLE).join("");
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), MAX_TITLE / 2)).trimEnd()}…`;
}

/** Longest sentence that a summary takes over, in characters. */
const MAX_SENTENCE = 200;

/** Longest summary, in characters. */
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
  if (quoted === null) return firstSentences(content);
  return [
    ...(quoted.summary_so_far ?? "").split("\n").filter((line) => line !== ""),
    ...quoted.transcript.flatMap(({ said }) => firstSentences(said ?? "").slice(0, 1)),
  ];
}

function firstSentences(text: string): string[] {
  return text.split(/\n{2,}/).flatMap((paragraph) => sentencesOf(paragraph).slice(0, 1));
}
