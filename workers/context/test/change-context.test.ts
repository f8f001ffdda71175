import { applyD1Migrations, createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { ContextMemberSchema, DEFAULT_CONTEXT } from "@crescendai/contracts";
import { openDatabase } from "@crescendai/worker-kit";
import { callerOf } from "@crescendai/worker-testing/caller";
import { captureLog } from "@crescendai/worker-testing/captured-log";
import { overriding } from "@crescendai/worker-testing/overriding";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { isDailyTime } from "../src/daily-time.ts";
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

describe("the time for practice that is told", () => {
  it("takes the place of the one that was told before, and of nothing else", async () => {
    const caller = callerOf("busy");
    for (const constraint of [
      "small hands",
      "20 minutes a day",
      "I have 45 minutes a day",
      "five hours a week",
    ])
      await service().mergeContext(caller, { constraints: [constraint] });
    expect(await service().getContext("busy")).toMatchObject({
      value: { constraints: ["small hands", "I have 45 minutes a day", "five hours a week"] },
    });
  });

  it.each([
    "20 minutes a day",
    "I only have 10 minutes a day.",
    "about half an hour each evening",
    "I can practise 1.5 hours daily",
    "an hour and a half every day",
    "45min per day",
  ])("is one that says nothing besides: %s", (statement) => {
    expect(isDailyTime(statement)).toBe(true);
  });

  it.each([
    "20 minutes a day, and my left hand is weak",
    "no more than an hour a day for my wrist",
    "five hours a week",
    "20 minutes",
    "every day",
    "small hands",
    "",
  ])("is none that says something else: %s", (statement) => {
    expect(isDailyTime(statement)).toBe(false);
  });
});

describe("what is taken out of a context", () => {
  const CONTEXT = {
    goals: ["by heart", "a wedding"],
    constraints: ["small hands"],
    repertoire: ["Minuet"],
    experience_level: "beginner" as const,
    preferred_feedback_style: "gentle",
  };

  it("is an entry, word for word, or all of a member; the rest stays", async () => {
    const caller = callerOf("forgetter");
    await service().mergeContext(caller, CONTEXT);
    const left = await service().removeFromContext(caller, {
      goals: ["a wedding", "by"],
      all_of: ["constraints", "experience_level"],
    });
    expect(left).toMatchObject({
      ok: true,
      value: { ...CONTEXT, goals: ["by heart"], constraints: [], experience_level: null },
    });
    expect(await service().getContext("forgetter")).toEqual(left);
    const trail = await service().auditTrail("forgetter", 5);
    expect(trail).toMatchObject({ value: [{ action: "context.write" }, { action: "context.write" }] });
  });

  it("may be everything", async () => {
    await service().mergeContext(callerOf("gone"), CONTEXT);
    const all_of = ContextMemberSchema.options;
    expect(await service().removeFromContext(callerOf("gone"), { all_of })).toMatchObject({ value: EMPTY });
  });
});

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
