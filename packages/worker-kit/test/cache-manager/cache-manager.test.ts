import { ok } from "@crescendai/contracts";
import fc from "fast-check";
import * as v from "valibot";
import { describe, expect, it, vi } from "vitest";
import { Cache, CacheManager, readCacheCounts, withCacheCounts } from "../../src/cache-manager/index.ts";
import { Memory } from "../../src/cache-manager/memory.ts";
import { createLogger } from "../../src/log.ts";
import { captureLog } from "../captured-log.ts";
import { SEED } from "../seed.ts";

/** KV as far as the manager uses it. */
function storage() {
  const entries = new Map<string, string>();
  const fake = {
    entries,
    down: false,
    async get(key: string, type?: "json"): Promise<unknown> {
      if (fake.down) throw new Error("KV is down");
      const text = entries.get(key) ?? null;
      return type === "json" && text !== null ? JSON.parse(text) : text;
    },
    async put(key: string, value: string) {
      if (fake.down) throw new Error("KV is down");
      entries.set(key, value);
    },
    async delete(key: string) {
      if (fake.down) throw new Error("KV is down");
      entries.delete(key);
    },
  };
  return fake;
}

/** An isolate: a cache of its own and a manager, on a storage that may be shared. */
function isolate(
  kv = storage(),
  {
    memoryEntries = 10,
    beginning = "",
    keptIn = "kv",
    countsFor = () => 1,
  }: {
    memoryEntries?: number;
    beginning?: string;
    keptIn?: "kv" | "memory";
    countsFor?: (value: string) => number;
  } = {},
) {
  let now = 1_000_000;
  const waiting: Promise<unknown>[] = [];
  const schema = v.pipe(v.string(), v.startsWith(beginning));
  const cache = new Cache({ name: "search", schema, secondsToLive: 3600, memoryEntries, keptIn, countsFor });
  const manager = new CacheManager({
    // @ts-expect-error: the few methods that are used, without a runtime that has the others.
    namespace: kv,
    log: createLogger("test"),
    waitUntil: (work) => void waiting.push(work),
    now: () => now,
  });
  let computed = 0;
  return {
    kv,
    cache,
    manager,
    computed: () => computed,
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
    settle: () => Promise.all(waiting),
    get: (madeFrom: unknown, keep = true) =>
      manager.through(cache, madeFrom, async () => {
        computed += 1;
        return ok({ value: `${JSON.stringify(madeFrom)} #${computed}`, keep });
      }),
  };
}

