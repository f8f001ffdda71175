import * as v from "valibot";
import { CountSchema } from "./common.ts";
import { ERROR_CODES } from "./errors.ts";
import { UserIdSchema } from "./identity.ts";

/*
 * What the workers ask the orchestrator, and what it answers: messages and tools as the wire of chat completions has
 * them (https://platform.openai.com/docs/api-reference/chat), the rest our own.
 */

/** A tool that the model wants called. `arguments` is JSON as the model wrote it: to be checked by whoever calls. */
export const ToolCallSchema = v.strictObject({
  id: v.pipe(v.string(), v.minLength(1)),
  type: v.literal("function"),
  function: v.strictObject({ name: v.pipe(v.string(), v.minLength(1)), arguments: v.string() }),
});
export type ToolCall = v.InferOutput<typeof ToolCallSchema>;

/** A message of a conversation. Every tool call is answered by a `tool` message before anything else is said. */
export const ChatMessageSchema = v.variant("role", [
  v.strictObject({ role: v.literal("system"), content: v.string() }),
  v.strictObject({ role: v.literal("user"), content: v.string() }),
  v.strictObject({
    role: v.literal("assistant"),
    /** Null where the model only called tools. */
    content: v.nullable(v.string()),
    tool_calls: v.optional(v.pipe(v.array(ToolCallSchema), v.minLength(1))),
  }),
  v.strictObject({ role: v.literal("tool"), tool_call_id: v.string(), content: v.string() }),
]);
export type ChatMessage = v.InferOutput<typeof ChatMessageSchema>;

/** A JSON Schema (draft 2020-12), as made from a valibot schema. */
export const JsonSchemaSchema = v.record(v.string(), v.unknown());
export type JsonSchema = v.InferOutput<typeof JsonSchemaSchema>;

/** A tool that is offered to the model. */
export const ToolDefinitionSchema = v.strictObject({
  name: v.pipe(v.string(), v.regex(/^[a-zA-Z0-9_-]{1,64}$/, "must be 1 to 64 letters, digits, _ or -")),
  description: v.string(),
  parameters: JsonSchemaSchema,
});
export type ToolDefinition = v.InferOutput<typeof ToolDefinitionSchema>;

/**
 * Findings of feedback put into prose: every text that was given, under its id, in other words. Without a least length, which
 * strict schemas of providers may not know; whoever asks checks every text anyway.
 */
export const FeedbackProseSchema = v.strictObject({
  texts: v.array(v.strictObject({ id: v.string(), text: v.string() })),
});
export type FeedbackProse = v.InferOutput<typeof FeedbackProseSchema>;

/** The forms that an answer can be asked for in, by the name under which the model sees them. */
export const STRUCTURED_OUTPUTS = { feedback_prose: FeedbackProseSchema } as const;

/** The names of the same. */
export const StructuredOutputNameSchema = v.picklist(["feedback_prose"]);
export type StructuredOutputName = v.InferOutput<typeof StructuredOutputNameSchema>;

/** What a completion is for. */
export const CompletionPurposeSchema = v.picklist(["chat", "summary", "feedback"]);
export type CompletionPurpose = v.InferOutput<typeof CompletionPurposeSchema>;

/** What the orchestrator is asked. */
export const CompletionRequestSchema = v.strictObject({
  /** Whose budget it is. */
  user_id: UserIdSchema,
  request_id: v.string(),
  purpose: CompletionPurposeSchema,
  messages: v.pipe(v.array(ChatMessageSchema), v.minLength(1)),
  tools: v.optional(v.array(ToolDefinitionSchema)),
  /** 0…2, and 0 is a temperature; the model's own where none is given. */
  temperature: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(2))),
  /** Tokens of the answer, at most. */
  max_tokens: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  /** The form that the answer must have; only for `complete`. */
  structured_output: v.optional(StructuredOutputNameSchema),
  /** Whether what was answered to the same within the last two hours will do. */
  repeatable: v.boolean(),
});
export type CompletionRequest = v.InferOutput<typeof CompletionRequestSchema>;

/** What a completion took. Cost in millionths of a US dollar; 0 where it came out of the cache. */
export const UsageSchema = v.strictObject({
  prompt_tokens: CountSchema,
  completion_tokens: CountSchema,
  cost_microdollars: CountSchema,
});
export type Usage = v.InferOutput<typeof UsageSchema>;

/** Why an answer ended: it was complete, it became too long, tools are wanted, or the provider withheld some of it. */
export const FinishReasonSchema = v.picklist(["stop", "length", "tool_calls", "content_filter"]);
export type FinishReason = v.InferOutput<typeof FinishReasonSchema>;

/** An answer of the model. */
export const CompletionSchema = v.strictObject({
  content: v.nullable(v.string()),
  tool_calls: v.array(ToolCallSchema),
  finish_reason: FinishReasonSchema,
  /** The model that answered, as it names itself. */
  model: v.string(),
  usage: UsageSchema,
  cached: v.boolean(),
  /** What the answer says, in the form that was asked for; null if none was. */
  structured: v.nullable(v.unknown()),
});
export type Completion = v.InferOutput<typeof CompletionSchema>;

/** An event of a streamed answer. A stream ends in exactly one `done` or `error`. */
export const CompletionEventSchema = v.variant("type", [
  v.strictObject({ type: v.literal("token"), content: v.string() }),
  /** Whole, once its arguments are complete. */
  v.strictObject({ type: v.literal("tool_call"), tool_call: ToolCallSchema }),
  v.strictObject({
    type: v.literal("done"),
    finish_reason: FinishReasonSchema,
    model: v.string(),
    usage: UsageSchema,
  }),
  /** Something failed after the answer had begun. `retryAfter` in seconds. */
  v.strictObject({
    type: v.literal("error"),
    error: v.strictObject({
      code: v.picklist(ERROR_CODES),
      message: v.string(),
      retryAfter: v.optional(v.number()),
    }),
  }),
]);
export type CompletionEvent = v.InferOutput<typeof CompletionEventSchema>;
