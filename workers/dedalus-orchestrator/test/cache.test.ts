import { exports } from "cloudflare:workers";
import type { CompletionRequest } from "@crescendai/contracts";
import { callerOf } from "@crescendai/worker-testing/caller";
import { beforeAll, describe, expect, test } from "vitest";
import { complete } from "../src/complete.ts";
import { stream } from "../src/streaming/stream.ts";
import { refusal, speaks, whole } from "./support/answers.ts";
import { readEvents, wordsOf } from "./support/events.ts";
import { migrateDatabase, question, setUp } from "./support/orchestrator.ts";

beforeAll(migrateDatabase);

const REPEATABLE = question({ repeatable: true, temperature: 0 });

async function asked(changes: Partial<CompletionRequest>, first = REPEATABLE): Promise<number> {
  const { orchestrator, settle, seen } = await setUp([[whole({ content: "Yes." })]]);
  await complete(orchestrator, first);
  await settle();
  await complete(orchestrator, { ...first, ...changes });
  return (await seen()).requests.length;
}

describe("the cache of completions", () => {
  test("answers the same question again, at no cost, and says so", async () => {
    const { orchestrator, settle, seen } = await setUp([[whole({ content: "Yes." })]]);
    const first = await complete(orchestrator, REPEATABLE);
    await settle();
    const second = await complete(orchestrator, { ...REPEATABLE, request_id: "another" });
    expect(first).toMatchObject({ ok: true, value: { cached: false } });
    expect(second).toMatchObject({
      ok: true,
      value: { content: "Yes.", cached: true, usage: { cost_microdollars: 0 } },
    });
    expect((await seen()).requests).toHaveLength(1);
  });

  test("is used only where the caller says that the call is repeatable, to look as well as to keep", async () => {
    expect(await asked({ repeatable: false })).toBe(2);
    expect(await asked({ repeatable: true }, { ...REPEATABLE, repeatable: false })).toBe(2);
  });

  test.each<[string, Partial<CompletionRequest>]>([
    ["other words", { messages: [{ role: "user", content: "How do I play legato octaves" }] }],
    ["another temperature", { temperature: 0.1 }],
    ["a limit of tokens", { max_tokens: 10 }],
    ["tools", { tools: [{ name: "t", description: "", parameters: {} }] }],
    ["another purpose", { purpose: "summary" }],
    ["another user", { user_id: "bob" }],
  ])("takes a question with %s for another one", async (_, changes) => {
    expect(await asked(changes)).toBe(2);
  });

  test("keeps what was streamed, and streams what is kept", async () => {
    const { orchestrator, settle, seen } = await setUp([[speaks(["Yes, ", "slowly."])]]);
    await readEvents(await stream(orchestrator, REPEATABLE));
    await settle();
    const events = await readEvents(await stream(orchestrator, REPEATABLE));
    expect(wordsOf(events)).toBe("Yes, slowly.");
    expect(events.at(-1)).toMatchObject({ type: "done", usage: { cost_microdollars: 0 } });
    expect((await seen()).requests).toHaveLength(1);
  });

  test("keeps no makeshift of another model", async () => {
    const { orchestrator, settle, seen, model } = await setUp([
      [refusal(422), whole({ content: "The first." })],
      [whole({ content: "The second." })],
    ]);
    expect(await complete(orchestrator, REPEATABLE)).toMatchObject({ value: { content: "The second." } });
    await settle();
    expect(await complete(orchestrator, REPEATABLE)).toMatchObject({ value: { content: "The first." } });
    expect((await seen(model)).requests).toHaveLength(2);
  });

  test("forgets a user who is erased", async () => {
    const user = "cache-erased";
    const { orchestrator, settle, seen } = await setUp([[whole({ content: "Yes." })]]);
    await complete(orchestrator, { ...REPEATABLE, user_id: user });
    await settle();
    expect(await exports.default.eraseUser(callerOf(user))).toMatchObject({ ok: true });
    await complete(orchestrator, { ...REPEATABLE, user_id: user });
    expect((await seen()).requests).toHaveLength(2);
  });
});
