import { failed, ok, type Result } from "@crescendai/contracts";
import * as v from "valibot";
import type { ProviderFailure } from "./failure.ts";

/*
 * What we read of the provider's answers (https://platform.openai.com/docs/api-reference/chat): only what we need, with room
 * for what providers leave out or add.
 */

const TokenCountSchema = v.pipe(v.number(), v.integer(), v.minValue(0));

const WireUsageSchema = v.object({
  prompt_tokens: TokenCountSchema,
  completion_tokens: TokenCountSchema,
});

const FragmentSchema = v.object({
  index: v.nullish(v.pipe(v.number(), v.integer(), v.minValue(0))),
  id: v.nullish(v.string()),
  function: v.nullish(v.object({ name: v.nullish(v.string()), arguments: v.nullish(v.string()) })),
});

const DeltaSchema = v.object({
  content: v.nullish(v.string()),
  refusal: v.nullish(v.string()),
  tool_calls: v.nullish(v.array(FragmentSchema)),
});

const ChoiceSchema = v.object({
  index: v.nullish(v.number()),
  delta: v.nullish(DeltaSchema),
  message: v.nullish(DeltaSchema),
  finish_reason: v.nullish(v.string()),
});

/** A chunk of a stream, or a whole answer: the same but for `delta` and `message`. */
const AnswerSchema = v.object({
  model: v.nullish(v.string()),
  choices: v.nullish(v.array(ChoiceSchema)),
  usage: v.nullish(WireUsageSchema),
  error: v.optional(v.unknown()),
});

/** A piece of a tool call: which one it belongs to, by index or, failing that, by its id. */
export interface ToolCallFragment {
  readonly index: number | null;
  readonly id: string;
  readonly name: string;
  readonly arguments: string;
}

/** What a chunk of a stream, or a whole answer, brings. */
export interface WireChunk {
  readonly model: string | null;
  readonly content: string;
  readonly fragments: readonly ToolCallFragment[];
  readonly finishReason: string | null;
  readonly usage: v.InferOutput<typeof WireUsageSchema> | null;
}

/** Reads a chunk of a stream, or a whole answer; `malformed` if it is neither, `unavailable` if it speaks of an error. */
export function readChunk(value: unknown): Result<WireChunk, ProviderFailure> {
  const parsed = v.safeParse(AnswerSchema, value);
  if (!parsed.success) return failed({ kind: "malformed", reason: "a part of the answer has another form" });
  const { model, choices, usage, error } = parsed.output;
  if (error !== undefined && error !== null)
    return failed({ kind: "unavailable", reason: "it reported an error in its answer" });
  const choice = choices?.find(({ index }) => (index ?? 0) === 0);
  const said = choice?.delta ?? choice?.message;
  return ok({
    model: model ?? null,
    // A model that refuses says so in words: they are the answer.
    content: `${said?.content ?? ""}${said?.refusal ?? ""}`,
    fragments: (said?.tool_calls ?? []).map((fragment) => ({
      index: fragment.index ?? null,
      id: fragment.id ?? "",
      name: fragment.function?.name ?? "",
      arguments: fragment.function?.arguments ?? "",
    })),
    finishReason: choice?.finish_reason ?? null,
    usage: usage ?? null,
  });
}