describe("a cache", () => {
  it("computes a value once, and has it again from memory and, once it was asked for twice, in another isolate", async () => {
    const one = isolate();
    expect(await one.get(["q", 1])).toEqual(ok('["q",1] #1'));
    expect(await one.get(["q", 1])).toEqual(ok('["q",1] #1'));
    await one.settle();
    const other = isolate(one.kv);
    expect(await other.get(["q", 1])).toEqual(ok('["q",1] #1'));
    expect(one.computed() + other.computed()).toBe(1);
  });

  it("writes to KV what is asked for twice, once", async () => {
    const { get, kv, settle } = isolate();
    const put = vi.spyOn(kv, "put");
    await get("asked once");
    await settle();
    expect(put).not.toHaveBeenCalled();
    for (let time = 0; time < 5; time += 1) await get("asked often");
    await settle();
    expect(put).toHaveBeenCalledOnce();
    put.mockClear();
    await Promise.all([get("asked by two at once"), get("asked by two at once")]);
    await settle();
    expect(put).toHaveBeenCalledOnce();
  });

  it("writes again what KV didn't take", async () => {
    captureLog();
    const { get, kv, settle } = isolate();
    await get("q");
    kv.down = true;
    await get("q");
    await settle();
    expect([...kv.entries]).toEqual([]);
    kv.down = false;
    await get("q");
    await settle();
    expect(kv.entries.size).toBe(1);
  });

  it("remembers less of what counts for more", async () => {
    const { get, computed } = isolate(storage(), {
      memoryEntries: 30,
      keptIn: "memory",
      countsFor: (value) => value.length,
    });
    const long = "x".repeat(20);
    for (const q of [long, "short", "short", long, long]) await get(q);
    expect(computed()).toBe(3);
  });

  it("keeps what is made sooner than KV answers in memory alone", async () => {
    const one = isolate(storage(), { keptIn: "memory" });
    await one.get("q");
    await one.get("q");
    await one.settle();
    expect(one.computed()).toBe(1);
    expect([...one.kv.entries]).toEqual([]);
    expect(await isolate(one.kv, { keptIn: "memory" }).get("q")).toEqual(ok('"q" #1'));
  });

  it("tells values apart by all that they are made from, the generation among it", async () => {
    const { get, computed } = isolate();
    for (const madeFrom of [["q", 1], ["q", 2], ["q", 1, null], "q"]) await get(madeFrom);
    expect(computed()).toBe(4);
  });

  it("has fifty who ask at once share one computation", async () => {
    const { get, computed } = isolate();
    const answers = await Promise.all(Array.from({ length: 50 }, () => get("q")));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(computed()).toBe(1);
  });

  it("doesn't keep a makeshift", async () => {
    const { get, computed, settle } = isolate();
    await get("q", false);
    await settle();
    await get("q");
    expect(computed()).toBe(2);
  });

  it("keeps a value for as long as it is to be kept, wherever it is found", async () => {
    const one = isolate();
    await one.get("q");
    one.pass(3_599_000);
    await one.get("q");
    await one.settle();
    expect(one.computed()).toBe(1);
    const other = isolate(one.kv);
    other.pass(3_599_000);
    await other.get("q");
    expect(other.computed()).toBe(0);
    for (const isolate of [one, other]) {
      const before = isolate.computed();
      isolate.pass(1000);
      await isolate.get("q");
      expect(isolate.computed()).toBe(before + 1);
    }
  });

  it("makes a value anew that isn't of the schema any more", async () => {
    const { get, kv, settle } = isolate();
    await get("q");
    await get("q");
    await settle();
    expect(kv.entries.size).toBe(1);
    const newer = isolate(kv, { beginning: "new" });
    await newer.get("q");
    expect(newer.computed()).toBe(1);
  });

  it("is but speed: without KV everything is computed", async () => {
    captureLog();
    const { get, kv } = isolate(storage(), { memoryEntries: 0 });
    kv.down = true;
    expect(await get("q")).toEqual(ok('"q" #1'));
    expect(await get("q")).toEqual(ok('"q" #2'));
  });

  it("is emptied by hand: here at once, elsewhere within half a minute", async () => {
    const one = isolate();
    const other = isolate(one.kv);
    await one.get("q");
    await one.get("q");
    await one.settle();
    await other.get("q");
    expect(other.computed()).toBe(0);
    expect(await one.manager.invalidate(one.cache)).toBe(true);
    await one.get("q");
    await one.get("q");
    expect(one.computed()).toBe(2);
    other.pass(30_001);
    await one.settle();
    expect(await other.get("q")).toEqual(ok('"q" #2'));
    expect(other.computed()).toBe(0);
  });

  it("stays emptied where KV was being asked meanwhile", async () => {
    const one = isolate();
    const other = isolate(one.kv);
    await other.get("q");
    await other.get("q");
    await other.settle();
    const epoch = Promise.withResolvers<null>();
    vi.spyOn(one.kv, "get").mockReturnValueOnce(epoch.promise);
    const asked = one.get("another");
    await one.manager.invalidate(one.cache);
    epoch.resolve(null);
    await asked;
    await one.get("q");
    expect(one.computed()).toBe(2);
  });

  it("stays emptied where KV doesn't answer afterwards", async () => {
    captureLog();
    const one = isolate();
    const other = isolate(one.kv);
    await other.get("q");
    await one.manager.invalidate(one.cache);
    other.pass(30_001);
    await other.get("q");
    expect(other.computed()).toBe(2);
    one.kv.down = true;
    other.pass(30_001);
    expect(await other.get("q")).toEqual(ok('"q" #2'));
  });
});

