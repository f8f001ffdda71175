import { env } from "cloudflare:workers";
import { RecordingDeletedSchema } from "@crescendai/contracts";
import { callerOf } from "@crescendai/worker-testing/caller";
import { overriding } from "@crescendai/worker-testing/overriding";
import * as v from "valibot";
import { beforeAll, describe, expect, it } from "vitest";
import { insertRows, keepRecording, recordingOf, rowsOf, uploadOf } from "./support/rows.ts";
import { ask, list, migrate, problemOf, recordingsOn } from "./support/service.ts";

beforeAll(migrate);

const BYTES = Uint8Array.of(1, 2, 3);
const service = recordingsOn();
const deletion = (user: string, id: string, bindings: RecordingsEnv = env) =>
  ask(user, `/api/v1/recordings/${id}`, { method: "DELETE" }, bindings);
const isStored = async (key: string) => (await env.AUDIO.head(key)) !== null;

async function unfinished(): Promise<string[]> {
  const ids = await service.unfinishedDeletions();
  if (!ids.ok) throw new Error(ids.error.message);
  return ids.value;
}

async function auditOf(user: string) {
  const trail = await service.auditTrail(user, 100);
  if (!trail.ok) throw new Error(trail.error.message);
  return trail.value;
}

const brokenStorage = {
  DB: env.DB,
  AUDIO: overriding(env.AUDIO, { delete: () => Promise.reject(new Error("secret-bucket: try later")) }),
};

describe("deleting a recording", () => {
  it("hides it at once everywhere and removes its bytes", async () => {
    const { id, object_key } = await keepRecording("deletes", {}, BYTES);
    const answer = await deletion("deletes", id);
    expect(answer.status).toBe(200);
    expect(v.parse(RecordingDeletedSchema, await answer.json()).id).toBe(id);

    expect(await isStored(object_key)).toBe(false);
    expect(await list("deletes")).toMatchObject({ recordings: [], total: 0 });
    for (const path of [`/api/v1/recordings/${id}`, `/api/v1/recordings/${id}/audio`]) {
      expect((await ask("deletes", path)).status).toBe(404);
    }
    expect((await deletion("deletes", id)).status).toBe(404);
    expect(await service.getRecording("deletes", id)).toEqual({ ok: true, value: null });
  });

  it("leaves a trace until every service has forgotten it, then none", async () => {
    const { id } = await keepRecording("forgets", {}, BYTES);
    await deletion("forgets", id);
    expect(await unfinished()).toContain(id);
    expect(await rowsOf("forgets", "recordings")).toBe(1);
    for (let time = 0; time < 2; time += 1) {
      expect(await service.finishDeletion(id)).toEqual({ ok: true, value: null });
      expect(await rowsOf("forgets", "recordings")).toBe(0);
    }
    expect(await unfinished()).not.toContain(id);
  });

  it("happens once, and is in the audit log once, when asked for several times at the same moment", async () => {
    const { id } = await keepRecording("deletes-at-once", {}, BYTES);
    const answers = await Promise.all([1, 2, 3].map(() => deletion("deletes-at-once", id)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 404, 404]);
    const trail = await service.auditTrail("deletes-at-once", 10);
    expect(trail.ok && trail.value.map(({ action }) => action)).toEqual(["recording.delete"]);
  });

  it("isn't finished for a recording that nobody deleted", async () => {
    const { id, object_key } = await keepRecording("keeps", {}, BYTES);
    expect(await service.finishDeletion(id)).toEqual({ ok: true, value: null });
    expect((await list("keeps")).total).toBe(1);
    expect(await isStored(object_key)).toBe(true);
  });

  it("holds when storage fails: hidden at once, and the bytes go when it's finished", async () => {
    const { id, object_key } = await keepRecording("outage", {}, BYTES);
    expect((await deletion("outage", id, brokenStorage)).status).toBe(200);
    expect((await list("outage")).total).toBe(0);
    expect(await isStored(object_key)).toBe(true);

    const stillBroken = await recordingsOn(brokenStorage).finishDeletion(id);
    expect(stillBroken).toMatchObject({ ok: false, error: { code: "STORAGE_ERROR" } });
    expect(JSON.stringify(stillBroken)).not.toContain("secret");
    expect(await unfinished()).toContain(id);

    expect(await service.finishDeletion(id)).toMatchObject({ ok: true });
    expect(await isStored(object_key)).toBe(false);
    expect(await unfinished()).not.toContain(id);
  });

  it("is handed out for finishing oldest first, 100 at a time", async () => {
    const rows = await Promise.all(Array.from({ length: 103 }, () => recordingOf("masses")));
    await insertRows(rows);
    const ids = rows.map(({ id }) => id);
    const hide = env.DB.prepare("UPDATE recordings SET deleted_at = ? WHERE id = ?");
    await env.DB.batch(
      ids.map((id, index) => hide.bind(`2001-01-01T00:00:00.${String(index).padStart(3, "0")}Z`, id)),
    );
    expect(await unfinished()).toEqual(ids.slice(0, 100));
    for (const id of ids.slice(0, 100)) await service.finishDeletion(id);
    expect((await unfinished()).slice(0, 3)).toEqual(ids.slice(100));
  });

  it("is written to the audit log with who did it, to what and in which request; a refused one isn't", async () => {
    const { id } = await keepRecording("audited", {}, BYTES);
    await deletion("intruder", id);
    await deletion("audited", id);
    expect(await auditOf("audited")).toEqual([
      {
        at: expect.stringMatching(/^\d{4}-.*Z$/),
        user_id: "audited",
        role: "user",
        action: "recording.delete",
        object_id: id,
        request_id: "test-audited",
      },
    ]);
    expect(await auditOf("intruder")).toEqual([]);
  });

  it("of something that isn't an id is refused", async () => {
    const answer = await deletion("deletes", "not-an-id");
    expect(answer.status).toBe(400);
    expect((await problemOf(answer)).error).toBe("VALIDATION_ERROR");
  });
});

