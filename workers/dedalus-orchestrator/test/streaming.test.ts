import { env, exports } from "cloudflare:workers";
import type { Result } from "@crescendai/contracts";
import { playScript, seenBy } from "@crescendai/worker-testing/scripted-provider";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { stream } from "../src/streaming/stream.ts";
import { chunk, DONE, speaks, streams, USAGE_CHUNK } from "./support/answers.ts";
import { readEvents, wordsOf } from "./support/events.ts";
import { migrateDatabase, provider, question, setUp } from "./support/orchestrator.ts";

beforeAll(migrateDatabase);

const ANSWER = [
  chunk({ role: "assistant", content: "" }),
  chunk({ content: "Größer 🎹 " }),
  chunk({
    tool_calls: [
      { index: 0, id: "a", type: "function", function: { name: "search_knowledge_base", arguments: "" } },
    ],
  }),
  chunk({ tool_calls: [{ index: 0, function: { arguments: '{"query":' } }] }),
  chunk({
    tool_calls: [
      { index: 1, id: "b", type: "function", function: { name: "get_user_context", arguments: "{}" } },
    ],
  }),
  chunk({ tool_calls: [{ index: 0, function: { arguments: '"trills"}' } }] }),
  chunk({}, "tool_calls"),
  USAGE_CHUNK,
  DONE,
].join("");

const EVENTS = [
  { type: "token", content: "Größer 🎹 " },
  {
    type: "tool_call",
    tool_call: {
      id: "a",
      type: "function",
      function: { name: "search_knowledge_base", arguments: '{"query":"trills"}' },
    },
  },
  {
    type: "tool_call",
    tool_call: { id: "b", type: "function", function: { name: "get_user_context", arguments: "{}" } },
  },
  {
    type: "done",
    finish_reason: "tool_calls",
    model: "openai/gpt-5-nano-2025-08-07",
    usage: { prompt_tokens: 1000, completion_tokens: 500, cost_microdollars: 6250 },
  },
];

describe("a streamed answer", () => {
  test.each([
    ["in one piece", [ANSWER]],
    ["with a piece for every character", Array.from(ANSWER)],
    ["with carriage returns", [ANSWER.replaceAll("\n", "\r\n")]],
  ])("is the same %s: words as they come, tool calls whole", async (_, pieces) => {
    const { orchestrator } = await setUp([[streams(pieces)]]);
    expect(await readEvents(await stream(orchestrator, question()))).toEqual(EVENTS);
  });

  test("is there as soon as something is said, and passes on what comes without waiting for more", async () => {
    const words = [chunk({ content: "One " }), chunk({ content: "two" })];
    const { orchestrator } = await setUp([[streams(words, "hang")]]);
    const answer = await stream(orchestrator, question());
    if (!answer.ok) throw new Error(answer.error.message);
    const reader = answer.value.getReader();
    const read = async () => new TextDecoder().decode((await reader.read()).value);
    expect([await read(), await read()]).toEqual([
      '{"type":"token","content":"One "}\n',
      '{"type":"token","content":"two"}\n',
    ]);
    await reader.cancel();
  });

  test("ends the provider's request when its reader goes away", async () => {
    const { orchestrator, seen } = await setUp([[streams([chunk({ content: "One " })], "hang")]]);
    const answer = await stream(orchestrator, question());
    if (!answer.ok) throw new Error(answer.error.message);
    const reader = answer.value.getReader();
    await reader.read();
    await reader.cancel();
    await vi.waitFor(async () => expect((await seen()).cancelled).toBe(1));
  });

  test("ends the provider's request also when it is read by another worker that goes away", async () => {
    const model = env.MODEL;
    await playScript(provider(), model, [streams([chunk({ content: "One " })], "hang")]);
    const answer: Result<ReadableStream<Uint8Array>> = await exports.default.stream(question());
    if (!answer.ok) throw new Error(answer.error.message);
    const reader = answer.value.getReader();
    await reader.read();
    await reader.cancel();
    await vi.waitFor(async () => expect((await seenBy(provider(), model)).cancelled).toBe(1), {
      timeout: 10_000,
    });
  });

  test("comes whole to another worker, however long it is", async () => {
    const words = Array.from({ length: 3000 }, (_, index) => `word${index} `);
    await playScript(provider(), env.MODEL, [speaks(words)]);
    const events = await readEvents(await exports.default.stream(question()));
    expect(wordsOf(events)).toBe(words.join(""));
    expect(events).toHaveLength(words.length + 1);
  });
});
