import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { type AuditEntry, AuditLogSchema, failed, UserExportSchema } from "@crescendai/contracts";
import { captureLog } from "@crescendai/worker-testing/captured-log";
import { overriding } from "@crescendai/worker-testing/overriding";
import * as v from "valibot";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import Gateway from "../src/index.ts";
import { applyMigrations, call, callAs, callWith, jsonBody } from "./support/mesh.ts";
import { analyze, uploadTake } from "./support/take.ts";

beforeAll(applyMigrations);
beforeEach(() => void captureLog());

async function auditOf(answer: Response): Promise<AuditEntry[]> {
  expect(answer.status).toBe(200);
  return v.parse(AuditLogSchema, await answer.json()).entries;
}

function actionsOf(entries: readonly AuditEntry[]): string[] {
  return entries.map(({ action }) => action);
}

/** How many rows of a table of a database are on this. */
async function rowsOf(database: D1Database, table: string, column: string, value: string): Promise<number> {
  const row = await database
    .prepare(`SELECT count(*) AS rows FROM ${table} WHERE ${column} = ?`)
    .bind(value)
    .first<number>("rows");
  return row ?? 0;
}

describe("the audit log", () => {
  test("has every write, newest first, with who did it in which request", async () => {
    const headers = { "content-type": "application/json", "x-request-id": "lesson-1" };
    await callAs("anna", "/api/v1/context", { method: "PUT", headers, body: '{"goals":"one"}' });
    const id = await uploadTake("anna", 201);
    await callAs("anna", `/api/v1/recordings/${id}`, { method: "DELETE" });
    const entries = await auditOf(await callAs("anna", "/api/v1/audit"));
    expect(actionsOf(entries)).toEqual(["recording.delete", "context.write"]);
    expect(entries[0]).toMatchObject({ user_id: "anna", role: "user", object_id: id });
    expect(entries[1]).toMatchObject({ request_id: "lesson-1" });
    expect(entries.map(({ at }) => at)).toEqual(
      entries
        .map(({ at }) => at)
        .sort()
        .reverse(),
    );
  });

  test("has at most as many entries as were asked for, those of all services together", async () => {
    for (const goals of ["one", "two", "three"]) {
      await callAs("berta", "/api/v1/context", jsonBody("PUT", { goals }));
    }
    await callAs("berta", "/api/v1/me/export");
    const entries = await auditOf(await callAs("berta", "/api/v1/audit?limit=7"));
    expect(actionsOf(entries)).toEqual([...Array(6).fill("user.export"), "context.write"]);
  });

  test("is a user's own; an administrator may read another's", async () => {
    await callAs("carla", "/api/v1/context", jsonBody("PUT", { goals: "one" }));
    expect((await callAs("dora", "/api/v1/audit?user_id=carla")).status).toBe(403);
    expect(await auditOf(await callAs("dora", "/api/v1/audit"))).toEqual([]);
    const keys = { ALLOWED_API_KEYS: "app-key,admin:admin-key" };
    const asApp = { headers: { "x-api-key": "app-key" } };
    expect((await callWith(keys, "/api/v1/audit?user_id=carla", asApp)).status).toBe(403);
    const asAdmin = { headers: { "x-api-key": "admin-key" } };
    const entries = await auditOf(await callWith(keys, "/api/v1/audit?user_id=carla", asAdmin));
    expect(actionsOf(entries)).toEqual(["context.write"]);
  });

  test("says in what role something was done", async () => {
    const keys = { ALLOWED_API_KEYS: "admin:admin-key" };
    const headers = { "x-api-key": "admin-key", "x-user-id": "emma", "content-type": "application/json" };
    await callWith(keys, "/api/v1/context", { method: "PUT", headers, body: '{"goals":"hers"}' });
    expect(await auditOf(await callAs("emma", "/api/v1/audit"))).toMatchObject([{ role: "admin" }]);
  });

  test.each(["limit=0", "limit=501", "user_id=a%20b", "page=1"])("refuses %s", async (query) => {
    expect((await call(`/api/v1/audit?${query}`)).status).toBe(400);
  });

  test("isn't shown in part while a service can't read its own", async () => {
    const unreadable = async () => failed({ code: "DATABASE_ERROR", message: "Please try again." });
    const changes = { CONTEXT: overriding(env.CONTEXT, { auditTrail: unreadable }) };
    expect((await callWith(changes, "/api/v1/audit")).status).toBe(500);
  });
});

