import { exports } from "cloudflare:workers";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { INSTRUCTIONS, openClient, TOOLS } from "./support.ts";

const SEED = 20_261_128;

const QUESTION = [
  { role: "system" as const, content: INSTRUCTIONS },
  { role: "user" as const, content: "What should I work on first? 🎹 שלום" },
];

/** What a request over plain HTTP gets. */
async function post(body: unknown, headers: Record<string, string> = { authorization: "Bearer any" }) {
  const request = new Request("https://dedalus.test/v1/chat/completions", {
    method: "POST",
    headers,
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  return await exports.default.fetch(request);
}

/** The same answer with a chunk for every byte. */
function byteByByte(answer: Response): Response {
  const bytes = answer.body?.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        for (const byte of chunk) controller.enqueue(Uint8Array.of(byte));
      },
    }),
  );
  return new Response(bytes ?? null, answer);
}

async function collected<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

async function streamed(carry?: typeof fetch) {
  const stream = await openClient(carry).chat.completions.create({
    model: "openai/gpt-5-nano",
    messages: QUESTION,
    tools: TOOLS,
    stream: true,
    stream_options: { include_usage: true },
  });
  const chunks = await collected(stream);
  const calls = new Map<number, { name: string; text: string }>();
  for (const { choices } of chunks)
    for (const { index, function: called } of choices[0]?.delta.tool_calls ?? []) {
      const { name, text } = calls.get(index) ?? { name: "", text: "" };
      calls.set(index, { name: name + (called?.name ?? ""), text: text + (called?.arguments ?? "") });
    }
  return { chunks, calls: [...calls.values()] };
}

describe("the wire of the stand-in", () => {
  test.each<[string, typeof fetch | undefined]>([
    ["as it comes", undefined],
    [
      "with a chunk for every byte",
      async (input, init) => byteByByte(await exports.default.fetch(new Request(input, init))),
    ],
  ])("is read by the SDK %s: tool calls in pieces, an end, usage", async (_, carry) => {
    const { chunks, calls } = await streamed(carry);
    expect(calls).toEqual([
      {
        name: "get_performance_analysis",
        text: '{"recording_id":"0b6ce0f5-5b5c-4f3a-9d7e-2f6c3f1d2a4b","include_temporal":true}',
      },
      { name: "get_user_context", text: "{}" },
    ]);
    expect(chunks.every(({ model }) => model === "local/extractive-coach")).toBe(true);
    expect(chunks.at(-2)?.choices[0]?.finish_reason).toBe("tool_calls");
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { total_tokens: expect.any(Number) } });
  });

  test("streams text a word at a time, the same as whole, and with a chunk for every byte", async () => {
    const messages = [
      { role: "system" as const, content: "Summarise the conversation." },
      { role: "user" as const, content: "Größer 🎹 spielen, wie geht “das”, und שלום?" },
    ];
    const asked = { model: "m", messages };
    const whole = await openClient().chat.completions.create(asked);
    const inBytes = openClient(async (input, init) =>
      byteByByte(await exports.default.fetch(new Request(input, init))),
    );
    for (const client of [openClient(), inBytes]) {
      const chunks = await collected(await client.chat.completions.create({ ...asked, stream: true }));
      const words = chunks.map(({ choices }) => choices[0]?.delta.content ?? "");
      expect(words.join("")).toBe("Größer 🎹 spielen, wie geht “das”, und שלום?");
      expect(words.join("")).toBe(whole.choices[0]?.message.content);
      expect(words.filter((word) => word !== "")).toHaveLength(8);
    }
    expect(whole.model).toBe("local/extractive-coach");
  });

  test("ends at the limit of tokens, and says so", async () => {
    const asked = { model: "m", messages: [{ role: "user" as const, content: "Thanks!" }], max_tokens: 2 };
    const { choices, usage } = await openClient().chat.completions.create(asked);
    expect(choices[0]).toMatchObject({ finish_reason: "length", message: { content: "You're w" } });
    expect(usage?.completion_tokens).toBe(2);
  });

  test("gives in a form what was given in that form, unchanged", async () => {
    const given = { texts: [{ id: "1", text: "Your left hand waits at 0:11 { so }." }] };
    const { choices } = await openClient().chat.completions.create({
      model: "m",
      messages: [
        { role: "user", content: `Put this into prose: ${JSON.stringify(given)} Keep the numbers.` },
      ],
      response_format: {
        type: "json_schema",
        json_schema: { name: "feedback_prose", schema: { type: "object", required: ["texts"] } },
      },
    });
    expect(JSON.parse(choices[0]?.message.content ?? "")).toEqual(given);
  });

  test("lists its model", async () => {
    expect((await openClient().models.list()).data.map(({ id }) => id)).toEqual(["local/extractive-coach"]);
  });

  const call = { id: "a", type: "function", function: { name: "t", arguments: "{}" } };
  const user = { role: "user", content: "x" };

  test.each<[string, number, unknown]>([
    ["no JSON", 400, "{"],
    ["no messages", 400, { model: "m", messages: [] }],
    ["an unknown role", 400, { model: "m", messages: [{ role: "wizard", content: "x" }] }],
    [
      "a tool call without its result",
      400,
      { model: "m", messages: [{ role: "assistant", tool_calls: [call] }, user] },
    ],
    [
      "a tool call at the end",
      400,
      { model: "m", messages: [user, { role: "assistant", tool_calls: [call] }] },
    ],
    [
      "a result without its call",
      400,
      { model: "m", messages: [{ role: "tool", tool_call_id: "a", content: "" }] },
    ],
    ["an assistant who says nothing", 400, { model: "m", messages: [{ role: "assistant", content: null }] }],
    ["a temperature of 3", 400, { model: "m", messages: [user], temperature: 3 }],
  ])("refuses %s as OpenAI's API does", async (_, status, body) => {
    const answer = await post(body);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({
      error: { type: "invalid_request_error", message: expect.any(String) },
    });
  });

  test("wants a key, knows no other path", async () => {
    expect((await post({ model: "m", messages: [user] }, {})).status).toBe(401);
    const request = new Request("https://dedalus.test/v1/embeddings", {
      headers: { authorization: "Bearer any" },
    });
    expect((await exports.default.fetch(request)).status).toBe(404);
  });

  test("answers anything that anybody says", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary", maxLength: 200 }), async (content) => {
        const answer = await post({ model: "m", messages: [{ role: "user", content }] });
        expect(answer.status).toBe(200);
      }),
      { seed: SEED, numRuns: 100 },
    );
  });

  test.each(["notes ", " ", "a", "at 1 minute ", "what part "])(
    "answers 50 KB of %j in the time that any message takes",
    async (part) => {
      const content = `my pedal${part.repeat(50_000 / part.length)}x`;
      const answer = await post({ model: "m", messages: [{ role: "user", content }] });
      expect(answer.status).toBe(200);
    },
    2000,
  );
});
