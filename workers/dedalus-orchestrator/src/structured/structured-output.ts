import {
  type ChatMessage,
  failed,
  ok,
  type Result,
  STRUCTURED_OUTPUTS,
  type StructuredOutputName,
} from "@crescendai/contracts";
import { parseJson, validate } from "@crescendai/worker-kit";

/** Models like to put JSON into a block of Markdown. */
const FENCED = /^```(?:json)?\s*\n([\s\S]*?)\n?```$/;

/** Reads an answer as the form that was asked for; else a sentence that says what is wrong with it. */
export function readStructured(name: StructuredOutputName, content: string | null): Result<unknown, string> {
  const text = (content ?? "").trim();
  const json = parseJson(new TextEncoder().encode(FENCED.exec(text)?.[1] ?? text), "answer");
  if (!json.ok) return failed(json.error.message);
  const checked = validate(STRUCTURED_OUTPUTS[name], json.value, "answer");
  if (checked.ok) return ok(checked.value);
  const faults = (checked.error.errors ?? []).map(
    ({ path, message }) => `${path === "" ? "answer" : path} ${message}`,
  );
  return failed(`${faults.join("; ")}.`);
}

/** The conversation, with the answer that wasn't of the form, and what was wrong with it. */
export function askToRepair(
  messages: readonly ChatMessage[],
  content: string | null,
  problem: string,
): ChatMessage[] {
  return [
    ...messages,
    { role: "assistant", content: content ?? "" },
    {
      role: "user",
      content: `That is not in the form that was asked for: ${problem} Answer again, with nothing but the JSON, all of it.`,
    },
  ];
}
