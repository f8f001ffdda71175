import { type Completion, FeedbackProseSchema, failed, ok, type Result } from "@crescendai/contracts";
import { describeCause, type HandlerContext, withTimeLimit } from "@crescendai/worker-kit";
import * as v from "valibot";
import type { Words } from "../tables/wordings.ts";
import { rewordingMessages, withIds } from "./request.ts";
import { takeRewordings } from "./take-rewordings.ts";

/** What the model has said that can stand, and which it was. */
export interface Wording {
  readonly model: string;
  readonly words: Words;
}

/** Why there are no words of the model's. */
export interface Failure {
  /** For the log; nothing that the model has said. */
  readonly cause: string;
  /** Seconds. */
  readonly retryAfter?: number | undefined;
}

/**
 * Asks the language model to reword texts, once: what there is to try again tries the orchestrator. Any fault, and an answer
 * of which nothing can stand, is a failure; that the texts can't be said better isn't.
 *
 * @param latestMs milliseconds after which its answer isn't waited for any more.
 */
export async function askModel(
  texts: readonly string[],
  { env, caller, log }: HandlerContext<FeedbackEnv>,
  latestMs: number,
): Promise<Result<Wording, Failure>> {
  const asked = withIds(texts);
  const completion = await complete(env, latestMs, {
    user_id: caller.userId,
    request_id: caller.requestId,
    purpose: "feedback",
    messages: rewordingMessages(asked),
    temperature: 0,
    structured_output: "feedback_prose",
    // What it says is kept here, where it goes with its recording, and in no cache where it would stay behind.
    repeatable: false,
  });
  if (!completion.ok) return completion;
  const { structured, model } = completion.value;
  const prose = v.safeParse(FeedbackProseSchema, structured);
  if (!prose.success) return failed({ cause: "the answer is not of the form that was asked for" });
  const { words, refused } = takeRewordings(asked, prose.output);
  if (refused > 0 && words.size === 0) return failed({ cause: "no other words that say the same" });
  if (refused > 0) log.info("rewordings refused", { count: refused });
  return ok({ model, words: [...words] });
}

async function complete(
  { ORCHESTRATOR }: Pick<FeedbackEnv, "ORCHESTRATOR">,
  latestMs: number,
  request: Parameters<FeedbackEnv["ORCHESTRATOR"]["complete"]>[0],
): Promise<Result<Completion, Failure>> {
  const asking = async (): Promise<Result<Completion>> => await ORCHESTRATOR.complete(request);
  try {
    const answer = await withTimeLimit(asking(), latestMs);
    if (answer.ok) return answer;
    return failed({ cause: answer.error.code, retryAfter: answer.error.retryAfter });
  } catch (cause) {
    return failed({ cause: describeCause(cause) });
  }
}
