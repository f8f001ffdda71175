import { type CompletionRequest, failed, type Result } from "@crescendai/contracts";
import { backoffMs, type CircuitBreaker, openCircuitBreaker } from "@crescendai/worker-kit";
import type { Orchestrator } from "../orchestrator.ts";
import { CIRCUIT_POLICY } from "../policy.ts";
import type { Attempt } from "../provider/ask.ts";
import { isOfTheModel, isPassing, type ProviderFailure } from "../provider/failure.ts";
import { requestBody } from "../provider/request-body.ts";
import type { Watch } from "../provider/time-limits.ts";
import { doneWithout, doWithout } from "./unknown-parameters.ts";

/** What is asked, and until when anybody wants to know. */
export interface Question {
  readonly request: CompletionRequest;
  readonly watch: Watch;
  readonly cancelled: AbortSignal;
}

/** What a model gave, and which one it was. */
export interface Answered<Value> {
  readonly model: string;
  readonly value: Value;
  /** To be told how it ended, once that is known. */
  readonly breaker: CircuitBreaker;
}

/**
 * Asks one model after the other, each as often as the policy says, until one answers. Only what nobody has heard anything of
 * is tried again: `attemptOnce` succeeds as soon as there is something to pass on.
 */
export async function askModels<Value>(
  orchestrator: Orchestrator,
  question: Question,
  attemptOnce: (attempt: Attempt) => Promise<Result<Value, ProviderFailure>>,
): Promise<Result<Answered<Value>, ProviderFailure>> {
  const { configuration, database, log, now } = orchestrator;
  let last: ProviderFailure = { kind: "left_alone", reason: "every model has failed too often lately" };
  for (const model of configuration.models) {
    const breaker = openCircuitBreaker(database, model, CIRCUIT_POLICY);
    if (!(await breaker.allows(now()))) {
      log.warn("model left alone", { cause: model });
      continue;
    }
    const answer = await askModel(orchestrator, question, model, breaker, attemptOnce);
    if (answer.ok) return { ok: true, value: { model, value: answer.value, breaker } };
    if (!isOfTheModel(answer.error)) return answer;
    last = answer.error;
  }
  return failed(last);
}

async function askModel<Value>(
  orchestrator: Orchestrator,
  question: Question,
  model: string,
  breaker: CircuitBreaker,
  attemptOnce: (attempt: Attempt) => Promise<Result<Value, ProviderFailure>>,
): Promise<Result<Value, ProviderFailure>> {
  const { client, retry, random, wait, now } = orchestrator;
  const { request, watch, cancelled } = question;
  for (let number = 1; ; ) {
    const body = requestBody(request, model, doneWithout(model));
    const answer = await attemptOnce({ client, body, watch, cancelled, now });
    if (answer.ok) return answer;
    noteFailure(orchestrator, model, answer.error, number, breaker);
    if (doWithout(model, answer.error.parameter)) continue;
    if (!isPassing(answer.error) || number === retry.attempts) return answer;
    const delay = backoffMs(retry, number, random(), answer.error.retryAfterMs);
    if (delay === null || delay >= watch.remaining()) return answer;
    try {
      await wait(delay, cancelled);
    } catch {
      return failed({ kind: "cancelled", reason: "nobody wants the answer any more" });
    }
    number += 1;
  }
}

/** Writes a failure to the log, and holds it against the model if it is its own and may pass. */
export function noteFailure(
  { log, now, waitUntil }: Orchestrator,
  model: string,
  failure: ProviderFailure,
  attempt: number,
  breaker: CircuitBreaker,
): void {
  if (failure.kind === "cancelled") return;
  const fields = { cause: `${model}: ${failure.kind}: ${failure.reason}`, attempt };
  if (failure.kind === "misconfigured")
    log.error("provider refuses us", { ...fields, code: "CONFIGURATION_ERROR" });
  else log.warn("model failed", fields);
  if (isPassing(failure)) waitUntil(breaker.ended(false, now()));
}
