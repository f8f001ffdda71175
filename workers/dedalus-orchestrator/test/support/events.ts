import { type CompletionEvent, CompletionEventSchema, type Result } from "@crescendai/contracts";
import * as v from "valibot";

const LineSchema = v.pipe(v.string(), v.parseJson(), CompletionEventSchema);

/** The events of a stream to its end, each checked; fails where there is no stream. */
export async function readEvents(answer: Result<ReadableStream<Uint8Array>>): Promise<CompletionEvent[]> {
  if (!answer.ok) throw new Error(`no stream: ${answer.error.code} ${answer.error.message}`);
  const text = await new Response(answer.value).text();
  if (!text.endsWith("\n")) throw new Error("the last line is not complete");
  return text
    .slice(0, -1)
    .split("\n")
    .map((line) => v.parse(LineSchema, line));
}

/** The words of some events. */
export function wordsOf(events: readonly CompletionEvent[]): string {
  return events.map((event) => (event.type === "token" ? event.content : "")).join("");
}
