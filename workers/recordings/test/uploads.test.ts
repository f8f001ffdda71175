import { env } from "cloudflare:workers";
import { RecordingSchema } from "@crescendai/contracts";
import { overriding } from "@crescendai/worker-testing/overriding";
import * as v from "valibot";
import { beforeAll, describe, expect, it } from "vitest";
import { rowsOf, uploadOf } from "./support/rows.ts";
import { ask, list, migrate, recordingsOn } from "./support/service.ts";

beforeAll(migrate);

const FUTURE = "9999-01-01T00:00:00.000Z";
const PAST = "2000-01-01T00:00:00.000Z";

const isConflict = { ok: false, error: { code: "CONFLICT" } };
const service = recordingsOn();

/** Ids of the user's uploads among those that nobody has touched since `before`. */
async function staleOf(userId: string, before: string): Promise<string[]> {
  const stale = await service.staleUploads(before);
  if (!stale.ok) throw new Error(stale.error.message);
  return stale.value.filter(({ user_id }) => user_id === userId).map(({ id }) => id);
}

describe("an upload", () => {
  it("isn't a recording before it is complete, and is one then, exactly as announced", async () => {
    const { pending, finished } = await uploadOf("first");
    expect(await service.beginUpload(pending)).toEqual({ ok: true, value: null });
    expect((await list("first")).total).toBe(0);
    expect(await service.getRecording("first", pending.id)).toEqual({ ok: true, value: null });

    const completed = await service.completeUpload(finished);
    if (!completed.ok) throw new Error(completed.error.message);
    const { user_id, ...shown } = finished;
    expect(completed.value).toMatchObject({ repeated: false, recording: { ...shown, status: "uploaded" } });
    const answer = await ask("first", `/api/v1/recordings/${pending.id}`);
    expect(v.parse(RecordingSchema, await answer.json())).toEqual(completed.value.recording);
    expect((await list("first")).recordings).toEqual([completed.value.recording]);
    expect(await service.getRecording("first", pending.id)).toMatchObject({
      value: { user_id, object_key: pending.object_key },
    });
    expect(await rowsOf("first", "pending_uploads")).toBe(0);
  });

  it("of bytes that the user has sent before is that recording, and a recording of another user's own", async () => {
    const [one, two, others] = await Promise.all([
      uploadOf("repeats", { bytes: "same" }),
      uploadOf("repeats", { bytes: "same" }),
      uploadOf("repeats-too", { bytes: "same" }),
    ]);
    for (const { pending } of [one, two, others]) await service.beginUpload(pending);
    expect(await service.completeUpload(one.finished)).toMatchObject({ value: { repeated: false } });
    expect(await service.completeUpload({ ...two.finished, filename: "again.wav" })).toMatchObject({
      value: { repeated: true, recording: { id: one.pending.id, filename: "minuet.wav" } },
    });
    expect(await service.completeUpload(others.finished)).toMatchObject({
      value: { repeated: false, recording: { id: others.pending.id } },
    });
    expect((await list("repeats")).total).toBe(1);
  });

  it("that repeats keeps its trace until its object is gone, so that a crash leaves nothing unseen", async () => {
    const [one, two] = await Promise.all([
      uploadOf("traced", { bytes: "x" }),
      uploadOf("traced", { bytes: "x" }),
    ]);
    for (const { pending } of [one, two]) await service.beginUpload(pending);
    for (const { finished } of [one, two]) await service.completeUpload(finished);
    expect(await staleOf("traced", FUTURE)).toEqual([two.pending.id]);
    expect(await service.giveUpUpload(two.pending.id)).toEqual({ ok: true, value: true });
    await service.abandonUpload(two.pending.id);
    expect(await rowsOf("traced", "pending_uploads")).toBe(0);
  });

  it("completed twice at once with the same bytes gives one recording", async () => {
    const uploads = await Promise.all(
      Array.from({ length: 8 }, () => uploadOf("racer", { bytes: "one recording" })),
    );
    await Promise.all(uploads.map(({ pending }) => service.beginUpload(pending)));
    const answers = await Promise.all(uploads.map(({ finished }) => service.completeUpload(finished)));
    const completed = answers.map((answer) => {
      if (!answer.ok) throw new Error(answer.error.message);
      return answer.value;
    });
    expect(completed.filter(({ repeated }) => !repeated)).toHaveLength(1);
    expect(new Set(completed.map(({ recording }) => recording.id)).size).toBe(1);
    expect((await list("racer")).total).toBe(1);
  });

  it("that was swept isn't completed any more", async () => {
    const { pending, finished } = await uploadOf("slow");
    await service.beginUpload(pending);
    expect(await service.giveUpUpload(pending.id)).toEqual({ ok: true, value: true });
    expect(await service.completeUpload(finished)).toMatchObject(isConflict);
    await service.abandonUpload(pending.id);
    expect(await service.completeUpload(finished)).toMatchObject(isConflict);
    expect((await list("slow")).total).toBe(0);
  });

  it("that is complete can't be given up: its object is somebody's", async () => {
    const { pending, finished } = await uploadOf("finisher");
    await service.beginUpload(pending);
    await service.completeUpload(finished);
    expect(await service.giveUpUpload(pending.id)).toEqual({ ok: true, value: false });
    await service.abandonUpload(pending.id);
    expect((await list("finisher")).total).toBe(1);
  });

  it("given up and completed at once either is a recording or may be removed, never both", async () => {
    for (let round = 0; round < 20; round += 1) {
      const { pending, finished } = await uploadOf("undecided");
      await service.beginUpload(pending);
      const earlier = round % 2 === 0 ? service.completeUpload(finished) : null;
      const givingUp = service.giveUpUpload(pending.id);
      const completed = await (earlier ?? service.completeUpload(finished));
      expect(await givingUp).toEqual({ ok: true, value: !completed.ok });
    }
  });

  it("given up while it is being completed isn't completed", async () => {
    const { pending, finished } = await uploadOf("overtaken");
    await service.beginUpload(pending);
    const DB = overriding(env.DB, {
      batch: async (statements: D1PreparedStatement[]) => {
        await service.giveUpUpload(pending.id);
        return env.DB.batch(statements);
      },
    });
    expect(await recordingsOn({ AUDIO: env.AUDIO, DB }).completeUpload(finished)).toMatchObject(isConflict);
    expect((await list("overtaken")).total).toBe(0);
    expect(await staleOf("overtaken", FUTURE)).toEqual([pending.id]);
  });

  it("that completes another's pending upload becomes nobody's recording", async () => {
    const { pending, finished } = await uploadOf("owner");
    await service.beginUpload(pending);
    expect(await service.completeUpload({ ...finished, user_id: "thief" })).toMatchObject(isConflict);
    expect((await list("thief")).total).toBe(0);
    expect(await service.completeUpload(finished)).toMatchObject({ ok: true });
  });

  it("is stale once nobody has touched it for long, and not before", async () => {
    const { pending } = await uploadOf("idle");
    await service.beginUpload(pending);
    expect(await staleOf("idle", PAST)).toEqual([]);
    const before = new Date().toISOString();
    await service.touchUpload(pending.id);
    expect(await staleOf("idle", before)).toEqual([]);
    expect(await staleOf("idle", FUTURE)).toEqual([pending.id]);
    await service.abandonUpload(pending.id);
    expect(await staleOf("idle", FUTURE)).toEqual([]);
    expect(await service.abandonUpload(pending.id)).toEqual({ ok: true, value: null });
  });
});

