import {
  type Caller,
  type ChatEvent,
  type ChatMessage,
  failed,
  ok,
  type Result,
  type ServiceError,
  type ToolCall,
} from "@crescendai/contracts";
import type { Logger } from "@crescendai/worker-kit";
import { piecesOf } from "../answer/server-sent-events.ts";
import { buildPrompt, type PromptInput } from "../prompt/build-prompt.ts";
import { findFault } from "../prompt/find-fault.ts";
import type { Services } from "../services.ts";
import { callTools, readCalls } from "../tools/call-tools.ts";
import type { ToolContext } from "../tools/tool.ts";
import { TOOL_DEFINITIONS } from "../tools/toolbox.ts";
import { isVerbatimIn } from "../tools/verbatim.ts";
import { completionEvents } from "./completion-events.ts";
import type { Addition, Draft } from "./draft.ts";

/** Rounds of tools in a turn; after them the model must answer from what it has. */
const MAX_TOOL_ROUNDS = 4;

/** Tokens of one answer at most: some pages. */
const MAX_ANSWER_TOKENS = 2000;

/** What a turn works on and with. */
export interface Turn {
  readonly id: string;
  readonly caller: Caller;
  readonly prompt: Omit<PromptInput, "rounds" | "toolsAllowed">;
  readonly draft: Draft;
  readonly services: Services;
  readonly readQuestions: ToolContext["readQuestions"];
  /** Raised when the player ends the turn. */
  readonly signal: AbortSignal;
  readonly emit: (event: ChatEvent) => void;
  readonly log: Logger;
}

/**
 * Answers a question: has the model speak and carries out the tools that it calls, until it says what it has to say. All that
 * comes of it stands in the draft, also where it fails or is ended in the middle.
 */
export async function runTurn(turn: Turn): Promise<Result<null>> {
  for (let round = 0; round < MAX_TOOL_ROUNDS; round += 1) {
    const calls = await runRound(turn, true);
    if (!calls.ok) return calls;
    if (turn.signal.aborted) return ok(null);
    if (calls.value.length === 0) return finish(turn);
    await runTools(turn, calls.value);
    if (turn.signal.aborted) return ok(null);
  }
  const last = await runRound(turn, false);
  if (!last.ok) return last;
  return turn.signal.aborted ? ok(null) : finish(turn);
}

/** One answer of the model: what it says is sent on as it comes; the calls that it wants come back. */
async function runRound(turn: Turn, toolsAllowed: boolean): Promise<Result<ToolCall[]>> {
  const { caller, draft, services, signal, log } = turn;
  const messages = validMessages(turn, toolsAllowed, log);
  const stream = await services.stream({
    user_id: caller.userId,
    request_id: caller.requestId,
    purpose: "chat",
    messages,
    ...(toolsAllowed ? { tools: [...TOOL_DEFINITIONS] } : {}),
    max_tokens: MAX_ANSWER_TOKENS,
    repeatable: false,
  });
  if (!stream.ok) return stream;
  const calls: ToolCall[] = [];
  for await (const event of completionEvents(stream.value, signal)) {
    if (!event.ok) return withRest(turn, event);
    switch (event.value.type) {
      case "token":
        send(turn, draft.say(event.value.content));
        break;
      case "tool_call":
        calls.push(event.value.tool_call);
        break;
      case "done":
        draft.model = event.value.model;
        draft.addUsage(event.value.usage);
        break;
      case "error":
        return withRest(turn, failed(withoutUndefined(event.value.error)));
    }
  }
  send(turn, draft.finishSaying());
  // Calls that were not offered can't be carried out.
  return ok(toolsAllowed ? calls : []);
}

/** What is sent to the model. Should an earlier turn spoil the history, this one goes on without it. */
function validMessages({ prompt, draft }: Turn, toolsAllowed: boolean, log: Logger): ChatMessage[] {
  const input = { ...prompt, rounds: draft.doneRounds, toolsAllowed };
  const messages = buildPrompt(input);
  const fault = findFault(messages);
  if (fault === null) return messages;
  log.error("history is not valid", { cause: fault });
  return buildPrompt({ ...input, earlier: [] });
}

async function runTools(turn: Turn, wanted: readonly ToolCall[]): Promise<void> {
  const { id, caller, services, draft, emit, log } = turn;
  const calls = readCalls(wanted, id, draft.toolCallCount);
  for (const { name, given } of calls) emit({ type: "tool_call", tool: name, arguments: given ?? {} });
  const context: ToolContext = {
    caller,
    services,
    passages: draft.passages,
    readQuestions: turn.readQuestions,
    question: turn.prompt.question,
    saved: (texts) => draft.saved.push(...texts),
    savedBefore: [...draft.saved],
    forgotten: (texts) => draft.forgotten.push(...texts),
  };
  draft.endRound(await callTools(calls, context, log));
}

/** The end of an answer: what was saved or forgotten is confirmed in it, and an answer that says nothing is none. */
function finish(turn: Turn): Result<null> {
  const { draft } = turn;
  const unconfirmed = (texts: readonly string[]) =>
    [...new Set(texts)].filter((text) => !isVerbatimIn(text, [draft.content]));
  confirm(turn, "I have saved in your profile", unconfirmed(draft.saved));
  confirm(turn, "I have removed from your profile", unconfirmed(draft.forgotten));
  return draft.hasSaid
    ? ok(null)
    : failed({
        code: "AI_SERVICE_ERROR",
        message: "The language model gave no answer. Please ask again, perhaps in other words.",
      });
}

function confirm(turn: Turn, what: string, texts: readonly string[]): void {
  const { draft } = turn;
  if (texts.length === 0) return;
  const sentence = `${what}: ${texts.join("; ")}.`;
  send(turn, draft.say(draft.hasSaid ? `\n\n${sentence}` : sentence));
  send(turn, draft.finishSaying());
}

/** A failure in the middle, with what was kept back of the text before it. */
function withRest(turn: Turn, failure: Result<never>): Result<never> {
  send(turn, turn.draft.finishSaying());
  return failure;
}

function send({ emit }: Turn, { text, citations }: Addition): void {
  for (const content of piecesOf(text)) emit({ type: "token", content });
  for (const citation of citations) emit({ type: "citation", ...citation });
}

function withoutUndefined(error: {
  code: ServiceError["code"];
  message: string;
  retryAfter?: number | undefined;
}): ServiceError {
  const { code, message, retryAfter } = error;
  return { code, message, ...(retryAfter === undefined ? {} : { retryAfter }) };
}