describe("what is kept for a subject", () => {
  it("is found by whoever would make it from the same, until it is removed", async () => {
    const { cache, manager, kv } = isolate(storage(), { memoryEntries: 0 });
    await manager.keep(cache, "take", ["v1"], "text");
    expect(await manager.find(cache, "take", ["v1"])).toBe("text");
    expect(await manager.find(cache, "take", ["v2"])).toBeNull();
    expect(await manager.remove(cache, "take")).toBe(true);
    expect(await manager.find(cache, "take", ["v1"])).toBeNull();
    expect(kv.entries.size).toBe(0);
  });

  it("isn't certain to be removed while KV doesn't answer", async () => {
    captureLog();
    const { cache, manager, kv } = isolate();
    kv.down = true;
    expect(await manager.remove(cache, "take")).toBe(false);
    expect(await manager.invalidate(cache)).toBe(false);
  });
});

describe("hits and misses", () => {
  it("go out with the next answer, once", async () => {
    withCacheCounts(new Response());
    const { get } = isolate();
    await get("q");
    await get("q");
    await get("other");
    const { headers } = withCacheCounts(new Response("body"));
    expect(readCacheCounts(headers)).toEqual({ search: { hits: 1, misses: 2 } });
    expect(readCacheCounts(withCacheCounts(new Response()).headers)).toEqual({});
  });

  it("that nobody of ours has written count as none", () => {
    expect(readCacheCounts(new Headers({ "x-crescendai-caches": "{" }))).toEqual({});
  });
});

describe("an isolate's memory", () => {
  it("never holds more than its capacity, and forgets first what was asked for longest ago", () => {
    const memory = new Memory<number>(2);
    memory.set("a", 1, 10);
    memory.set("b", 2, 10);
    memory.get("a", 0);
    memory.set("c", 3, 10);
    expect(["a", "b", "c"].map((key) => memory.get(key, 0))).toEqual([1, undefined, 3]);
    expect(memory.get("a", 10)).toBeUndefined();
  });

  it("holds what a map would, up to its capacity", () => {
    const steps = fc.array(fc.tuple(fc.constantFrom(..."abcde"), fc.nat(9)), { maxLength: 40 });
    fc.assert(
      fc.property(steps, fc.integer({ min: 0, max: 4 }), (sets, capacity) => {
        const memory = new Memory<number>(capacity);
        for (const [key, value] of sets) memory.set(key, value, 1);
        expect(memory.size).toBeLessThanOrEqual(capacity);
        const last = sets.at(-1);
        if (last !== undefined && capacity > 0) expect(memory.get(last[0], 0)).toBe(last[1]);
      }),
      { seed: SEED },
    );
  });

  it("holds as much as there is room for where some count for more, whatever came and went before", () => {
    const keys = [..."abcde"];
    const steps = fc.array(
      fc.tuple(fc.constantFrom(...keys), fc.nat(4), fc.constantFrom("set", "delete", "expire")),
    );
    fc.assert(
      fc.property(steps, (taken) => {
        const memory = new Memory<number>(8, (size) => size);
        for (const [key, size, step] of taken) {
          if (step === "set") memory.set(key, size, 1);
          else if (step === "delete") memory.delete(key);
          else memory.get(key, 1);
          const held = keys.map((each) => memory.get(each, 0) ?? 0);
          expect(held.reduce((sum, each) => sum + each)).toBeLessThanOrEqual(8);
        }
        // What went has made room for others.
        memory.set("x", 4, 1);
        memory.set("y", 4, 1);
        expect([memory.get("x", 0), memory.get("y", 0)]).toEqual([4, 4]);
        expect(keys.map((each) => memory.get(each, 0) ?? 0)).toEqual([0, 0, 0, 0, 0]);
      }),
      { seed: SEED },
    );
  });
});
