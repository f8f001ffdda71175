import {
  type Completion,
  type CompletionEvent,
  type CompletionRequest,
  CompletionRequestSchema,
  failed,
  ok,
  type Result,
} from "@crescendai/contracts";
import { validate } from "@crescendai/worker-kit";
import { checkBudget } from "../accounting/budget.ts";
import { askModels } from "../asking/ask-models.ts";
import type { Orchestrator } from "../orchestrator.ts";
import { serviceErrorOf } from "../provider/failure.ts";
import { startWatch } from "../provider/time-limits.ts";
import { eventsOf } from "./events-of.ts";
import { openAnswer } from "./open-answer.ts";
import { streamOfLines } from "./stream-of-lines.ts";

/**
 * An answer as it comes, out of the cache if that will do and it is there. Waits for the first thing that is said: until then
 * everything that fails is tried again, or is the result.
 */
export async function stream(
  orchestrator: Orchestrator,
  given: CompletionRequest,
): Promise<Result<ReadableStream<Uint8Array>>> {
  const { cache, configuration, limits, now } = orchestrator;
  const valid = validate(CompletionRequestSchema, given, "request");
  if (!valid.ok) return valid;
  const request = valid.value;
  if (request.structured_output !== undefined)
    return failed({
      code: "VALIDATION_ERROR",
      message: "An answer in a form can't be streamed: ask for it whole.",
    });
  const kept = request.repeatable ? await cache.find(request, configuration.models[0]) : null;
  if (kept !== null) return ok(streamOfLines(keptEvents(kept), () => undefined));
  const budget = await checkBudget(orchestrator, request.user_id);
  if (!budget.ok) return budget;
  const cancel = new AbortController();
  const cancelled = cancel.signal;
  const question = { request, watch: startWatch(limits, cancelled, now), cancelled };
  const answered = await askModels(orchestrator, question, openAnswer);
  if (!answered.ok) return failed(serviceErrorOf(answered.error));
  return ok(streamOfLines(eventsOf(orchestrator, request, answered.value), () => cancel.abort()));
}

async function* keptEvents(completion: Completion): AsyncGenerator<CompletionEvent, void, undefined> {
  const { content, tool_calls, finish_reason, model, usage } = completion;
  if (content !== null) yield { type: "token", content };
  for (const tool_call of tool_calls) yield { type: "tool_call", tool_call };
  yield { type: "done", finish_reason, model, usage };
}
