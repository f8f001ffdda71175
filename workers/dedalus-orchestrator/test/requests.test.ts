import type { ToolDefinition } from "@crescendai/contracts";
import { beforeAll, describe, expect, test } from "vitest";
import { complete } from "../src/complete.ts";
import { stream } from "../src/streaming/stream.ts";
import { refusal, speaks, whole, wireCall } from "./support/answers.ts";
import { readEvents } from "./support/events.ts";
import { KEY, migrateDatabase, question, setUp } from "./support/orchestrator.ts";

beforeAll(migrateDatabase);

const TOOL: ToolDefinition = {
  name: "search_knowledge_base",
  description: "Searches the library.",
  parameters: {
    type: "object",
    properties: { query: { type: "string", minLength: 1 }, topK: { anyOf: [{ type: "integer" }] } },
    required: ["query"],
    additionalProperties: false,
  },
};

describe("what reaches the provider", () => {
  test("is the conversation as it is, by the SDK's path, with the key in its header", async () => {
    const { orchestrator, seen, model } = await setUp([[whole({ content: "Yes." })]]);
    const call = { id: "call_1", type: "function" as const, function: { name: TOOL.name, arguments: "{}" } };
    const messages = [
      { role: "system" as const, content: "Be brief." },
      { role: "user" as const, content: "🎹 שלום\n```ts\nconst camelCase = 1;\n```" },
      { role: "assistant" as const, content: null, tool_calls: [call] },
      { role: "tool" as const, tool_call_id: "call_1", content: '{"results":[]}' },
    ];
    await complete(orchestrator, question({ messages, max_tokens: 200 }));
    const [request] = (await seen()).requests;
    expect(request?.path).toBe("/v1/chat/completions");
    expect(request?.headers).toMatchObject({ authorization: `Bearer ${KEY}` });
    expect(request?.body).toEqual({ model, messages, max_tokens: 200, stream: false });
  });

  test("is a tool's schema letter for letter, though the SDK writes keys in its own way", async () => {
    const { orchestrator, seen } = await setUp([[speaks(["Yes."])]]);
    await readEvents(await stream(orchestrator, question({ tools: [TOOL] })));
    const [request] = (await seen()).requests;
    expect(request?.body).toMatchObject({
      stream: true,
      stream_options: { include_usage: true },
      tools: [{ type: "function", function: TOOL }],
    });
  });

  test("is a temperature of zero as zero, and none as none", async () => {
    const { orchestrator, seen } = await setUp([[whole({ content: "Yes." })]]);
    await complete(orchestrator, question({ temperature: 0 }));
    await complete(orchestrator, question());
    const { requests } = await seen();
    expect(requests[0]?.body).toHaveProperty("temperature", 0);
    expect(requests[1]?.body).not.toHaveProperty("temperature");
  });

  test("is no parameter that the model has refused: the answer can do without, from then on", async () => {
    const unsupported = (param: string) => refusal(400, {}, { param, code: "unsupported_value" });
    const steps = [unsupported("temperature"), unsupported("max_tokens"), whole({ content: "Yes." })];
    const { orchestrator, seen } = await setUp([steps]);
    const asked = question({ temperature: 0, max_tokens: 50 });
    expect(await complete(orchestrator, asked)).toMatchObject({ ok: true });
    expect(await complete(orchestrator, asked)).toMatchObject({ ok: true });
    const { requests } = await seen();
    expect(requests).toHaveLength(4);
    for (const { body } of requests.slice(2)) {
      expect(body).not.toHaveProperty("temperature");
      expect(body).not.toHaveProperty("max_tokens");
      expect(body).toHaveProperty("max_completion_tokens", 50);
    }
  });

  test("is nothing for a request that isn't one", async () => {
    const { orchestrator, seen } = await setUp([[whole({ content: "Yes." })]]);
    const nothing = question({ messages: [] });
    expect(await complete(orchestrator, nothing)).toMatchObject({ error: { code: "VALIDATION_ERROR" } });
    expect(await stream(orchestrator, question({ structured_output: "feedback_prose" }))).toMatchObject({
      error: { code: "VALIDATION_ERROR" },
    });
    expect((await seen()).requests).toEqual([]);
  });
});

describe("the model's tool calls", () => {
  test("come whole and with arguments that are JSON, also where there are none", async () => {
    const calls = [
      wireCall("a", "search_knowledge_base", '{"query":"x"}'),
      wireCall("b", "get_user_context", ""),
    ];
    const { orchestrator } = await setUp([[whole({ tool_calls: calls }, "stop")]]);
    expect(await complete(orchestrator, question({ tools: [TOOL] }))).toMatchObject({
      ok: true,
      value: {
        content: null,
        finish_reason: "tool_calls",
        tool_calls: [
          wireCall("a", "search_knowledge_base", '{"query":"x"}'),
          wireCall("b", "get_user_context", "{}"),
        ],
      },
    });
  });
});
