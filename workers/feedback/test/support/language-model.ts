import {
  type Completion,
  type CompletionRequest,
  type FeedbackProse,
  FeedbackProseSchema,
  ok,
  type Result,
} from "@crescendai/contracts";
import { overriding } from "@crescendai/worker-testing/overriding";
import * as v from "valibot";
import { searchOf, withLibrary } from "./library.ts";
import { present } from "./results.ts";

export const MODEL = "a-model-of-the-tests";

type Texts = FeedbackProse["texts"];

/** What comes of asking the model for other words. */
export type Model = (texts: Texts) => Promise<Result<Completion>>;

/** A model whose answer is in order, whatever it says. */
export function says(answer: (texts: Texts) => unknown): Model {
  return async (texts) => {
    const structured = answer(texts);
    return ok({
      content: JSON.stringify(structured),
      tool_calls: [],
      finish_reason: "stop",
      model: MODEL,
      usage: { prompt_tokens: 10, completion_tokens: 10, cost_microdollars: 1 },
      cached: false,
      structured,
    });
  };
}

/** A model that answers every text with what becomes of it. */
export function rewords(say: (text: string, index: number) => string): Model {
  return says((texts) => ({ texts: texts.map(({ id, text }, index) => ({ id, text: say(text, index) })) }));
}

/** Other words for the same. */
export const otherWords = (text: string) => `Here: ${text}`;

export const hangs: Model = () => new Promise(() => undefined);

/** The real bindings with a library that has nothing: what it has is for other tests. */
export const NO_LIBRARY = withLibrary(async (request) => searchOf([], request));

/** The bindings with feedback in prose, an orchestrator with this model, and what it was asked. */
export function withModel(model: Model, setting = "on", bindings: FeedbackEnv = NO_LIBRARY) {
  const requests: CompletionRequest[] = [];
  const complete = async (request: CompletionRequest) => {
    requests.push(request);
    const { content } = present(request.messages.at(-1));
    const { texts } = v.parse(FeedbackProseSchema, JSON.parse(content ?? ""));
    return await model(texts);
  };
  const orchestrator = overriding(bindings.ORCHESTRATOR, { complete });
  return { bindings: { ...bindings, FEEDBACK_PROSE: setting, ORCHESTRATOR: orchestrator }, requests };
}
