import type { FinishReason } from "@crescendai/contracts";
import type { Step } from "@crescendai/worker-testing/scripted-provider";

/*
 * Answers as providers send them.
 */

const USAGE = { prompt_tokens: 1000, completion_tokens: 500, total_tokens: 1500 };

/** A tool call as the wire has it. */
export function wireCall(id: string, name: string, text: string) {
  return { id, type: "function", function: { name, arguments: text } };
}

/** A whole answer. */
export function whole(
  message: { readonly content?: string | null; readonly tool_calls?: readonly unknown[] },
  finish_reason: string | null = "stop",
): Step {
  const body = {
    id: "c1",
    object: "chat.completion",
    created: 1,
    model: "openai/gpt-5-nano-2025-08-07",
    choices: [{ index: 0, message: { role: "assistant", content: null, ...message }, finish_reason }],
    usage: USAGE,
  };
  return { headers: { "content-type": "application/json" }, pieces: [JSON.stringify(body)] };
}

/** An error in the form of OpenAI's. */
export function refusal(
  status: number,
  headers: Record<string, string> = {},
  error: Record<string, unknown> = {},
): Step {
  return {
    status,
    headers: { "content-type": "application/json", ...headers },
    pieces: [JSON.stringify({ error: { message: "no", type: "x", code: null, param: null, ...error } })],
  };
}

/** An event of a stream. */
export function event(value: unknown): string {
  return `data: ${JSON.stringify(value)}\n\n`;
}

/** A chunk with a piece of an answer. */
export function chunk(delta: Record<string, unknown>, finish_reason: string | null = null): string {
  return event({
    id: "c1",
    object: "chat.completion.chunk",
    created: 1,
    model: "openai/gpt-5-nano-2025-08-07",
    choices: [{ index: 0, delta, finish_reason }],
  });
}

export const USAGE_CHUNK = event({
  id: "c1",
  object: "chat.completion.chunk",
  created: 1,
  model: "openai/gpt-5-nano-2025-08-07",
  choices: [],
  usage: USAGE,
});

export const DONE = "data: [DONE]\n\n";

/** A stream of these pieces, as it ends. */
export function streams(pieces: readonly string[], end: Step["end"] = "close"): Step {
  return { headers: { "content-type": "text/event-stream" }, pieces, end };
}

/** A stream that says some words and ends as it should. */
export function speaks(words: readonly string[], finish: FinishReason = "stop"): Step {
  return streams([
    chunk({ role: "assistant", content: "" }),
    ...words.map((content) => chunk({ content })),
    chunk({}, finish),
    USAGE_CHUNK,
    DONE,
  ]);
}
