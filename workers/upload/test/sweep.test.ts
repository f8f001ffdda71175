import { createScheduledController } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { createLogger } from "@crescendai/worker-kit";
import { overriding } from "@crescendai/worker-testing/overriding";
import { beforeAll, describe, expect, it } from "vitest";
import { sweepStaleUploads } from "../src/sweep.ts";
import { uploadForm, wavOf } from "./support/form.ts";
import {
  bindings,
  migrate,
  NOTHING,
  problemOf,
  send,
  storedBytes,
  tracesOf,
  uploaded,
  uploadOn,
} from "./support/service.ts";

beforeAll(migrate);

const log = createLogger("upload");
const small = wavOf(30_000);
const large = wavOf(11 * 1024 * 1024);
const outage = () => Promise.reject(new Error("delete: internal error (10001)"));

const GRACE = Number(env.UPLOAD_GRACE_SECONDS) * 1000;
/** When every upload that began until now counts as left behind. */
const muchLater = () => Date.now() + GRACE + 1000;

let users = 0;
function newUser(): string {
  users += 1;
  return `crashed-${users}`;
}

/** What a crash leaves of an upload: its trace, and its object or the parts of it. */
async function leaveBehind(user: string, how: "announced" | "whole" | "parts" | "put together" | "aborted") {
  const id = crypto.randomUUID();
  const key = `recordings/${user}/${id}.wav`;
  const multipart =
    how === "announced" || how === "whole" ? null : await env.AUDIO.createMultipartUpload(key);
  const pending = {
    id,
    user_id: user,
    object_key: key,
    multipart_upload_id: multipart?.uploadId ?? null,
    idempotency_key: null,
  };
  await env.RECORDINGS.beginUpload(pending);
  if (how === "whole") await env.AUDIO.put(key, small);
  const part = await multipart?.uploadPart(1, small);
  if (how === "put together" && part !== undefined) await multipart?.complete([part]);
  if (how === "aborted") await multipart?.abort();
  const isTaken = async () =>
    multipart !== null &&
    (await env.AUDIO.resumeMultipartUpload(key, multipart.uploadId)
      .uploadPart(2, small)
      .then(
        () => true,
        () => false,
      ));
  return { id, key, multipart, isTaken };
}

/** Clears what earlier tests left, so that the next sweep's count is of this test's uploads. */
async function clearOthers(): Promise<void> {
  await sweepStaleUploads(bindings(), muchLater(), log);
}

describe("the sweep", () => {
  it.each(["announced", "whole", "parts", "put together", "aborted"] as const)(
    "clears what a crash left of an upload that was %s",
    async (how) => {
      await clearOthers();
      const user = newUser();
      const { isTaken } = await leaveBehind(user, how);
      expect(await sweepStaleUploads(bindings(), muchLater(), log)).toEqual({ ok: true, value: 1 });
      expect(await tracesOf(user)).toEqual(NOTHING);
      expect(await isTaken()).toBe(false);
      expect(await sweepStaleUploads(bindings(), muchLater(), log)).toEqual({ ok: true, value: 0 });
    },
  );

  it("runs on its schedule, by the schedule's clock", async () => {
    const user = newUser();
    await leaveBehind(user, "whole");
    await uploadOn().scheduled(createScheduledController({ scheduledTime: Date.now() }));
    expect((await tracesOf(user)).pending).toHaveLength(1);
    await uploadOn().scheduled(createScheduledController({ scheduledTime: muchLater() }));
    expect(await tracesOf(user)).toEqual(NOTHING);
  });

  it("leaves an upload alone that was touched within the time of grace", async () => {
    const user = newUser();
    const { isTaken } = await leaveBehind(user, "parts");
    expect(await sweepStaleUploads(bindings(), Date.now() + GRACE - 5000, log)).toMatchObject({ ok: true });
    expect((await tracesOf(user)).pending).toHaveLength(1);
    expect(await isTaken()).toBe(true);
  });

  it("leaves recordings alone, and takes as long as the configuration says", async () => {
    const user = newUser();
    const { id } = await uploaded(await send(user, uploadForm(small)));
    await leaveBehind(user, "whole");
    const patient = bindings({ UPLOAD_GRACE_SECONDS: "3600" });
    await sweepStaleUploads(patient, Date.now() + 3_590_000, log);
    expect((await tracesOf(user)).objects).toHaveLength(2);
    await sweepStaleUploads(patient, Date.now() + 3_601_000, log);
    expect(await tracesOf(user)).toEqual({
      objects: [`recordings/${user}/${id}.wav`],
      recordings: [id],
      pending: [],
    });
  });

  it("keeps what it can't clear for the next time, and clears the rest", async () => {
    await clearOthers();
    const [stuck, fine] = [newUser(), newUser()];
    await leaveBehind(stuck, "whole");
    await leaveBehind(fine, "whole");
    const AUDIO = overriding(env.AUDIO, {
      delete: (key: string) => (key.includes(`/${stuck}/`) ? outage() : env.AUDIO.delete(key)),
    });
    expect(await sweepStaleUploads(bindings({ AUDIO }), muchLater(), log)).toEqual({ ok: true, value: 1 });
    expect(await tracesOf(fine)).toEqual(NOTHING);
    expect(await tracesOf(stuck)).toMatchObject({
      objects: [expect.any(String)],
      pending: [expect.any(String)],
    });
    expect(await sweepStaleUploads(bindings(), muchLater(), log)).toEqual({ ok: true, value: 1 });
    expect(await tracesOf(stuck)).toEqual(NOTHING);
  });

  it("keeps the trace of parts that it can't drop", async () => {
    await clearOthers();
    const user = newUser();
    const { isTaken } = await leaveBehind(user, "parts");
    const AUDIO = overriding(env.AUDIO, {
      resumeMultipartUpload: (key: string, uploadId: string) =>
        overriding(env.AUDIO.resumeMultipartUpload(key, uploadId), { abort: outage }),
    });
    expect(await sweepStaleUploads(bindings({ AUDIO }), muchLater(), log)).toEqual({ ok: true, value: 0 });
    expect((await tracesOf(user)).pending).toHaveLength(1);
    expect(await sweepStaleUploads(bindings(), muchLater(), log)).toEqual({ ok: true, value: 1 });
    expect(await isTaken()).toBe(false);
  });

  it("takes R2's word that there are no parts any more", async () => {
    await clearOthers();
    const user = newUser();
    await leaveBehind(user, "put together");
    const gone = () =>
      Promise.reject(new Error("abort: The specified multipart upload does not exist. (10024)"));
    const AUDIO = overriding(env.AUDIO, {
      resumeMultipartUpload: (key: string, uploadId: string) =>
        overriding(env.AUDIO.resumeMultipartUpload(key, uploadId), { abort: gone }),
    });
    expect(await sweepStaleUploads(bindings({ AUDIO }), muchLater(), log)).toEqual({ ok: true, value: 1 });
    expect(await tracesOf(user)).toEqual(NOTHING);
  });

  it("does nothing when recordings can't say what is stale, or that an upload is nobody's", async () => {
    const user = newUser();
    await leaveBehind(user, "whole");
    const error = { code: "DATABASE_ERROR", message: "try later" } as const;
    const refuses = async () => ({ ok: false, error }) as const;
    const deaf = overriding(env.RECORDINGS, { staleUploads: refuses });
    expect(await sweepStaleUploads(bindings({ RECORDINGS: deaf }), muchLater(), log)).toEqual({
      ok: false,
      error,
    });
    for (const giveUpUpload of [refuses, () => Promise.reject(new Error("no connection"))]) {
      const RECORDINGS = overriding(env.RECORDINGS, { giveUpUpload });
      expect(await sweepStaleUploads(bindings({ RECORDINGS }), muchLater(), log)).toEqual({
        ok: true,
        value: 0,
      });
    }
    expect((await tracesOf(user)).objects).toHaveLength(1);
    expect((await tracesOf(user)).pending).toHaveLength(1);
  });
});

