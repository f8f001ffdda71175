import { applyD1Migrations, createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import {
  DEFAULT_CONTEXT,
  type ProblemDetails,
  ProblemDetailsSchema,
  PutContextAnswerSchema,
  type UserContext,
  UserContextSchema,
} from "@crescendai/contracts";
import { callerOf, requestOf } from "@crescendai/worker-testing/caller";
import { overriding } from "@crescendai/worker-testing/overriding";
import fc from "fast-check";
import * as v from "valibot";
import { beforeAll, describe, expect, it } from "vitest";
import ContextService from "../src/index.ts";

beforeAll(() => applyD1Migrations(env.DB, env.MIGRATIONS_CONTEXT));

const service = (bindings: ContextEnv = env) => new ContextService(createExecutionContext(), bindings);

let users = 0;
function newUser(): string {
  users += 1;
  return `player-${users}`;
}

async function read(user: string): Promise<UserContext> {
  const answer = await service().fetch(requestOf(user, "/api/v1/context"));
  expect(answer.status).toBe(200);
  return v.parse(UserContextSchema, await answer.json());
}

const send = (user: string, body: BodyInit, type = "application/json") =>
  service().fetch(
    requestOf(user, "/api/v1/context", { method: "PUT", body, headers: { "content-type": type } }),
  );

/** Writes a context that is to be accepted; the context as the answer states it. */
async function write(user: string, context: Readonly<Record<string, unknown>>): Promise<UserContext> {
  const answer = await send(user, JSON.stringify(context));
  const body: unknown = await answer.json();
  expect(answer.status, JSON.stringify(body)).toBe(200);
  const { message, ...stated } = v.parse(PutContextAnswerSchema, body);
  expect(message).not.toBe("");
  return stated;
}

/** Sends what is to be refused; the problem that the answer states. */
async function refused(user: string, body: BodyInit, type?: string): Promise<ProblemDetails> {
  const answer = await send(user, body, type);
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  return v.parse(ProblemDetailsSchema, await answer.json());
}

async function auditOf(user: string) {
  const trail = await service().auditTrail(user, 100);
  if (!trail.ok) throw new Error(trail.error.message);
  return trail.value;
}

const FULL = {
  goals: ["play the Minuet by heart", "a softer left hand"],
  constraints: ["20 minutes a day"],
  repertoire: ["Petzold, Minuet in G", "Schumann, Träumerei"],
  experience_level: "intermediate",
  preferred_feedback_style: "direct, with numbers",
} as const;

describe("a player's context", () => {
  it("is the default one until something is written", async () => {
    const user = newUser();
    expect(await read(user)).toEqual(DEFAULT_CONTEXT);
    expect(await service().getContext(user)).toEqual({ ok: true, value: DEFAULT_CONTEXT });
    expect(await auditOf(user)).toEqual([]);
  });

  it("is read as it was written, by the player and by the other services", async () => {
    const user = newUser();
    const written = await write(user, FULL);
    expect(written).toEqual({ ...FULL, updated_at: expect.stringMatching(/Z$/) });
    expect(await read(user)).toEqual(written);
    expect(await service().getContext(user)).toEqual({ ok: true, value: written });
  });

  it("is replaced as a whole: what is left out goes back to its default", async () => {
    const user = newUser();
    await write(user, FULL);
    expect(await write(user, { goals: "sight-reading" })).toMatchObject({
      ...DEFAULT_CONTEXT,
      goals: ["sight-reading"],
      updated_at: expect.any(String),
    });
    expect((await read(user)).repertoire).toEqual([]);
    expect(await write(user, {})).toMatchObject({ ...DEFAULT_CONTEXT, updated_at: expect.any(String) });
    expect((await read(user)).goals).toEqual([]);
  });

  it("stays as it was when a write is refused", async () => {
    const user = newUser();
    const before = await write(user, FULL);
    await refused(user, JSON.stringify({ goals: 5 }));
    expect(await read(user)).toEqual(before);
    expect(await auditOf(user)).toHaveLength(1);
  });

  it("is nobody else's", async () => {
    const [one, two] = [newUser(), newUser()];
    await write(one, FULL);
    expect(await read(two)).toEqual(DEFAULT_CONTEXT);
    await write(two, { goals: "other goals" });
    expect((await read(one)).goals).toEqual(FULL.goals);
    await service().eraseUser(callerOf(two));
    expect((await read(one)).goals).toEqual(FULL.goals);
    expect(await read(two)).toEqual(DEFAULT_CONTEXT);
  });

  it("takes goals and constraints as a text or a list, and nothing for no goal", async () => {
    const user = newUser();
    expect(await write(user, { goals: "one", constraints: ["a", "b"] })).toMatchObject({
      goals: ["one"],
      constraints: ["a", "b"],
    });
    expect(await write(user, { goals: ["one"], constraints: "small hands" })).toMatchObject({
      goals: ["one"],
      constraints: ["small hands"],
    });
    expect(await write(user, { goals: "", constraints: [] })).toMatchObject({ goals: [], constraints: [] });
    expect(await write(user, { goals: "   " })).toMatchObject({ goals: [] });
    expect(await write(user, { goals: "  trimmed\n" })).toMatchObject({ goals: ["trimmed"] });
    expect(await write(user, { experience_level: null, preferred_feedback_style: null })).toMatchObject({
      experience_level: null,
    });
  });

  it("may hold any text that people write, and gives it back as it is", async () => {
    const text = fc
      .string({ unit: "grapheme", maxLength: 60 })
      .filter((given) => given.trim() !== "" && !/(?![\n\r\t])\p{Cc}/u.test(given) && given.isWellFormed());
    const context = fc.record(
      {
        goals: fc.oneof(text, fc.array(text, { maxLength: 20 })),
        constraints: fc.oneof(text, fc.array(text, { maxLength: 3 })),
        repertoire: fc.array(text, { maxLength: 5 }),
        experience_level: fc.constantFrom("beginner", "intermediate", "advanced", "professional", null),
        preferred_feedback_style: fc.oneof(text, fc.constant(null)),
      },
      { requiredKeys: [] },
    );
    const user = newUser();
    const trimmed = (given: string | string[] | undefined) => [given ?? []].flat().map((each) => each.trim());
    await fc.assert(
      fc.asyncProperty(context, async (given) => {
        const written = await write(user, given);
        expect(written).toEqual({
          goals: trimmed(given.goals),
          constraints: trimmed(given.constraints),
          repertoire: trimmed(given.repertoire),
          experience_level: given.experience_level ?? null,
          preferred_feedback_style: given.preferred_feedback_style?.trim() ?? null,
          updated_at: expect.any(String),
        });
        expect(await read(user)).toEqual(written);
      }),
      { seed: 88, numRuns: 60 },
    );
  });

  it("that two devices write at once is one of the two, never a mixture", async () => {
    const user = newUser();
    const versions = Array.from({ length: 8 }, (_, n) => ({
      goals: [`goal ${n}`],
      repertoire: [`piece ${n}`],
    }));
    await Promise.all(versions.map((version) => write(user, version)));
    const { goals, repertoire } = await read(user);
    expect(versions).toContainEqual({ goals, repertoire });
    expect(await auditOf(user)).toHaveLength(8);
  });
});

const SURROGATES = "🎹";

describe("the limits of a context", () => {
  it.each([
    ["a goal of 500 characters", { goals: "x".repeat(500) }],
    ["a goal of 500 characters outside the first plane", { goals: SURROGATES.repeat(500) }],
    ["a goal of 500 characters in a list", { goals: ["x".repeat(500)] }],
    ["20 goals", { goals: Array(20).fill("x") }],
    ["a constraint of 500 characters", { constraints: "x".repeat(500) }],
    ["20 constraints", { constraints: Array(20).fill("x") }],
    ["50 pieces", { repertoire: Array(50).fill("x") }],
    ["a piece of 200 characters", { repertoire: ["x".repeat(200)] }],
    ["a style of 200 characters", { preferred_feedback_style: "x".repeat(200) }],
    ["a goal that is too long only with the space around it", { goals: ` ${"x".repeat(500)} ` }],
  ])("are kept by %s", async (_what, context) => {
    await write(newUser(), context);
  });

  it.each([
    ["a goal of 501 characters", { goals: "x".repeat(501) }, "goals"],
    ["a goal of 501 characters outside the first plane", { goals: SURROGATES.repeat(501) }, "goals"],
    ["a goal of 501 characters in a list", { goals: ["x", "x".repeat(501)] }, "goals"],
    ["21 goals", { goals: Array(21).fill("x") }, "goals"],
    ["an empty goal in a list", { goals: ["x", " "] }, "goals"],
    ["a goal that is a number", { goals: 5 }, "goals"],
    ["a goal that is nothing", { goals: null }, "goals"],
    ["goals in lists in lists", { goals: [["x"]] }, "goals"],
    ["a goal with NUL", { goals: "a\0b" }, "goals"],
    ["a goal with an escape sequence", { goals: ["\u001b[31m"] }, "goals"],
    ["half a character", { goals: "\ud83c" }, "goals"],
    ["a constraint of 501 characters", { constraints: "x".repeat(501) }, "constraints"],
    ["21 constraints", { constraints: Array(21).fill("x") }, "constraints"],
    ["51 pieces", { repertoire: Array(51).fill("x") }, "repertoire"],
    ["a piece of 201 characters", { repertoire: ["x".repeat(201)] }, "repertoire"],
    ["an empty piece", { repertoire: [""] }, "repertoire"],
    ["a repertoire that is a text", { repertoire: "Minuet" }, "repertoire"],
    ["an unknown level", { experience_level: "virtuoso" }, "experience_level"],
    ["a level in capitals", { experience_level: "Beginner" }, "experience_level"],
    ["a style of 201 characters", { preferred_feedback_style: "x".repeat(201) }, "preferred_feedback_style"],
    ["a style that is a list", { preferred_feedback_style: ["direct"] }, "preferred_feedback_style"],
    ["an unknown field", { age: 12 }, "age"],
    ["a field that the server sets", { updated_at: "2026-11-23T00:00:00.000Z" }, "updated_at"],
    ["somebody else's name", { user_id: "other" }, "user_id"],
  ])("are passed by %s, which is refused where it is", async (_what, context, path) => {
    const user = newUser();
    const problem = await refused(user, JSON.stringify(context));
    expect(problem).toMatchObject({ status: 400, error: "VALIDATION_ERROR", request_id: `test-${user}` });
    const paths = problem.errors?.map((error) => error.path.split(".")[0]);
    expect(new Set(paths)).toEqual(new Set([path]));
    expect(await read(user)).toEqual(DEFAULT_CONTEXT);
    expect(await auditOf(user)).toEqual([]);
  });
});

describe("a body that isn't a context is refused, and changes nothing:", () => {
  it.each([
    ["nothing", "", /is empty/],
    ["no JSON", "goals=more", /not valid JSON/],
    ["JSON that breaks off", '{"goals": "x"', /not valid JSON/],
    ["two JSON texts", "{}{}", /not valid JSON/],
    ["JSON with a comment", "{} // goals", /not valid JSON/],
    ["a list", "[]", /body/],
    ["a text", '"goals"', /body/],
    ["null", "null", /body/],
    ["brackets 10,000 deep", "[".repeat(10_000) + "]".repeat(10_000), /body/],
    ["a goal 10,000 deep", `{"goals":${"[".repeat(10_000)}${"]".repeat(10_000)}}`, /goals/],
    ["objects 10,000 deep", `${'{"goals":'.repeat(10_000)}1${"}".repeat(10_000)}`, /goals/],
    ["invalid UTF-8", Uint8Array.of(0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d), /UTF-8/],
    ["UTF-16", Uint8Array.of(0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00), /UTF-8/],
  ])("%s", async (_what, body, says) => {
    const user = newUser();
    const problem = await refused(user, body);
    expect(problem).toMatchObject({ status: 400, error: "VALIDATION_ERROR", request_id: `test-${user}` });
    expect(problem.message).toMatch(says);
    expect(problem.message.length).toBeLessThan(400);
    expect(await read(user)).toEqual(DEFAULT_CONTEXT);
  });

  it("any field that isn't known, whatever its name", async () => {
    const known = new Set(Object.keys(FULL));
    const inherited = fc.constantFrom(
      "__proto__",
      "constructor",
      "toString",
      "hasOwnProperty",
      "valueOf",
      "goals ",
    );
    const user = newUser();
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          inherited,
          fc.string({ unit: "grapheme" }).filter((name) => !known.has(name)),
        ),
        async (name) => {
          const problem = await refused(user, `{${JSON.stringify(name)}: "x"}`);
          expect(problem.error, name).toBe("VALIDATION_ERROR");
        },
      ),
      { seed: 27, numRuns: 60 },
    );
    expect(await read(user)).toEqual(DEFAULT_CONTEXT);
  });

  it.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "json", ""])(
    "JSON that says it is %j: 415",
    async (type) => {
      const problem = await refused(newUser(), '{"goals":"x"}', type);
      expect(problem).toMatchObject({ status: 415, error: "UNSUPPORTED_MEDIA_TYPE" });
      expect(problem.message).toContain("application/json");
    },
  );

  it.each(["application/json; charset=utf-8", "Application/JSON", "application/merge-patch+json"])(
    "but not JSON that says it is %j",
    async (type) => {
      expect((await send(newUser(), '{"goals":"x"}', type)).status).toBe(200);
    },
  );
});

