import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { SearchAnswerSchema } from "@crescendai/contracts";
import { captureLog } from "@crescendai/worker-testing/captured-log";
import { overriding } from "@crescendai/worker-testing/overriding";
import * as v from "valibot";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { generation } from "./support/found.ts";
import { ask, migrate, postText, problemOf, ragOn, readDocument, remove, stored } from "./support/service.ts";

beforeAll(migrate);
beforeEach(() => void captureLog());
afterEach(() => void vi.useRealTimers());

const object = () => env.LIBRARY_GENERATION.getByName("library");
const known = async () => (await object().current(env.EMBEDDING_MODEL))?.generation ?? null;

/** What changes the database without the service: a backup that is restored, an operator's hand. */
const changeByHand = () => env.DB.exec("UPDATE knowledge_generation SET generation = generation + 1");

/** Ends the object as a fault does: no stub that was used before gives an answer any more. */
const reset = () => runInDurableObject(object(), (_, state) => state.abort("reset")).catch(() => undefined);

const outage = () => Promise.reject(new Error("the object was reset"));
const silence = () => new Promise<never>(() => undefined);

/** The bindings, with an object that does otherwise. */
function withObject(
  methods: Partial<Record<"current" | "beginChange" | "endChange", () => Promise<never>>>,
): RagEnv {
  const getByName = (name: string) => overriding(env.LIBRARY_GENERATION.getByName(name), methods);
  return { ...env, LIBRARY_GENERATION: overriding(env.LIBRARY_GENERATION, { getByName }) };
}

async function found(q: string, bindings: RagEnv = env): Promise<string[]> {
  const answer = await ask(`/api/v1/knowledge/search?${new URLSearchParams({ q })}`, {}, bindings);
  const { results } = v.parse(SearchAnswerSchema, await answer.json());
  return results.map(({ document_id }) => document_id);
}

function later(milliseconds: number): void {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + milliseconds });
}

describe("the library's generation", () => {
  it("is the database's, before and after every change, and nobody's while one is under way", async () => {
    expect(await known()).toBe(await generation());
    await object().beginChange("one");
    await object().beginChange("other");
    await changeByHand();
    expect(await known()).toBeNull();
    await object().endChange("one");
    expect(await known()).toBeNull();
    await object().endChange("other");
    expect(await known()).toBe(await generation());
  });

  it("isn't one that was being read when a change began", async () => {
    await object().beginChange("before");
    await object().endChange("before");
    const reading = known();
    await object().beginChange("change");
    await changeByHand();
    await object().endChange("change");
    expect(await known()).toBe(await generation());
    await reading;
  });

  it("is the database's again ten seconds after that was changed behind the service's back", async () => {
    await known();
    await changeByHand();
    later(10_000);
    expect(await known()).toBe(await generation());
  });
});

describe("what is deleted is in no answer any more", () => {
  it("though whoever deleted it ends before the change's end is told", async () => {
    const { id } = await stored("The una corda pedal shifts the hammers.", { title: "Una corda" });
    expect(await found("una corda hammers")).toContain(id);
    expect((await remove(id, withObject({ endChange: outage }))).status).toBe(200);
    expect(await found("una corda hammers")).not.toContain(id);
    expect(await known()).toBeNull();
    later(60_000);
    expect(await known()).toBe(await generation());
    expect(await found("una corda hammers")).not.toContain(id);
  });

  it("though the object ends in the middle of the change", async () => {
    const { id } = await stored("A fortepiano has leather on its hammers.", { title: "Fortepiano" });
    expect(await found("fortepiano leather")).toContain(id);
    const batch = async (statements: D1PreparedStatement[]) => {
      await reset();
      // The next one knows nothing of the change, and what is about to be out of date.
      expect(await known()).toBe(await generation());
      return await env.DB.batch(statements);
    };
    expect((await remove(id, { ...env, DB: overriding(env.DB, { batch }) })).status).toBe(200);
    expect(await found("fortepiano leather")).not.toContain(id);
    expect(await known()).toBe(await generation());
  });

  it("though the database doesn't say that it is deleted", async () => {
    const { id } = await stored("A clavichord is played with the weight of the finger.", {
      title: "Clavichord",
    });
    expect(await found("clavichord finger weight")).toContain(id);
    const batch = async (statements: D1PreparedStatement[]) => {
      await env.DB.batch(statements);
      throw new Error("the connection was lost");
    };
    expect((await remove(id, { ...env, DB: overriding(env.DB, { batch }) })).status).toBe(500);
    expect(await found("clavichord finger weight")).not.toContain(id);
  });
});

describe("an object that doesn't answer", () => {
  it.each([
    ["fails", outage],
    ["is silent", silence],
  ])("and %s leaves search and version to the database", async (_how, current) => {
    later(60_000);
    const { id } = await stored(`Damper felts wear: ${_how}.`, { title: "Damper felts" });
    const bindings = withObject({ current });
    expect(await found("damper felts", bindings)).toContain(id);
    expect(await ragOn(bindings).knowledgeVersion()).toEqual(await ragOn().knowledgeVersion());
    await remove(id);
    expect(await found("damper felts", bindings)).not.toContain(id);
  });

  it("lets nothing be changed that it wasn't told of", async () => {
    const { id } = await stored("A soundboard rings.");
    const bindings = withObject({ beginChange: outage });
    expect((await problemOf(await remove(id, bindings))).error).toBe("DATABASE_ERROR");
    expect((await readDocument(id)).searchable).toBe(true);
    expect((await problemOf(await postText("Another soundboard.", {}, bindings))).error).toBe(
      "DATABASE_ERROR",
    );
  });
});