describe("an upload that the sweep meets", () => {
  it("and that is completed after it was found stale keeps its bytes", async () => {
    await clearOthers();
    const user = newUser();
    const { id, key } = await leaveBehind(user, "whole");
    const RECORDINGS = overriding(env.RECORDINGS, {
      staleUploads: async (before: string) => {
        const stale = await env.RECORDINGS.staleUploads(before);
        const finished = { id, user_id: user, filename: "a.wav", file_size: small.length, duration: 1 };
        await env.RECORDINGS.completeUpload({ ...finished, mime_type: "audio/wav", sha256: "ab".repeat(32) });
        return stale;
      },
    });
    expect(await sweepStaleUploads(bindings({ RECORDINGS }), muchLater(), log)).toEqual({
      ok: true,
      value: 0,
    });
    expect(await tracesOf(user)).toEqual({ objects: [key], recordings: [id], pending: [] });
    expect(await storedBytes(user, id)).toEqual(small);
  });

  it("before its end is refused, and leaves nothing", async () => {
    const user = newUser();
    const RECORDINGS = overriding(env.RECORDINGS, {
      completeUpload: async (...finished: Parameters<typeof env.RECORDINGS.completeUpload>) => {
        await sweepStaleUploads(bindings(), muchLater(), log);
        return env.RECORDINGS.completeUpload(...finished);
      },
    });
    for (const file of [small, large]) {
      const answer = await send(user, uploadForm(file), {}, { RECORDINGS });
      expect(answer.status).toBe(409);
      expect((await problemOf(answer)).message).toMatch(/send the file again/);
      expect(await tracesOf(user)).toEqual(NOTHING);
    }
  });

  it("between its parts is refused, and leaves nothing", async () => {
    const user = newUser();
    const RECORDINGS = overriding(env.RECORDINGS, {
      touchUpload: async () => {
        await sweepStaleUploads(bindings(), muchLater(), log);
        return { ok: true, value: null };
      },
    });
    const answer = await send(user, uploadForm(large), {}, { RECORDINGS });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(await tracesOf(user)).toEqual(NOTHING);
  });

  it("says that it goes on with every part, so that the sweep doesn't meet it", async () => {
    const touched: string[] = [];
    const RECORDINGS = overriding(env.RECORDINGS, {
      touchUpload: async (id: string) => {
        touched.push(id);
        return env.RECORDINGS.touchUpload(id);
      },
    });
    const { id } = await uploaded(await send(newUser(), uploadForm(large), {}, { RECORDINGS }));
    expect(touched).toEqual([id, id, id]);
  });
});