describe("the audit log", () => {
  it("has an entry for every write, newest first, with who it was and in which request", async () => {
    const user = newUser();
    await write(user, FULL);
    await write(user, {});
    const entry = {
      at: expect.stringMatching(/^\d{4}-.*Z$/),
      user_id: user,
      role: "user",
      action: "context.write",
      object_id: null,
      request_id: `test-${user}`,
    };
    expect(await auditOf(user)).toEqual([entry, entry]);
    const [newest] = await auditOf(user);
    expect(newest?.at).toBe((await read(user)).updated_at);
    expect(await service().auditTrail(user, 1)).toMatchObject({ value: { length: 1 } });
  });

  it("stands or falls with the write: neither is there without the other", async () => {
    const user = newUser();
    await env.DB.prepare(
      `CREATE TRIGGER refuse_audit BEFORE INSERT ON audit_log WHEN NEW.user_id = '${user}'
       BEGIN SELECT RAISE(ABORT, 'the log is full'); END`,
    ).run();
    const problem = await refused(user, JSON.stringify(FULL));
    await env.DB.prepare("DROP TRIGGER refuse_audit").run();
    expect(problem.error).toBe("DATABASE_ERROR");
    expect(JSON.stringify(problem)).not.toContain("the log is full");
    expect(await read(user)).toEqual(DEFAULT_CONTEXT);
  });

  it("has no trace of an erased user's name, but that somebody was erased", async () => {
    const user = newUser();
    await write(user, FULL);
    await service().eraseUser(callerOf(user));
    expect(await auditOf(user)).toEqual([]);
    const { results } = await env.DB.prepare("SELECT * FROM audit_log WHERE action = 'user.erase'").all();
    expect(results.length).toBeGreaterThan(0);
    expect(results.filter((row) => row["user_id"] === user)).toEqual([]);
  });
});

