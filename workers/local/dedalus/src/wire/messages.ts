import * as v from "valibot";

const ToolCallSchema = v.object({
  id: v.pipe(v.string(), v.minLength(1)),
  type: v.literal("function"),
  function: v.object({ name: v.pipe(v.string(), v.minLength(1)), arguments: v.string() }),
});

/** A message of a conversation on the wire (https://platform.openai.com/docs/api-reference/chat). */
export const MessageSchema = v.variant("role", [
  v.object({ role: v.picklist(["system", "developer"]), content: v.string() }),
  v.object({ role: v.literal("user"), content: v.string() }),
  v.object({
    role: v.literal("assistant"),
    content: v.nullish(v.string(), null),
    tool_calls: v.optional(v.pipe(v.array(ToolCallSchema), v.minLength(1))),
  }),
  v.object({ role: v.literal("tool"), tool_call_id: v.string(), content: v.string() }),
]);
export type Message = v.InferOutput<typeof MessageSchema>;

/** The tools that a message calls. */
export function toolCallsOf(message: Message) {
  return message.role === "assistant" ? (message.tool_calls ?? []) : [];
}