describe("an Idempotency-Key", () => {
  it("of an upload under way is a conflict that says when to try again, for this user only", async () => {
    const [one, two, others] = await Promise.all([
      uploadOf("keyed", { key: "k1" }),
      uploadOf("keyed", { key: "k1" }),
      uploadOf("keyed-too", { key: "k1" }),
    ]);
    expect(await service.beginUpload(one.pending)).toMatchObject({ ok: true });
    const refused = await service.beginUpload(two.pending);
    expect(refused).toMatchObject({ ok: false, error: { code: "CONFLICT", retryAfter: expect.any(Number) } });
    expect(await service.beginUpload(others.pending)).toMatchObject({ ok: true });
    await service.completeUpload(one.finished);
    expect(await service.beginUpload(two.pending)).toMatchObject({ ok: true });
  });

  it("sent again with the same bytes gives the same recording", async () => {
    const [one, two] = await Promise.all([
      uploadOf("again", { key: "k", bytes: "b" }),
      uploadOf("again", { key: "k", bytes: "b" }),
    ]);
    await service.beginUpload(one.pending);
    await service.completeUpload(one.finished);
    await service.beginUpload(two.pending);
    expect(await service.completeUpload(two.finished)).toMatchObject({
      value: { repeated: true, recording: { id: one.pending.id } },
    });
  });

  it("sent again with other bytes is a conflict that changes nothing", async () => {
    const [one, two] = await Promise.all([
      uploadOf("other", { key: "k", bytes: "b" }),
      uploadOf("other", { key: "k", bytes: "c" }),
    ]);
    await service.beginUpload(one.pending);
    await service.completeUpload(one.finished);
    await service.beginUpload(two.pending);
    expect(await service.completeUpload(two.finished)).toMatchObject({
      ok: false,
      error: { code: "CONFLICT", message: expect.stringContaining("Use a new key") },
    });
    expect((await list("other")).recordings.map(({ id }) => id)).toEqual([one.pending.id]);
  });

  it("is free again when its upload was given up, although the object isn't cleared yet", async () => {
    const [one, two] = await Promise.all([
      uploadOf("retries", { key: "k" }),
      uploadOf("retries", { key: "k" }),
    ]);
    await service.beginUpload(one.pending);
    await service.giveUpUpload(one.pending.id);
    expect(await service.beginUpload(two.pending)).toMatchObject({ ok: true });
    expect(await staleOf("retries", FUTURE)).toEqual([one.pending.id, two.pending.id]);
  });

  it("and bytes are free again when the recording is deleted", async () => {
    const [one, two] = await Promise.all([
      uploadOf("anew", { key: "k", bytes: "b" }),
      uploadOf("anew", { key: "k", bytes: "b" }),
    ]);
    await service.beginUpload(one.pending);
    await service.completeUpload(one.finished);
    await ask("anew", `/api/v1/recordings/${one.pending.id}`, { method: "DELETE" });
    await service.beginUpload(two.pending);
    expect(await service.completeUpload(two.finished)).toMatchObject({
      value: { repeated: false, recording: { id: two.pending.id } },
    });
  });
});

describe("the status of a recording", () => {
  it("changes with the analysis, and not any more once the recording is deleted", async () => {
    const { pending, finished } = await uploadOf("analysed");
    await service.beginUpload(pending);
    await service.completeUpload(finished);
    expect(await service.setStatus(pending.id, "completed")).toEqual({ ok: true, value: true });
    expect((await list("analysed", { status: "completed" })).total).toBe(1);
    await ask("analysed", `/api/v1/recordings/${pending.id}`, { method: "DELETE" });
    expect(await service.setStatus(pending.id, "failed")).toEqual({ ok: true, value: false });
    expect(await service.setStatus(crypto.randomUUID(), "failed")).toEqual({ ok: true, value: false });
  });
});
