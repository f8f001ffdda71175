import * as v from "valibot";
import { faultInHistory } from "./history.ts";
import { MessageSchema } from "./messages.ts";

const ToolSchema = v.pipe(
  v.object({
    type: v.literal("function"),
    function: v.object({
      name: v.pipe(v.string(), v.regex(/^[a-zA-Z0-9_-]{1,64}$/)),
      description: v.optional(v.string(), ""),
      parameters: v.optional(v.record(v.string(), v.unknown()), {}),
    }),
  }),
  v.transform((tool) => tool.function),
);
export type Tool = v.InferOutput<typeof ToolSchema>;

const LimitSchema = v.nullish(v.pipe(v.number(), v.integer(), v.minValue(1)), null);

const RequestSchema = v.object({
  model: v.pipe(v.string(), v.minLength(1)),
  messages: v.pipe(v.array(MessageSchema), v.minLength(1)),
  tools: v.nullish(v.array(ToolSchema), []),
  temperature: v.nullish(v.pipe(v.number(), v.minValue(0), v.maxValue(2))),
  max_tokens: LimitSchema,
  max_completion_tokens: LimitSchema,
  stream: v.nullish(v.boolean(), false),
  stream_options: v.nullish(v.object({ include_usage: v.nullish(v.boolean(), false) })),
  response_format: v.nullish(
    v.variant("type", [
      v.object({ type: v.picklist(["text", "json_object"]) }),
      v.object({
        type: v.literal("json_schema"),
        json_schema: v.object({ name: v.string(), schema: v.record(v.string(), v.unknown()) }),
      }),
    ]),
  ),
});

/** What is asked, as far as the stand-in takes notice of it. */
export type CompletionRequest = v.InferOutput<typeof RequestSchema>;

/** A request, or what is wrong with it, and with which parameter. */
export type ReadRequest =
  | { readonly ok: true; readonly value: CompletionRequest }
  | { readonly ok: false; readonly message: string; readonly param: string | null };

/** Reads a body: JSON of the wire's form, whose messages are a history that a provider takes. */
export function readRequest(body: string): ReadRequest {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), RequestSchema), body, { abortEarly: true });
  if (!parsed.success) {
    const [issue] = parsed.issues;
    return { ok: false, message: issue.message, param: v.getDotPath(issue) };
  }
  const fault = faultInHistory(parsed.output.messages);
  return fault === null
    ? { ok: true, value: parsed.output }
    : { ok: false, message: fault, param: "messages" };
}