describe("everything held on a user", () => {
  test("is exported from every service, and nothing of anybody else", async () => {
    await callAs("fanny", "/api/v1/context", jsonBody("PUT", { goals: "play from memory" }));
    const id = await uploadTake("fanny", 301);
    const job = await analyze("fanny", id);
    await callAs("gerta", "/api/v1/context", jsonBody("PUT", { goals: "gerta's own" }));
    const answer = await callAs("fanny", "/api/v1/me/export");
    expect(answer.headers.get("content-disposition")).toContain("attachment");
    const held = v.parse(UserExportSchema, await answer.json());
    expect(Object.keys(held.services).sort()).toEqual([
      "chat",
      "context",
      "dedalus-orchestrator",
      "feedback",
      "rag",
      "recordings",
    ]);
    const text = JSON.stringify(held);
    for (const own of ["play from memory", id, job, "take.wav"]) expect(text).toContain(own);
    expect(text).not.toContain("gerta");
  });

  test("is erased in every service and from the bucket, and another user's stays", async () => {
    await callAs("hanna", "/api/v1/context", jsonBody("PUT", { goals: "one" }));
    const [id, kept] = [await uploadTake("hanna", 401), await uploadTake("ida", 402)];
    const job = await analyze("hanna", id);
    await callAs("hanna", "/api/v1/chat/sessions", jsonBody("POST", { recording_id: id }));
    const erased = await callAs("hanna", "/api/v1/me", { method: "DELETE" });
    expect(erased.status).toBe(200);
    expect(await erased.json()).toMatchObject({ user_id: "hanna" });
    for (const path of [`/api/v1/recordings/${id}`, `/api/v1/recordings/${id}/audio`, `/api/v1/job/${job}`]) {
      expect((await callAs("hanna", path)).status).toBe(404);
    }
    expect(await (await callAs("hanna", "/api/v1/context")).json()).toMatchObject({
      goals: [],
      updated_at: null,
    });
    const tables: [D1Database, string][] = [
      [env.DB_RECORDINGS, "recordings"],
      [env.DB_RECORDINGS, "audit_log"],
      [env.DB_FEEDBACK, "analyses"],
      [env.DB_FEEDBACK, "audit_log"],
      [env.DB_CONTEXT, "user_context"],
      [env.DB_CONTEXT, "audit_log"],
      [env.DB_RAG, "audit_log"],
      [env.DB_DEDALUS_ORCHESTRATOR, "audit_log"],
      [env.DB_CHAT, "sessions"],
      [env.DB_CHAT, "audit_log"],
    ];
    for (const [database, table] of tables) expect(await rowsOf(database, table, "user_id", "hanna")).toBe(0);
    expect((await callAs("ida", `/api/v1/recordings/${kept}/audio`)).status).toBe(200);
  });

  test("leaves of the erasure itself only that it was done, under no name", async () => {
    await callAs("jana", "/api/v1/context", jsonBody("PUT", { goals: "one" }));
    await callAs("jana", "/api/v1/me", { method: "DELETE" });
    expect(await auditOf(await callAs("jana", "/api/v1/audit"))).toEqual([]);
    const { results } = await env.DB_CONTEXT.prepare(
      "SELECT user_id FROM audit_log WHERE action = 'user.erase'",
    ).all();
    expect(results.length).toBeGreaterThan(0);
    expect(JSON.stringify(results)).not.toContain("jana");
    expect(results[0]).toMatchObject({ user_id: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) });
  });

  test("is erased by a second call where the first one failed half-way", async () => {
    await callAs("klara", "/api/v1/context", jsonBody("PUT", { goals: "one" }));
    const id = await uploadTake("klara", 501);
    const busy = async () => failed({ code: "DATABASE_ERROR", message: "Please try again." });
    const headers = { "x-user-id": "klara" };
    const changes = { CONTEXT: overriding(env.CONTEXT, { eraseUser: busy }) };
    const first = await callWith(changes, "/api/v1/me", { method: "DELETE", headers });
    expect(first.status).toBe(500);
    expect(await (await callAs("klara", "/api/v1/context")).json()).toMatchObject({ goals: ["one"] });
    expect((await callAs("klara", "/api/v1/me", { method: "DELETE" })).status).toBe(200);
    expect(await (await callAs("klara", "/api/v1/context")).json()).toMatchObject({ goals: [] });
    expect(await rowsOf(env.DB_RECORDINGS, "recordings", "id", id)).toBe(0);
  });
});

