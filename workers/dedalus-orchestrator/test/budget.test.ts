import { env } from "cloudflare:workers";
import fc from "fast-check";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { secondsToMidnight } from "../src/accounting/budget.ts";
import { costOf } from "../src/accounting/prices.ts";
import { complete } from "../src/complete.ts";
import { stream } from "../src/streaming/stream.ts";
import { listUsage } from "../src/tables/usage.ts";
import { chunk, speaks, streams, whole } from "./support/answers.ts";
import { readEvents } from "./support/events.ts";
import { migrateDatabase, question, setUp } from "./support/orchestrator.ts";

beforeAll(migrateDatabase);

const SEED = 20_261_128;

/** What a scripted answer costs at the dearest price, its model being unknown: 1000 tokens asked and 500 answered. */
const COST = 1000 * 1.25 + 500 * 10;

describe("the daily budget", () => {
  test("counts what every answer took, streamed or not, by user and model", async () => {
    const user_id = "budget-counted";
    const { orchestrator, settle } = await setUp([[whole({ content: "Yes." }), speaks(["No."])]], {
      budget: 100_000,
    });
    await complete(orchestrator, question({ user_id }));
    await readEvents(await stream(orchestrator, question({ user_id })));
    await settle();
    expect(await listUsage(orchestrator.database, user_id)).toMatchObject({
      ok: true,
      value: [
        {
          model: "openai/gpt-5-nano-2025-08-07",
          requests: 2,
          prompt_tokens: 2000,
          completion_tokens: 1000,
          cost_microdollars: 2 * COST,
        },
      ],
    });
  });

  test("that is spent ends answers until midnight, and everybody else's budget is their own", async () => {
    const { orchestrator, settle, seen } = await setUp([[whole({ content: "Yes." })]], { budget: COST });
    const spender = question({ user_id: "budget-spender" });
    expect(await complete(orchestrator, spender)).toMatchObject({ ok: true });
    await settle();
    for (const answer of [await complete(orchestrator, spender), await stream(orchestrator, spender)]) {
      expect(answer).toMatchObject({ ok: false, error: { code: "RATE_LIMIT_EXCEEDED" } });
      const retryAfter = answer.ok ? 0 : (answer.error.retryAfter ?? 0);
      expect(retryAfter).toBeGreaterThan(0);
      expect(retryAfter).toBeLessThanOrEqual(86_400);
    }
    expect(await complete(orchestrator, question({ user_id: "budget-other" }))).toMatchObject({ ok: true });
    expect((await seen()).requests).toHaveLength(2);
  });

  test("is fresh the next day", async () => {
    const setup = await setUp([[whole({ content: "Yes." })]], { budget: COST });
    const asked = question({ user_id: "budget-tomorrow" });
    await complete(setup.orchestrator, asked);
    await setup.settle();
    expect(await complete(setup.orchestrator, asked)).toMatchObject({ ok: false });
    setup.ahead = 24 * 60 * 60 * 1000;
    expect(await complete(setup.orchestrator, asked)).toMatchObject({ ok: true });
  });

  test("also counts an answer that its reader left, and one that broke off, by what was said", async () => {
    const user_id = "budget-leaver";
    const begun = [chunk({ content: "x".repeat(400) })];
    const { orchestrator, settle } = await setUp([[streams(begun, "hang"), streams(begun)]]);
    const left = await stream(orchestrator, question({ user_id }));
    if (!left.ok) throw new Error(left.error.message);
    const reader = left.value.getReader();
    await reader.read();
    await reader.cancel();
    await readEvents(await stream(orchestrator, question({ user_id })));
    await vi.waitFor(async () => {
      await settle();
      const usage = await listUsage(orchestrator.database, user_id);
      expect(usage).toMatchObject({ ok: true, value: [{ requests: 2, completion_tokens: 200 }] });
    });
  });

  test("doesn't open when the database is gone", async () => {
    const { orchestrator, seen } = await setUp([[whole({ content: "Yes." })]]);
    await env.DB.exec("ALTER TABLE usage RENAME TO usage_gone");
    try {
      expect(await complete(orchestrator, question())).toMatchObject({ error: { code: "DATABASE_ERROR" } });
    } finally {
      await env.DB.exec("ALTER TABLE usage_gone RENAME TO usage");
    }
    expect((await seen()).requests).toEqual([]);
  });
});

describe("the price of an answer", () => {
  test.each([
    ["openai/gpt-5-nano", "openai/gpt-5-nano", 450],
    ["gpt-5-nano-2025-08-07", "openai/gpt-5-nano", 450],
    ["local/extractive-coach", "openai/gpt-5-nano", 0],
    ["brand-new", "brand-new", 11_250],
  ])("of %s, asked for as %s, is that of the list, or the dearest", (answeredBy, askedFor, cost) => {
    expect(costOf(answeredBy, askedFor, { prompt_tokens: 1000, completion_tokens: 1000 })).toBe(cost);
  });

  test("the seconds until midnight are within a day, and lead to a midnight", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), (at) => {
        const seconds = secondsToMidnight(at);
        expect(seconds).toBeGreaterThanOrEqual(1);
        expect(seconds).toBeLessThanOrEqual(86_400);
        const midnight = new Date(at + seconds * 1000);
        expect([midnight.getUTCHours(), midnight.getUTCMinutes(), midnight.getUTCSeconds()]).toEqual([
          0, 0, 0,
        ]);
      }),
      { seed: SEED },
    );
  });
});
