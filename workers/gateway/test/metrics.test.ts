import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { StatusSchema } from "@crescendai/contracts";
import { captureLog } from "@crescendai/worker-testing/captured-log";
import { overriding } from "@crescendai/worker-testing/overriding";
import fc from "fast-check";
import * as v from "valibot";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { addLatency, EMPTY_HISTOGRAM } from "../src/durable-objects/latency-histogram.ts";
import { addTallies, EMPTY_TALLY, type Tally } from "../src/durable-objects/metrics.ts";
import { applyMigrations, callWith } from "./support/mesh.ts";
import { SEED } from "./support/seed.ts";

beforeAll(applyMigrations);
beforeEach(() => void captureLog());

function tallyOf(route: string, milliseconds: readonly number[], errors: Record<string, number> = {}): Tally {
  return {
    routes: { [route]: milliseconds.reduce(addLatency, EMPTY_HISTOGRAM) },
    errors,
    caches: { search: { hits: milliseconds.length, misses: 1 } },
  };
}

const tallies = fc
  .record({
    route: fc.constantFrom("GET /a", "GET /b", "PUT /a"),
    milliseconds: fc.array(fc.integer({ min: 0, max: 5000 }), { maxLength: 10 }),
    errors: fc.dictionary(fc.constantFrom("NOT_FOUND", "INTERNAL_ERROR"), fc.integer({ min: 1, max: 9 })),
  })
  .map(({ route, milliseconds, errors }) => tallyOf(route, milliseconds, errors));

describe("adding up what was counted", () => {
  test("doesn't depend on the order, and nothing added changes nothing", () => {
    fc.assert(
      fc.property(tallies, tallies, tallies, (one, two, three) => {
        expect(addTallies(addTallies(one, two), three)).toEqual(addTallies(one, addTallies(three, two)));
        expect(addTallies(one, EMPTY_TALLY)).toEqual(one);
      }),
      { seed: SEED, numRuns: 200 },
    );
  });
});

describe("the object that adds up", () => {
  test("adds one tally to another, and remembers them when it is evicted", async () => {
    const metrics = env.METRICS.getByName("adds-up");
    await metrics.record(tallyOf("GET /a", [4, 4, 4, 64], { NOT_FOUND: 1 }));
    await metrics.record(tallyOf("GET /a", [4], { NOT_FOUND: 2, INTERNAL_ERROR: 1 }));
    const before = await metrics.read();
    expect(before).toEqual({
      since: expect.stringMatching(/Z$/),
      errors: { NOT_FOUND: 3, INTERNAL_ERROR: 1 },
      routes: { "GET /a": { requests: 5, latency_ms: { p50: 4, p95: 64, p99: 64 } } },
      caches: { search: { hits: 5, misses: 2 } },
    });
    await evictDurableObject(metrics);
    expect(await env.METRICS.getByName("adds-up").read()).toEqual(before);
  });

  test("loses nothing of what comes at once", async () => {
    const metrics = env.METRICS.getByName("at-once");
    await Promise.all(Array.from({ length: 50 }, () => metrics.record(tallyOf("GET /a", [1]))));
    expect((await metrics.read()).routes["GET /a"]?.requests).toBe(50);
  });

  test("keeps the time of its first tally, and few bytes", async () => {
    const metrics = env.METRICS.getByName("since");
    await metrics.record(EMPTY_TALLY);
    const { since } = await metrics.read();
    await metrics.record(tallyOf("GET /a", [1]));
    expect((await metrics.read()).since).toBe(since);
    expect(await runInDurableObject(metrics, (_, state) => [...state.storage.kv.list()].length)).toBe(1);
  });
});

describe("GET /api/status", () => {
  async function status(changes: Partial<GatewayEnv> = {}) {
    const answer = await callWith(changes, "/api/status");
    expect(answer.status).toBe(200);
    return v.parse(StatusSchema, await answer.json());
  }

  test("counts requests by route, never by path, and errors by code", async () => {
    const before = await status();
    await callWith({}, "/api/v1/context");
    await callWith({}, "/api/v1/context", { method: "HEAD" });
    await callWith({}, "/api/v1/recordings/0b6a2f8e-7a51-4a0d-8c53-6f5f0f0e9a11");
    await callWith({}, "/nowhere/at/all");
    const after = await status();
    const requests = (route: string) =>
      (after.routes[route]?.requests ?? 0) - (before.routes[route]?.requests ?? 0);
    expect(requests("GET /api/v1/context")).toBe(2);
    expect(requests("GET /api/v1/recordings/:id")).toBe(1);
    expect(requests("unknown")).toBe(1);
    expect((after.errors["NOT_FOUND"] ?? 0) - (before.errors["NOT_FOUND"] ?? 0)).toBe(2);
    expect(JSON.stringify(after)).not.toMatch(/nowhere|0b6a2f8e/);
  });

  test("counts again later what couldn't be written", async () => {
    const before = await status();
    const broken = overriding(env.METRICS, {
      getByName: () => {
        throw new Error("overloaded");
      },
    });
    for (let asked = 0; asked < 5; asked += 1) {
      await callWith({ METRICS: broken }, "/openapi.json");
      expect((await callWith({ METRICS: broken }, "/api/status")).status).toBe(500);
    }
    const after = await status();
    const requests = (counted: typeof after) => counted.routes["GET /openapi.json"]?.requests ?? 0;
    expect(requests(after) - requests(before)).toBe(5);
  });
});
