import { applyD1Migrations, createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { DEFAULT_CONTEXT } from "@crescendai/contracts";
import { openDatabase } from "@crescendai/worker-kit";
import { callerOf } from "@crescendai/worker-testing/caller";
import { captureLog } from "@crescendai/worker-testing/captured-log";
import { overriding } from "@crescendai/worker-testing/overriding";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import ContextService from "../src/index.ts";
import { upsertContext } from "../src/tables/user-context.ts";

beforeAll(() => applyD1Migrations(env.DB, env.MIGRATIONS_CONTEXT));
beforeEach(() => void captureLog());

const service = (bindings: ContextEnv = env) => new ContextService(createExecutionContext(), bindings);

const EMPTY = {
  goals: [],
  constraints: [],
  repertoire: [],
  experience_level: null,
  preferred_feedback_style: null,
};

describe("what is added to a context", () => {
  it("makes one where there was none, and is read by everybody", async () => {
    const merged = await service().mergeContext(callerOf("new"), { goals: ["by heart"] });
    expect(merged).toMatchObject({ ok: true, value: { ...EMPTY, goals: ["by heart"] } });
    expect(await service().getContext("new")).toEqual(merged);
  });

  it("joins the lists there are, once, and takes the place of what is one thing", async () => {
    const caller = callerOf("adder");
    await service().mergeContext(caller, { goals: ["one"], experience_level: "beginner" });
    const merged = await service().mergeContext(caller, {
      goals: [" ONE", "two"],
      repertoire: ["Minuet"],
      experience_level: "intermediate",
    });
    expect(merged).toMatchObject({
      value: { goals: ["one", "two"], repertoire: ["Minuet"], experience_level: "intermediate" },
    });
  });

  it("stands in the audit log", async () => {
    await service().mergeContext(callerOf("audited"), { goals: ["one"] });
    const trail = await service().auditTrail("audited", 5);
    expect(trail).toMatchObject({ ok: true, value: [{ action: "context.write" }] });
  });

  it("is refused where PUT would refuse it, and changes nothing", async () => {
    const caller = callerOf("refused");
    for (const goals of [["x".repeat(501)], Array.from({ length: 21 }, (_, index) => `goal ${index}`)]) {
      expect(await service().mergeContext(caller, { goals })).toMatchObject({
        ok: false,
        error: { code: "VALIDATION_ERROR" },
      });
    }
    expect(await service().getContext("refused")).toEqual({ ok: true, value: DEFAULT_CONTEXT });
    expect(await service().auditTrail("refused", 5)).toEqual({ ok: true, value: [] });
  });

  it("by four at once is all there", async () => {
    const goals = Array.from({ length: 4 }, (_, index) => `goal ${index}`);
    const merged = await Promise.all(
      goals.map((goal) => service().mergeContext(callerOf("crowd"), { goals: [goal] })),
    );
    expect(merged.every(({ ok }) => ok)).toBe(true);
    const context = await service().getContext("crowd");
    expect(context.ok && context.value.goals.toSorted()).toEqual(goals);
  });

  it("doesn't overwrite what is written between reading and writing", async () => {
    const database = openDatabase(env.DB, {
      info: () => undefined,
      warn: () => undefined,
      error: () => undefined,
    });
    let writes = 0;
    const DB = overriding(env.DB, {
      batch: async (statements: D1PreparedStatement[]) => {
        writes += 1;
        if (writes === 1) {
          const theirs = { ...EMPTY, goals: ["theirs"] };
          await database.write(upsertContext("overtaken", theirs, "2026-11-23T09:00:00.000Z"));
        }
        return env.DB.batch(statements);
      },
    });
    await service({ ...env, DB }).mergeContext(callerOf("overtaken"), { goals: ["ours"] });
    expect(await service().getContext("overtaken")).toMatchObject({ value: { goals: ["theirs", "ours"] } });
    const trail = await service().auditTrail("overtaken", 5);
    expect(trail.ok && trail.value.length).toBe(1);
  });
});
