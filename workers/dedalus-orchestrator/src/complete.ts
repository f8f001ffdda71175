import {
  type Completion,
  type CompletionRequest,
  CompletionRequestSchema,
  failed,
  ok,
  type Result,
} from "@crescendai/contracts";
import { validate } from "@crescendai/worker-kit";
import { checkBudget, recordUsage } from "./accounting/budget.ts";
import { addUsage, usageOf } from "./accounting/count-usage.ts";
import { askModels, type Question } from "./asking/ask-models.ts";
import type { Orchestrator } from "./orchestrator.ts";
import { askWhole } from "./provider/ask.ts";
import type { AnswerPart } from "./provider/assemble.ts";
import { serviceErrorOf } from "./provider/failure.ts";
import { startWatch } from "./provider/time-limits.ts";
import { askToRepair, readStructured } from "./structured/structured-output.ts";

/** Nobody can take back the question of a whole answer. */
const NEVER = new AbortController().signal;

/** A whole answer, out of the cache if that will do and it is there. */
export async function complete(
  orchestrator: Orchestrator,
  given: CompletionRequest,
): Promise<Result<Completion>> {
  const { cache, configuration, limits, now, waitUntil } = orchestrator;
  const valid = validate(CompletionRequestSchema, given, "request");
  if (!valid.ok) return valid;
  const request = valid.value;
  const [model] = configuration.models;
  const kept = request.repeatable ? await cache.find(request, model) : null;
  if (kept !== null) return ok(kept);
  const budget = await checkBudget(orchestrator, request.user_id);
  if (!budget.ok) return budget;
  const question = { request, watch: startWatch(limits, NEVER, now), cancelled: NEVER };
  const answer = await answerInForm(orchestrator, question);
  if (!answer.ok) return answer;
  const { completion, askedFor } = answer.value;
  // Another model's answer is a makeshift.
  if (request.repeatable && askedFor === model) waitUntil(cache.keep(request, model, completion));
  return ok(completion);
}

/** A completion, and the model that was asked for it. */
interface Answer {
  readonly completion: Completion;
  readonly askedFor: string;
}

/** An answer in the form that was asked for, if one was; the model has one chance to mend it. */
async function answerInForm(orchestrator: Orchestrator, question: Question): Promise<Result<Answer>> {
  const first = await answerOnce(orchestrator, question);
  const { structured_output: name, messages } = question.request;
  if (!first.ok || name === undefined) return first;
  const read = readStructured(name, first.value.completion.content);
  if (read.ok) return ok(withStructured(first.value, read.value));
  orchestrator.log.warn("answer not of the form", { cause: first.value.completion.model, attempt: 1 });
  const repair = askToRepair(messages, first.value.completion.content, read.error);
  const second = await answerOnce(orchestrator, {
    ...question,
    request: { ...question.request, messages: repair },
  });
  if (!second.ok) return second;
  const usage = addUsage(first.value.completion.usage, second.value.completion.usage);
  const answer = { ...second.value, completion: { ...second.value.completion, usage } };
  const mended = readStructured(name, answer.completion.content);
  if (mended.ok) return ok(withStructured(answer, mended.value));
  orchestrator.log.warn("answer not of the form", { cause: answer.completion.model, attempt: 2 });
  return failed({
    code: "AI_SERVICE_ERROR",
    message: "The language model did not answer in the form that was asked for. Please try again.",
  });
}

function withStructured(answer: Answer, structured: unknown): Answer {
  return { ...answer, completion: { ...answer.completion, structured } };
}

async function answerOnce(orchestrator: Orchestrator, question: Question): Promise<Result<Answer>> {
  const { now, waitUntil } = orchestrator;
  const { request } = question;
  const answered = await askModels(orchestrator, question, askWhole);
  if (!answered.ok) return failed(serviceErrorOf(answered.error));
  const { model: askedFor, value, breaker } = answered.value;
  waitUntil(breaker.ended(true, now()));
  const { parts, ending } = value;
  const usage = usageOf(request, askedFor, ending);
  const model = ending.model ?? askedFor;
  waitUntil(recordUsage(orchestrator, request.user_id, model, usage));
  const text = textOf(parts);
  const completion: Completion = {
    content: text === "" ? null : text,
    tool_calls: parts.flatMap((part) => (part.type === "tool_call" ? [part.tool_call] : [])),
    finish_reason: ending.finishReason,
    model,
    usage,
    cached: false,
    structured: null,
  };
  return ok({ completion, askedFor });
}

function textOf(parts: readonly AnswerPart[]): string {
  return parts.map((part) => (part.type === "token" ? part.content : "")).join("");
}
