import { type CompletionEvent, CompletionEventSchema, failed, ok, type Result } from "@crescendai/contracts";
import * as v from "valibot";

const LineSchema = v.pipe(v.string(), v.parseJson(), CompletionEventSchema);

/** What is said of an answer that breaks off, or isn't what was agreed. */
const BROKEN: Result<never> = failed({
  code: "AI_SERVICE_ERROR",
  message: "The language model's answer broke off. What came is kept; please ask again.",
});

/**
 * The events of the orchestrator's stream (lines of JSON), whatever pieces it comes in. Ends after `done` or `error`; a
 * stream that ends without one, or says something else, ends in AI_SERVICE_ERROR. Raising the signal cancels the stream and
 * ends the events.
 */
export async function* completionEvents(
  stream: ReadableStream<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<Result<CompletionEvent>> {
  const reader = stream.getReader();
  const cancel = () => void reader.cancel("the turn was ended").catch(() => undefined);
  signal.addEventListener("abort", cancel, { once: true });
  const decoder = new TextDecoder();
  let rest = "";
  try {
    while (!signal.aborted) {
      const { done, value } = await reader.read();
      if (signal.aborted) return;
      rest += done ? decoder.decode() : decoder.decode(value, { stream: true });
      const lines = rest.split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        // A blank is a sign of life.
        if (line.trim() === "") continue;
        const event = v.safeParse(LineSchema, line);
        if (!event.success) {
          yield BROKEN;
          return;
        }
        yield ok(event.output);
        if (event.output.type === "done" || event.output.type === "error") return;
      }
      if (done) {
        yield BROKEN;
        return;
      }
    }
  } catch {
    if (!signal.aborted) yield BROKEN;
  } finally {
    signal.removeEventListener("abort", cancel);
    cancel();
  }
}
