import { env } from "cloudflare:workers";
import type { Result } from "@crescendai/contracts";
import { callerOf } from "@crescendai/worker-testing/caller";
import { overriding } from "@crescendai/worker-testing/overriding";
import { beforeAll, describe, expect, it } from "vitest";
import type RecordingsService from "../src/index.ts";
import { keepRecording, uploadOf } from "./support/rows.ts";
import { ask, list, migrate, problemOf, recordingsOn } from "./support/service.ts";

beforeAll(migrate);

const SECRET = "D1_ERROR: no such table: secret_table at offset 17";
const outage = () => Promise.reject(new Error(SECRET));

/** A database that answers nothing. */
const dead = {
  AUDIO: env.AUDIO,
  DB: overriding(env.DB, {
    batch: outage,
    prepare: (sql: string) => {
      const statement = env.DB.prepare(sql);
      const failing = { all: outage, first: outage, run: outage, raw: outage };
      return overriding(statement, { ...failing, bind: () => overriding(statement, failing) });
    },
  }),
};

/** A database that can be read and not written. */
const readOnly = { AUDIO: env.AUDIO, DB: overriding(env.DB, { batch: outage }) };

const ID = "00000000-0000-4000-8000-000000000000";

describe("a database that fails", () => {
  it.each([
    ["listing", "GET", "/api/v1/recordings"],
    ["listing a range of dates", "GET", "/api/v1/recordings?date_from=2026-11-23"],
    ["reading", "GET", `/api/v1/recordings/${ID}`],
    ["hearing", "GET", `/api/v1/recordings/${ID}/audio`],
    ["deleting", "DELETE", `/api/v1/recordings/${ID}`],
  ])("while %s is a DATABASE_ERROR that keeps what happened inside", async (_what, method, path) => {
    const answer = await ask("victim", path, { method }, dead);
    expect(answer.status).toBe(500);
    const problem = await problemOf(answer);
    expect(problem).toMatchObject({ error: "DATABASE_ERROR", request_id: "test-victim" });
    expect(JSON.stringify(problem)).not.toMatch(/secret|D1|SELECT|offset/);
  });

  const calls: readonly [string, (service: RecordingsService) => Promise<Result<unknown>>][] = [
    ["beginUpload", async (service) => service.beginUpload((await uploadOf("victim")).pending)],
    ["touchUpload", (service) => service.touchUpload(ID)],
    ["completeUpload", async (service) => service.completeUpload((await uploadOf("victim")).finished)],
    ["giveUpUpload", (service) => service.giveUpUpload(ID)],
    ["abandonUpload", (service) => service.abandonUpload(ID)],
    ["staleUploads", (service) => service.staleUploads("2026-11-23T00:00:00.000Z")],
    ["getRecording", (service) => service.getRecording("victim", ID)],
    ["setStatus", (service) => service.setStatus(ID, "failed")],
    ["unfinishedRecordings", (service) => service.unfinishedRecordings("2026-11-23T12:00:00.000Z")],
    ["unfinishedDeletions", (service) => service.unfinishedDeletions()],
    ["finishDeletion", (service) => service.finishDeletion(ID)],
    ["exportUser", (service) => service.exportUser(callerOf("victim"))],
    ["eraseUser", (service) => service.eraseUser(callerOf("victim"))],
    ["auditTrail", (service) => service.auditTrail("victim", 10)],
  ];

  it.each(calls)(
    "is a value for %s, not an exception, and keeps what happened inside",
    async (_name, call) => {
      const answer = await call(recordingsOn(dead));
      expect(answer).toMatchObject({ ok: false, error: { code: "DATABASE_ERROR" } });
      expect(JSON.stringify(answer)).not.toMatch(/secret|D1/);
    },
  );

  it("shows in the service's health, and in nothing else there", async () => {
    expect(await recordingsOn(dead).health()).toEqual({
      status: "degraded",
      dependencies: { DB: "failing", AUDIO: "ok" },
    });
  });

  it("to write leaves a recording as it was: neither hidden nor without its bytes", async () => {
    const { id, object_key } = await keepRecording("spared", {}, Uint8Array.of(7));
    const answer = await ask("spared", `/api/v1/recordings/${id}`, { method: "DELETE" }, readOnly);
    expect((await problemOf(answer)).error).toBe("DATABASE_ERROR");
    expect((await list("spared")).total).toBe(1);
    expect(await env.AUDIO.head(object_key)).not.toBeNull();
  });

  it("to write at the end of an upload leaves it pending, so that it can be completed or given up", async () => {
    const { pending, finished } = await uploadOf("interrupted");
    await recordingsOn().beginUpload(pending);
    expect(await recordingsOn(readOnly).completeUpload(finished)).toMatchObject({ ok: false });
    expect((await list("interrupted")).total).toBe(0);
    expect(await recordingsOn().completeUpload(finished)).toMatchObject({ value: { repeated: false } });
  });

  it("to read after an upload was completed doesn't let its object be taken away", async () => {
    const { pending, finished } = await uploadOf("unanswered");
    await recordingsOn().beginUpload(pending);
    let written = false;
    const deafAfterwards = {
      AUDIO: env.AUDIO,
      DB: overriding(env.DB, {
        batch: (statements: D1PreparedStatement[]) => {
          written = true;
          return env.DB.batch(statements);
        },
        prepare: (sql: string) => (written ? dead.DB.prepare(sql) : env.DB.prepare(sql)),
      }),
    };
    expect(await recordingsOn(deafAfterwards).completeUpload(finished)).toMatchObject({ ok: false });
    expect(await recordingsOn().giveUpUpload(pending.id)).toEqual({ ok: true, value: false });
    expect((await list("unanswered")).recordings.map(({ id }) => id)).toEqual([pending.id]);
  });
});

describe("a row that isn't what this version writes", () => {
  it("is a DATABASE_ERROR, and isn't handed on", async () => {
    const { id } = await keepRecording("odd", { created_at: "last Tuesday" });
    const answer = await ask("odd", `/api/v1/recordings/${id}`);
    expect(answer.status).toBe(500);
    const problem = await problemOf(answer);
    expect(problem.error).toBe("DATABASE_ERROR");
    expect(JSON.stringify(problem)).not.toContain("Tuesday");
  });
});
