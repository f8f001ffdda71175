import { env } from "cloudflare:workers";
import type { Caller } from "@crescendai/contracts";
import {
  auditStatement,
  createLogger,
  eraseAuditStatements,
  openDatabase,
  readAuditLog,
  sql,
} from "@crescendai/worker-kit";
import { captureLog } from "@crescendai/worker-testing/captured-log";
import fc from "fast-check";
import * as v from "valibot";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { applyMigrations } from "../support/mesh.ts";
import { SEED } from "../support/seed.ts";

const RowSchema = v.strictObject({ name: v.string(), bars: v.nullable(v.number()) });
const AT = "2026-11-23T10:00:00.000Z";

const database = openDatabase(env.DB_CONTEXT, createLogger("test"));
let log: ReturnType<typeof captureLog> = [];

beforeAll(async () => {
  await applyMigrations();
  await env.DB_CONTEXT.exec("CREATE TABLE pieces (name TEXT PRIMARY KEY, bars INTEGER)");
});
beforeEach(async () => {
  log = captureLog();
  await env.DB_CONTEXT.exec("DELETE FROM pieces");
});

function add(name: string, bars: number | null) {
  return sql("INSERT INTO pieces (name, bars) VALUES (?, ?)", name, bars);
}

const allPieces = () => database.all(RowSchema, sql("SELECT name, bars FROM pieces ORDER BY name"));

function callerOf(userId: string): Caller {
  return { userId, role: "user", requestId: `request of ${userId}`, traceparent: "" };
}

describe("a database", () => {
  test("gives typed rows, the first row, or none", async () => {
    expect(await database.write(add("Minuet", 32), add("Prelude", null))).toEqual({
      ok: true,
      value: [1, 1],
    });
    expect(await allPieces()).toEqual({
      ok: true,
      value: [
        { name: "Minuet", bars: 32 },
        { name: "Prelude", bars: null },
      ],
    });
    const first = await database.first(
      RowSchema,
      sql("SELECT name, bars FROM pieces WHERE name = ?", "Minuet"),
    );
    expect(first).toEqual({ ok: true, value: { name: "Minuet", bars: 32 } });
    const none = await database.first(
      RowSchema,
      sql("SELECT name, bars FROM pieces WHERE name = ?", "Fugue"),
    );
    expect(none).toEqual({ ok: true, value: null });
  });

  test("writes all of several statements or none", async () => {
    await database.write(add("Minuet", 32));
    const failing = await database.write(add("Prelude", 24), add("Minuet", 16));
    expect(failing).toMatchObject({ ok: false, error: { code: "DATABASE_ERROR" } });
    expect(await allPieces()).toEqual({ ok: true, value: [{ name: "Minuet", bars: 32 }] });
  });

  test("takes any text as a value and never as a statement", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }), async (name) => {
        fc.pre(name.isWellFormed() && !name.includes("\0"));
        await database.write(sql("DELETE FROM pieces"), add(`${name}'; DROP TABLE pieces; --`, 1));
        expect(await allPieces()).toMatchObject({
          ok: true,
          value: [{ name: `${name}'; DROP TABLE pieces; --` }],
        });
      }),
      { seed: SEED, numRuns: 40 },
    );
  });

  test("tells the caller nothing of a fault that the log tells", async () => {
    const failing = await database.all(RowSchema, sql("SELECT name, bars FROM scores"));
    expect(failing).toMatchObject({ ok: false, error: { code: "DATABASE_ERROR" } });
    expect(JSON.stringify(failing)).not.toMatch(/scores|SQLITE|D1/);
    expect(log.map(({ text }) => text)).toEqual([expect.stringContaining("no such table: scores")]);
  });

  test("doesn't pass on a row that isn't what it should be", async () => {
    await database.write(add("Minuet", 32));
    const wrong = v.strictObject({ name: v.number() });
    const failing = await database.first(wrong, sql("SELECT name FROM pieces"));
    expect(failing).toMatchObject({ ok: false, error: { code: "DATABASE_ERROR" } });
    expect(log).toHaveLength(1);
  });
});

describe("an audit log", () => {
  test("gives a user's newest entries first, and no more than asked for", async () => {
    for (const objectId of ["one", "two", "three"]) {
      await database.write(auditStatement(callerOf("anna"), "context.write", objectId, AT));
    }
    await database.write(auditStatement(callerOf("berta"), "context.write", "hers", AT));
    const trail = await readAuditLog(database, "anna", 2);
    expect(trail.ok && trail.value.map(({ object_id }) => object_id)).toEqual(["three", "two"]);
  });

  test("has no entry of what didn't happen", async () => {
    await database.write(add("Minuet", 32), auditStatement(callerOf("carla"), "context.write", "one", AT));
    await database.write(auditStatement(callerOf("carla"), "context.write", "two", AT), add("Minuet", 32));
    const trail = await readAuditLog(database, "carla", 10);
    expect(trail.ok && trail.value.map(({ object_id }) => object_id)).toEqual(["one"]);
  });

  test("forgets an erased user, but not that somebody was erased", async () => {
    await database.write(auditStatement(callerOf("dora"), "context.write", null, AT));
    await database.write(...(await eraseAuditStatements(callerOf("dora"), AT)));
    expect(await readAuditLog(database, "dora", 10)).toEqual({ ok: true, value: [] });
    const { results } = await env.DB_CONTEXT.prepare(
      "SELECT user_id FROM audit_log WHERE action = 'user.erase'",
    ).all();
    expect(results).toEqual([{ user_id: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) }]);
  });
});
