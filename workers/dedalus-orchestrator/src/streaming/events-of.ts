import type { Completion, CompletionEvent, CompletionRequest, Result, Usage } from "@crescendai/contracts";
import { recordUsage } from "../accounting/budget.ts";
import { usageOf } from "../accounting/count-usage.ts";
import { type Answered, noteFailure } from "../asking/ask-models.ts";
import type { Orchestrator } from "../orchestrator.ts";
import { type AnswerPart, type AnswerSoFar, type Ending, NOTHING_SO_FAR } from "../provider/assemble.ts";
import { type ProviderFailure, serviceErrorOf } from "../provider/failure.ts";
import type { OpenedAnswer } from "./open-answer.ts";

/**
 * The events of an answer that has begun, the last one `done` or `error`. What it took is written down however it ends, also
 * where nobody listens to the end.
 */
export async function* eventsOf(
  orchestrator: Orchestrator,
  request: CompletionRequest,
  { model, value: { first, rest }, breaker }: Answered<OpenedAnswer>,
): AsyncGenerator<CompletionEvent, void, undefined> {
  const said: AnswerPart[] = [];
  let ending: Result<Ending, ProviderFailure> | null = null;
  try {
    for (let part = first; ; ) {
      said.push(part);
      yield part;
      const step = await rest.next();
      if (step.done === true) {
        ending = step.value;
        break;
      }
      part = step.value;
    }
    if (ending.ok) yield doneEvent(request, model, ending.value);
    else yield { type: "error", error: serviceErrorOf(ending.error) };
  } finally {
    // Ends the provider's request, where the reader has gone.
    if (ending === null) await rest.return({ ok: false, error: CANCELLED });
    settle(orchestrator, request, {
      model,
      said,
      ending: ending ?? { ok: false, error: CANCELLED },
      breaker,
    });
  }
}

const CANCELLED: ProviderFailure = { kind: "cancelled", reason: "nobody wants the answer any more" };

function doneEvent(request: CompletionRequest, askedFor: string, ending: Ending): CompletionEvent {
  return {
    type: "done",
    finish_reason: ending.finishReason,
    model: ending.model ?? askedFor,
    usage: usageOf(request, askedFor, ending),
  };
}

/** Writes down, behind the answer, what it took and how it ended, and keeps it if it may be repeated. */
function settle(
  orchestrator: Orchestrator,
  request: CompletionRequest,
  {
    model: askedFor,
    said,
    ending,
    breaker,
  }: Pick<Answered<unknown>, "model" | "breaker"> & {
    readonly said: readonly AnswerPart[];
    readonly ending: Result<Ending, ProviderFailure>;
  },
): void {
  const { cache, configuration, now, waitUntil } = orchestrator;
  const answer = ending.ok ? ending.value : brokenOff(said);
  const usage = usageOf(request, askedFor, answer);
  const model = answer.model ?? askedFor;
  waitUntil(recordUsage(orchestrator, request.user_id, model, usage));
  if (!ending.ok) {
    noteFailure(orchestrator, askedFor, ending.error, 1, breaker);
    return;
  }
  waitUntil(breaker.ended(true, now()));
  if (request.repeatable && askedFor === configuration.models[0])
    waitUntil(cache.keep(request, askedFor, completionOf(said, ending.value, model, usage)));
}

/** An answer of which only what was passed on is known. */
function brokenOff(said: readonly AnswerPart[]): AnswerSoFar {
  const characters = said.reduce((sum, part) => sum + (part.type === "token" ? part.content.length : 0), 0);
  return { ...NOTHING_SO_FAR, characters };
}

function completionOf(
  said: readonly AnswerPart[],
  { finishReason }: Ending,
  model: string,
  usage: Usage,
): Completion {
  const text = said.map((part) => (part.type === "token" ? part.content : "")).join("");
  return {
    content: text === "" ? null : text,
    tool_calls: said.flatMap((part) => (part.type === "tool_call" ? [part.tool_call] : [])),
    finish_reason: finishReason,
    model,
    usage,
    cached: false,
    structured: null,
  };
}
