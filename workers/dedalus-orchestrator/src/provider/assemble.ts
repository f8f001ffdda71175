import {
  type FinishReason,
  FinishReasonSchema,
  failed,
  ok,
  type Result,
  type ToolCall,
} from "@crescendai/contracts";
import * as v from "valibot";
import type { ProviderFailure } from "./failure.ts";
import type { ToolCallFragment, WireChunk } from "./wire.ts";

/** A part of an answer that can be passed on. */
export type AnswerPart =
  | { readonly type: "token"; readonly content: string }
  | { readonly type: "tool_call"; readonly tool_call: ToolCall };

/** A tool call as far as it has come, and the place that the provider gives it among the others. */
interface IndexedCall {
  readonly index: number;
  readonly call: ToolCall;
}

/** What has come of an answer so far. */
export interface AnswerSoFar {
  /** As the model names itself; null before it did. */
  readonly model: string | null;
  /** UTF-16 code units of text and of tool calls. */
  readonly characters: number;
  readonly hasText: boolean;
  readonly calls: readonly IndexedCall[];
  readonly finishReason: FinishReason | null;
  readonly usage: WireChunk["usage"];
}

/** An answer before its first chunk. */
export const NOTHING_SO_FAR: AnswerSoFar = {
  model: null,
  characters: 0,
  hasText: false,
  calls: [],
  finishReason: null,
  usage: null,
};

/** How an answer ended. */
export interface Ending extends AnswerSoFar {
  readonly finishReason: FinishReason;
}

/**
 * Adds a chunk to what has come: the answer so far, and the parts that are complete with it. Tool calls are complete when
 * the answer is. Fails if it ended in a way that nobody knows, or with a tool call that can't be called.
 */
export function takeChunk(
  before: AnswerSoFar,
  chunk: WireChunk,
): Result<{ readonly soFar: AnswerSoFar; readonly parts: readonly AnswerPart[] }, ProviderFailure> {
  const calls = chunk.fragments.reduce(addFragment, before.calls);
  const soFar: AnswerSoFar = {
    model: chunk.model ?? before.model,
    characters:
      before.characters +
      chunk.content.length +
      chunk.fragments.reduce((sum, { name, arguments: text }) => sum + name.length + text.length, 0),
    hasText: before.hasText || chunk.content.trim() !== "",
    calls,
    finishReason: before.finishReason,
    usage: chunk.usage ?? before.usage,
  };
  const tokens: AnswerPart[] = chunk.content === "" ? [] : [{ type: "token", content: chunk.content }];
  // Some providers say twice that it's over.
  if (chunk.finishReason === null || before.finishReason !== null) return ok({ soFar, parts: tokens });
  const reason = v.safeParse(FinishReasonSchema, chunk.finishReason);
  if (!reason.success)
    return failed({ kind: "malformed", reason: "it ended for a reason that is not known" });
  const finished = finishCalls(calls);
  if (!finished.ok) return finished;
  const parts = finished.value.map((tool_call) => ({ type: "tool_call" as const, tool_call }));
  return ok({
    soFar: {
      ...soFar,
      // Some say "stop" where tools are to be called.
      finishReason: parts.length > 0 ? "tool_calls" : reason.output,
    },
    parts: [...tokens, ...parts],
  });
}

function addFragment(calls: readonly IndexedCall[], fragment: ToolCallFragment): readonly IndexedCall[] {
  const index = fragment.index ?? indexOf(calls, fragment.id);
  const before = calls.find((call) => call.index === index)?.call;
  const call: ToolCall = {
    id: before === undefined || before.id === "" ? fragment.id : before.id,
    type: "function",
    function: {
      name: (before?.function.name ?? "") + fragment.name,
      arguments: (before?.function.arguments ?? "") + fragment.arguments,
    },
  };
  return before === undefined
    ? [...calls, { index, call }]
    : calls.map((other) => (other.index === index ? { index, call } : other));
}

/** The place of a piece that doesn't say it: with an id of its own a new one, else the last. */
function indexOf(calls: readonly IndexedCall[], id: string): number {
  const known = id === "" ? calls.at(-1) : calls.find(({ call }) => call.id === id);
  return known?.index ?? Math.max(-1, ...calls.map(({ index }) => index)) + 1;
}

const ArgumentsSchema = v.pipe(v.string(), v.parseJson(), v.record(v.string(), v.unknown()));

function finishCalls(calls: readonly IndexedCall[]): Result<ToolCall[], ProviderFailure> {
  const finished: ToolCall[] = [];
  for (const { call } of calls) {
    // A tool without parameters is often called with nothing at all.
    const text = call.function.arguments.trim() === "" ? "{}" : call.function.arguments;
    const isCallable =
      call.id !== "" && call.function.name !== "" && v.safeParse(ArgumentsSchema, text).success;
    if (!isCallable) return failed({ kind: "malformed", reason: "a tool call is not complete" });
    finished.push({ ...call, function: { ...call.function, arguments: text } });
  }
  return ok(finished);
}

/** What an answer came to when nothing more comes: cut short, empty, or complete. */
export function concludeAnswer(soFar: AnswerSoFar): Result<Ending, ProviderFailure> {
  const { finishReason } = soFar;
  if (finishReason === null) return failed({ kind: "malformed", reason: "the answer is cut short" });
  if (soFar.hasText || soFar.calls.length > 0) return ok({ ...soFar, finishReason });
  return failed(
    finishReason === "content_filter"
      ? { kind: "withheld", reason: "its filter let nothing through" }
      : { kind: "malformed", reason: "the answer is empty" },
  );
}