describe("erasing a user", () => {
  it("removes more recordings than fit in one page, the deleted ones too, and nobody else's", async () => {
    const rows = await Promise.all(Array.from({ length: 230 }, () => recordingOf("leaves")));
    await insertRows(rows);
    await Promise.all(rows.map(({ object_key }) => env.AUDIO.put(object_key, BYTES)));
    const [first] = rows;
    if (first === undefined) throw new Error("there are rows");
    await deletion("leaves", first.id, brokenStorage);
    const other = await keepRecording("stays", {}, BYTES);

    expect(await service.eraseUser(callerOf("leaves"))).toEqual({ ok: true, value: null });
    expect(await rowsOf("leaves", "recordings")).toBe(0);
    expect((await env.AUDIO.list({ prefix: "recordings/leaves/" })).objects).toEqual([]);
    expect((await list("stays")).total).toBe(1);
    expect(await isStored(other.object_key)).toBe(true);
  });

  it("leaves the name nowhere in the database, but an entry that it was done", async () => {
    const { id } = await keepRecording("nameless", {}, BYTES);
    await keepRecording("nameless", {}, BYTES);
    await deletion("nameless", id);
    await service.eraseUser(callerOf("nameless"));
    for (const table of ["recordings", "recording_counts", "audit_log", "pending_uploads"]) {
      const { results } = await env.DB.prepare(`SELECT * FROM ${table}`).all<Record<string, unknown>>();
      const held = results.filter((row) => row["user_id"] === "nameless");
      expect(held, table).toEqual([]);
    }
    const erased = await env.DB.prepare(
      "SELECT user_id FROM audit_log WHERE action = 'user.erase' AND request_id = 'test-nameless'",
    ).first<string>("user_id");
    expect(erased).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  it("stops where storage fails, says so, and goes on from there the next time", async () => {
    const { object_key } = await keepRecording("unlucky", {}, BYTES);
    expect(await recordingsOn(brokenStorage).eraseUser(callerOf("unlucky"))).toMatchObject({
      ok: false,
      error: { code: "STORAGE_ERROR" },
    });
    expect(await rowsOf("unlucky", "recordings")).toBe(1);
    expect(await service.eraseUser(callerOf("unlucky"))).toMatchObject({ ok: true });
    expect(await isStored(object_key)).toBe(false);
  });
});

describe("the export of a user", () => {
  it("holds every recording, over all pages, and the audit log, and says so in the audit log", async () => {
    const rows = await Promise.all(Array.from({ length: 205 }, () => recordingOf("exports")));
    await insertRows(rows);
    const exported = await service.exportUser(callerOf("exports"));
    const shape = v.object({
      ok: v.literal(true),
      value: v.object({ recordings: v.array(v.object({ id: v.string() })), audit_log: v.array(v.unknown()) }),
    });
    expect(v.parse(shape, exported).value.recordings.map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
    expect(JSON.stringify(exported)).not.toContain("object_key");
    expect((await auditOf("exports")).map(({ action }) => action)).toEqual(["user.export"]);
  });

  it("leaves out what was deleted", async () => {
    const { id } = await keepRecording("exports-less", {}, BYTES);
    await deletion("exports-less", id);
    expect(await service.exportUser(callerOf("exports-less"))).toMatchObject({ value: { recordings: [] } });
    const { pending } = await uploadOf("exports-less");
    await service.beginUpload(pending);
    expect(await service.exportUser(callerOf("exports-less"))).toMatchObject({ value: { recordings: [] } });
  });
});