describe("deleting a recording", () => {
  function traces(id: string): Promise<number[]> {
    return Promise.all([
      rowsOf(env.DB_RECORDINGS, "recordings", "id", id),
      rowsOf(env.DB_FEEDBACK, "analyses", "recording_id", id),
    ]);
  }

  test("removes its row, its audio and what was made of it, in every service", async () => {
    const id = await uploadTake("lina", 601);
    const job = await analyze("lina", id);
    expect(await traces(id)).toEqual([1, 1]);
    const deleted = await callAs("lina", `/api/v1/recordings/${id}`, { method: "DELETE" });
    expect(deleted.status).toBe(200);
    expect(await deleted.json()).toMatchObject({ id });
    expect(await traces(id)).toEqual([0, 0]);
    for (const path of [`/api/v1/recordings/${id}`, `/api/v1/recordings/${id}/audio`, `/api/v1/job/${job}`]) {
      expect((await callAs("lina", path)).status).toBe(404);
    }
    expect((await callAs("lina", `/api/v1/recordings/${id}`, { method: "DELETE" })).status).toBe(404);
  });

  test("works with an id in capital letters", async () => {
    const id = await uploadTake("mina", 602);
    await analyze("mina", id);
    const deleted = await callAs("mina", `/api/v1/recordings/${id.toUpperCase()}`, { method: "DELETE" });
    expect(deleted.status).toBe(200);
    expect(await traces(id)).toEqual([0, 0]);
  });

  test("of another user's recording is 404 and removes nothing", async () => {
    const id = await uploadTake("nora", 603);
    await analyze("nora", id);
    expect((await callAs("olga", `/api/v1/recordings/${id}`, { method: "DELETE" })).status).toBe(404);
    expect(await traces(id)).toEqual([1, 1]);
    expect((await callAs("nora", `/api/v1/recordings/${id}/audio`)).status).toBe(200);
  });

  test.each([
    ["answers with an error", async () => failed({ code: "DATABASE_ERROR", message: "Please try again." })],
    ["isn't there", () => Promise.reject(new Error("connection refused"))],
  ])("that a service interrupts, because it %s, is finished by the sweep", async (_, forgetRecording) => {
    const id = await uploadTake("paula", 604);
    await analyze("paula", id);
    const changes = { FEEDBACK: overriding(env.FEEDBACK, { forgetRecording }) };
    const deleted = await callWith(changes, `/api/v1/recordings/${id}`, {
      method: "DELETE",
      headers: { "x-user-id": "paula" },
    });
    // The recording is gone for its owner at once, whatever is left to do.
    expect(deleted.status).toBe(200);
    expect((await callAs("paula", `/api/v1/recordings/${id}`)).status).toBe(404);
    expect(await traces(id)).toEqual([1, 1]);
    await new Gateway(createExecutionContext(), env).scheduled();
    expect(await traces(id)).toEqual([0, 0]);
  });

  test("the sweep leaves alone what isn't deleted, and one deletion's fault doesn't hold up another", async () => {
    const [kept, stuck, ready] = [
      await uploadTake("rosa", 701),
      await uploadTake("rosa", 702),
      await uploadTake("rosa", 703),
    ];
    const broken = overriding(env.FEEDBACK, { forgetRecording: () => Promise.reject(new Error("down")) });
    for (const id of [stuck, ready]) {
      await callWith({ FEEDBACK: broken }, `/api/v1/recordings/${id}`, {
        method: "DELETE",
        headers: { "x-user-id": "rosa" },
      });
    }
    const fails = overriding(env.FEEDBACK, {
      forgetRecording: (id: string) =>
        id === stuck ? Promise.reject(new Error("down")) : env.FEEDBACK.forgetRecording(id),
    });
    await new Gateway(createExecutionContext(), { ...env, FEEDBACK: fails }).scheduled();
    expect((await traces(stuck))[0]).toBe(1);
    expect((await traces(ready))[0]).toBe(0);
    expect((await traces(kept))[0]).toBe(1);
  });
});
