import {
  type Completion,
  type CompletionEvent,
  type CompletionRequest,
  failed,
  ok,
  type Passage,
  type Result,
  type SearchRequest,
  type ServiceError,
} from "@crescendai/contracts";
import { overriding } from "@crescendai/worker-testing/overriding";
import { type ConversationTimes, TIMES } from "../../src/conversation/times.ts";

/** What the model does when it is asked: an error before it says anything, or what it says, piece by piece. */
export type Answer =
  | ServiceError
  | Iterable<CompletionEvent | string>
  | AsyncIterable<CompletionEvent | string>;

/** The model of a user; `call` counts its answers from 0. A string stands for bytes that are sent as they are. */
export type Model = (request: CompletionRequest, call: number) => Answer;

const models = new Map<string, { readonly model: Model; readonly requests: CompletionRequest[] }>();
let library: (request: SearchRequest) => Result<readonly Passage[]> = () => ok([]);
/** Ids of users of whose models a stream was given up before its end. */
export const cancelled: string[] = [];

/** Has a user's model answer as told; every request that it gets is kept. */
export function scriptModel(userId: string, model: Model): CompletionRequest[] {
  const requests: CompletionRequest[] = [];
  models.set(userId, { model, requests });
  return requests;
}

/** Has the library hold what is told. */
export function scriptLibrary(search: (request: SearchRequest) => Result<readonly Passage[]>): void {
  library = search;
}

let times: Partial<ConversationTimes> = {};

/** Has the conversations that begin from now on take other times; none: their own. */
export function scriptTimes(given: Partial<ConversationTimes> = {}): void {
  times = given;
}

export function scriptedTimes(): ConversationTimes {
  return { ...TIMES, ...times };
}

export const USAGE = { prompt_tokens: 10, completion_tokens: 5, cost_microdollars: 7 } as const;

export function token(content: string): CompletionEvent {
  return { type: "token", content };
}

export function toolCall(name: string, given: unknown, id = "call_1"): CompletionEvent {
  const text = typeof given === "string" ? given : JSON.stringify(given);
  return { type: "tool_call", tool_call: { id, type: "function", function: { name, arguments: text } } };
}

export function done(reason: "stop" | "tool_calls" = "stop"): CompletionEvent {
  return { type: "done", finish_reason: reason, model: "scripted", usage: USAGE };
}

/** An answer that says something, in pieces. */
export function saying(...pieces: readonly string[]): CompletionEvent[] {
  return [...pieces.map(token), done()];
}

/** An answer that calls tools. */
export function calling(...calls: readonly CompletionEvent[]): CompletionEvent[] {
  return [...calls, done("tool_calls")];
}

export function scriptedBindings(env: ChatEnv): ChatEnv {
  return {
    ...env,
    ORCHESTRATOR: overriding(env.ORCHESTRATOR, {
      async stream(request: CompletionRequest): Promise<Result<ReadableStream<Uint8Array>>> {
        const answer = answerOf(request);
        return "code" in answer ? failed(answer) : ok(streamOf(answer, request.user_id));
      },
      async complete(request: CompletionRequest): Promise<Result<Completion>> {
        const answer = answerOf(request);
        if ("code" in answer) return failed(answer);
        let content = "";
        for await (const event of answer) {
          if (typeof event !== "string" && event.type === "token") content += event.content;
        }
        return ok({
          content,
          tool_calls: [],
          finish_reason: "stop",
          model: "scripted",
          usage: USAGE,
          cached: false,
          structured: null,
        });
      },
    }),
    RAG: overriding(env.RAG, {
      async search(request: SearchRequest) {
        const results = library(request);
        return results.ok
          ? ok({ query: request.q, mode: "hybrid" as const, results: results.value })
          : results;
      },
    }),
  };
}

function answerOf(request: CompletionRequest): Answer {
  const scripted = models.get(request.user_id);
  if (scripted === undefined)
    return { code: "AI_SERVICE_ERROR", message: "Nobody scripted this user's model." };
  scripted.requests.push(request);
  return scripted.model(request, scripted.requests.length - 1);
}

function streamOf(
  events: Iterable<CompletionEvent | string> | AsyncIterable<CompletionEvent | string>,
  userId: string,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const iterator = (async function* () {
    yield* events;
  })();
  return new ReadableStream({
    type: "bytes",
    async pull(controller) {
      const { done: ended, value } = await iterator.next();
      if (ended) {
        controller.close();
        controller.byobRequest?.respond(0);
        return;
      }
      controller.enqueue(encoder.encode(typeof value === "string" ? value : `${JSON.stringify(value)}\n`));
    },
    cancel() {
      cancelled.push(userId);
    },
  });
}

/** A gate that a script waits at until the test opens it. */
export function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { opened: promise, open: () => resolve() };
}

/** A model that calls one tool, then says something. */
export const callsOnce =
  (name: string, given: unknown): Model =>
  (_request, call) =>
    call === 0 ? calling(toolCall(name, given)) : saying("Done.");

/** What was put on the wire to the model last, as one text. */
export const wireOf = (requests: readonly CompletionRequest[]) => JSON.stringify(requests.at(-1)?.messages);
