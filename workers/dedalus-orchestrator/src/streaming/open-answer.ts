import { ok, type Result } from "@crescendai/contracts";
import { type Attempt, askStreaming, type ComingAnswer } from "../provider/ask.ts";
import type { AnswerPart } from "../provider/assemble.ts";
import type { ProviderFailure } from "../provider/failure.ts";

/** An answer that has begun: its first part is there, the others are to come. */
export interface OpenedAnswer {
  readonly first: AnswerPart;
  readonly rest: ComingAnswer;
}

/** Asks a model once, and waits until it says something. */
export async function openAnswer(attempt: Attempt): Promise<Result<OpenedAnswer, ProviderFailure>> {
  const rest = askStreaming(attempt);
  const step = await rest.next();
  if (step.done !== true) return ok({ first: step.value, rest });
  // Nothing but a failure ends an answer without a part: an empty answer is one.
  return step.value.ok
    ? { ok: false, error: { kind: "malformed", reason: "the answer is empty" } }
    : step.value;
}
