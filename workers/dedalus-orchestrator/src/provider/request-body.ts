import {
  type ChatMessage,
  type CompletionRequest,
  type JsonSchema,
  STRUCTURED_OUTPUTS,
  type ToolDefinition,
} from "@crescendai/contracts";
import { toJsonSchema } from "@valibot/to-json-schema";

/**
 * Parameters that some models don't take as we say them, and that an answer can do without: reasoning models have no
 * temperature, and call the limit of tokens `max_completion_tokens`.
 */
export const DISPENSABLE_PARAMETERS = ["temperature", "max_tokens"] as const;

/** The name of such a parameter. */
export type DispensableParameter = (typeof DISPENSABLE_PARAMETERS)[number];

/** What is asked of a model, as the SDK takes it, without `stream`. */
export function requestBody(
  request: Pick<CompletionRequest, "messages" | "tools" | "temperature" | "max_tokens" | "structured_output">,
  model: string,
  without: ReadonlySet<DispensableParameter>,
) {
  const { temperature, max_tokens, tools = [], structured_output } = request;
  return {
    model,
    messages: request.messages.map(messageParameter),
    ...(tools.length === 0 ? {} : { tools: tools.map(toolParameter) }),
    ...(temperature === undefined || without.has("temperature") ? {} : { temperature }),
    ...(max_tokens === undefined ? {} : limitOfTokens(max_tokens, without)),
    ...(structured_output === undefined
      ? {}
      : {
          response_format: {
            type: "json_schema" as const,
            json_schema: {
              name: structured_output,
              strict: true,
              schema: { ...toJsonSchema(STRUCTURED_OUTPUTS[structured_output]) },
            },
          },
        }),
  };
}

function messageParameter(message: ChatMessage) {
  if (message.role !== "assistant") return message;
  const { tool_calls, ...said } = message;
  return tool_calls === undefined ? said : { ...said, tool_calls };
}

function limitOfTokens(limit: number, without: ReadonlySet<DispensableParameter>) {
  return without.has("max_tokens") ? { max_completion_tokens: limit } : { max_tokens: limit };
}

function toolParameter({ name, description, parameters }: ToolDefinition) {
  return {
    type: "function" as const,
    function: { name, description, parameters: verbatim(parameters) },
  };
}

/**
 * A JSON Schema that reaches the wire as it is. The SDK writes every key of a plain object in snake_case, which makes
 * `additional_properties` of `additionalProperties`; it leaves alone what isn't a plain object, and JSON is made of it by
 * `toJSON`.
 */
function verbatim(schema: JsonSchema): Record<string, unknown> {
  return { [Symbol.toStringTag]: "JsonSchema", toJSON: () => schema };
}