describe("a database that fails", () => {
  const outage = () => Promise.reject(new Error("D1_ERROR: no such table: secret_table"));
  const DB = overriding(env.DB, {
    batch: outage,
    prepare: (sql: string) => {
      const statement = env.DB.prepare(sql);
      return overriding(statement, { first: outage, bind: () => overriding(statement, { all: outage }) });
    },
  });

  it("is a DATABASE_ERROR that keeps what happened inside, for reading and for writing", async () => {
    const headers = { "content-type": "application/json" };
    for (const init of [{}, { method: "PUT", headers, body: JSON.stringify(FULL) }]) {
      const answer = await service({ DB }).fetch(requestOf("victim", "/api/v1/context", init));
      expect(answer.status).toBe(500);
      const problem = v.parse(ProblemDetailsSchema, await answer.json());
      expect(problem).toMatchObject({ error: "DATABASE_ERROR", request_id: "test-victim" });
      expect(JSON.stringify(problem)).not.toMatch(/secret|D1|SELECT/);
    }
  });

  it("is a value for the other services, and seen in the health", async () => {
    const broken = service({ DB });
    const error = { ok: false, error: { code: "DATABASE_ERROR" } };
    expect(await broken.getContext("victim")).toMatchObject(error);
    expect(await broken.exportUser(callerOf("victim"))).toMatchObject(error);
    expect(await broken.eraseUser(callerOf("victim"))).toMatchObject(error);
    expect(await broken.auditTrail("victim", 1)).toMatchObject(error);
    expect(await broken.health()).toEqual({ status: "degraded", dependencies: { DB: "failing" } });
  });
});
