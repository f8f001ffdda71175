import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { captureLog } from "@crescendai/worker-testing/captured-log";
import { overriding } from "@crescendai/worker-testing/overriding";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { applyMigrations, callAs, callWith } from "./support/mesh.ts";

const UPLOADS = { limit: 20, windowMs: 60_000 };
/** Far enough ahead that no alarm of these tests comes due by the real clock. */
const NOON = Date.parse("2100-01-01T12:00:00.000Z");

beforeAll(applyMigrations);
beforeEach(() => {
  captureLog();
  vi.useFakeTimers({ toFake: ["Date"], now: NOON });
});
afterEach(() => void vi.useRealTimers());

/** Takes this many at once; how many were allowed. */
async function takeAtOnce(userId: string, times: number): Promise<number> {
  const limiter = env.RATE_LIMITER.getByName(userId);
  const taken = await Promise.all(Array.from({ length: times }, () => limiter.take("upload", UPLOADS)));
  return taken.filter(({ allowed }) => allowed).length;
}

describe("the counter of a user's requests", () => {
  test("lets exactly 20 of 40 at once through, and isn't another user's", async () => {
    expect(await takeAtOnce("anna", 40)).toBe(20);
    expect(await takeAtOnce("anna", 40)).toBe(0);
    expect(await takeAtOnce("berta", 5)).toBe(5);
  });

  test("counts each category by itself", async () => {
    await takeAtOnce("carla", 40);
    const read = await env.RATE_LIMITER.getByName("carla").take("read", { limit: 300, windowMs: 60_000 });
    expect(read).toEqual({ allowed: true, remaining: 299, resetSeconds: 60 });
  });

  test("lets through again what the window has room for", async () => {
    await takeAtOnce("dora", 12);
    vi.setSystemTime(NOON + 30_000);
    expect(await takeAtOnce("dora", 40)).toBe(8);
    vi.setSystemTime(NOON + 59_999);
    expect(await takeAtOnce("dora", 40)).toBe(0);
    vi.setSystemTime(NOON + 60_000);
    expect(await takeAtOnce("dora", 40)).toBe(12);
  });

  test("is remembered when the object is evicted", async () => {
    await takeAtOnce("emma", 15);
    await evictDurableObject(env.RATE_LIMITER.getByName("emma"));
    expect(await takeAtOnce("emma", 40)).toBe(5);
  });

  test("erases itself once nothing counts any more, and not before", async () => {
    const limiter = env.RATE_LIMITER.getByName("fanny");
    await limiter.take("upload", UPLOADS);
    const keys = () => runInDurableObject(limiter, (_, state) => [...state.storage.kv.list()].length);
    const alarmAt = () => runInDurableObject(limiter, (_, state) => state.storage.getAlarm());
    expect(await alarmAt()).toBe(NOON + 120_000);

    vi.setSystemTime(NOON + 100_000);
    await limiter.take("read", UPLOADS);
    vi.setSystemTime(NOON + 120_000);
    expect(await runDurableObjectAlarm(limiter)).toBe(true);
    expect(await keys()).toBe(2);
    expect(await alarmAt()).toBe(NOON + 240_000);

    vi.setSystemTime(NOON + 240_000);
    expect(await runDurableObjectAlarm(limiter)).toBe(true);
    expect(await keys()).toBe(0);
    expect(await alarmAt()).toBeNull();
    expect(await takeAtOnce("fanny", 40)).toBe(20);
  });
});

describe("a limited route", () => {
  function upload(userId: string): Promise<Response> {
    return callAs(userId, "/api/v1/upload", { method: "POST" });
  }

  test("40 at once: 20 reach the service, 20 are told when to come again; another user isn't slowed", async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, () => upload("gerta")));
    const limited = answers.filter(({ status }) => status === 429);
    expect(limited).toHaveLength(20);
    for (const answer of limited) {
      expect(answer.headers.get("retry-after")).toBe("60");
      expect(answer.headers.get("ratelimit")).toBe('"upload";r=0;t=60');
      expect(await answer.json()).toMatchObject({ error: "RATE_LIMIT_EXCEEDED" });
    }
    const passed = answers.filter(({ status }) => status === 415 || status === 400);
    expect(passed).toHaveLength(20);
    expect((await upload("hanna")).status).not.toBe(429);
    vi.setSystemTime(NOON + 60_000);
    expect((await upload("gerta")).status).not.toBe(429);
  });

  test("says on every answer what the limit is and what is left of it", async () => {
    const remaining: (string | null)[] = [];
    for (let asked = 0; asked < 3; asked += 1) {
      const answer = await callAs("ida", "/api/v1/recordings");
      expect(answer.headers.get("ratelimit-policy")).toBe('"read";q=300;w=60');
      remaining.push(answer.headers.get("ratelimit"));
    }
    expect(remaining).toEqual(['"read";r=299;t=60', '"read";r=298;t=60', '"read";r=297;t=60']);
  });

  test("says so on an error of the service, too", async () => {
    const answer = await callAs("jana", "/api/v1/recordings?page=0");
    expect(answer.status).toBe(400);
    expect(answer.headers.get("ratelimit")).toBe('"read";r=299;t=60');
  });

  test("is not for those whom nobody knows: they use up no user's requests", async () => {
    const config = { ENVIRONMENT: "production", ALLOWED_API_KEYS: "app-key" };
    for (let asked = 0; asked < 3; asked += 1) {
      const headers = { "x-api-key": "guess", "x-user-id": "klara" };
      expect((await callWith(config, "/api/v1/context", { headers })).headers.has("ratelimit")).toBe(false);
    }
    expect((await callAs("klara", "/api/v1/context")).headers.get("ratelimit")).toBe('"read";r=299;t=60');
  });

  test("lets requests pass while the counter is broken", async () => {
    const broken = overriding(env.RATE_LIMITER, {
      getByName: () => {
        throw new Error("overloaded");
      },
    });
    const answer = await callWith({ RATE_LIMITER: broken }, "/api/v1/context");
    expect(answer.status).toBe(200);
    expect(answer.headers.get("ratelimit-policy")).toBe('"read";q=300;w=60');
    expect(answer.headers.has("ratelimit")).toBe(false);
  });
});

describe("the shield in front of everything", () => {
  test("keeps an address away before its credentials are looked at, and says for how long", async () => {
    const asked: unknown[] = [];
    const limit = async (options: unknown) => {
      asked.push(options);
      return { success: false };
    };
    const changes = {
      ENVIRONMENT: "production",
      ADDRESS_SHIELD: overriding(env.ADDRESS_SHIELD, { limit }),
    };
    const answer = await callWith(changes, "/api/v1/context", {
      headers: { "cf-connecting-ip": "192.0.2.7" },
    });
    expect(answer.status).toBe(429);
    expect(answer.headers.get("retry-after")).toBe("60");
    expect(asked).toEqual([{ key: "192.0.2.7" }]);
  });
});
