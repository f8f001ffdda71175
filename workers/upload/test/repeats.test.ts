import { env } from "cloudflare:workers";
import { overriding } from "@crescendai/worker-testing/overriding";
import { beforeAll, describe, expect, it } from "vitest";
import { uploadForm, wavOf } from "./support/form.ts";
import { migrate, problemOf, send, storedBytes, tracesOf, uploaded } from "./support/service.ts";

beforeAll(migrate);

const take = wavOf(30_000);
const otherTake = wavOf(30_000, 1);
const LARGE = 6 * 1024 * 1024;
const keyed = { "idempotency-key": "one-key" };

describe("the same bytes again", () => {
  it.each([
    ["small", take],
    ["large", wavOf(LARGE)],
  ])("from the same user are the same recording, stored once (%s file)", async (size, file) => {
    const user = `repeats-${size}`;
    const first = await uploaded(await send(user, uploadForm(file)));
    const messages: unknown[] = [];
    const ANALYSIS_QUEUE = overriding(env.ANALYSIS_QUEUE, {
      send: async (message: unknown) => messages.push(message),
    });
    const again = await uploaded(
      await send(user, uploadForm(file, { originalName: "b.wav" }), {}, { ANALYSIS_QUEUE }),
    );
    expect(again.id).toBe(first.id);
    expect(again.original_filename).toBe("take.wav");
    expect(again.message).toMatch(/before/);
    expect(messages).toEqual([]);
    expect(await tracesOf(user)).toEqual({
      objects: [`recordings/${user}/${first.id}.wav`],
      recordings: [first.id],
      pending: [],
    });
    expect(await storedBytes(user, first.id)).toEqual(file);
  });

  it("from another user are that user's own recording", async () => {
    const [one, two] = [await send("mine", uploadForm(take)), await send("yours", uploadForm(take))];
    expect((await uploaded(one)).id).not.toBe((await uploaded(two)).id);
    expect((await tracesOf("yours")).objects).toHaveLength(1);
  });

  it("sent many times at once are one recording with its bytes", async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => send("twins", uploadForm(take))));
    const ids = new Set((await Promise.all(answers.map(uploaded))).map(({ id }) => id));
    expect(ids.size).toBe(1);
    const [id = ""] = ids;
    expect(await tracesOf("twins")).toEqual({
      objects: [`recordings/twins/${id}.wav`],
      recordings: [id],
      pending: [],
    });
    expect(await storedBytes("twins", id)).toEqual(take);
  });

  it("whose second object can't be removed just now leave it to the sweep, and the first one alone", async () => {
    const { id } = await uploaded(await send("twofold", uploadForm(take)));
    const AUDIO = overriding(env.AUDIO, { delete: () => Promise.reject(new Error("try later")) });
    expect((await uploaded(await send("twofold", uploadForm(take), {}, { AUDIO }))).id).toBe(id);
    const traces = await tracesOf("twofold");
    expect(traces.objects).toHaveLength(2);
    expect(traces.pending).toHaveLength(1);
    expect(traces.objects).toContain(`recordings/twofold/${traces.pending[0]}.wav`);
  });
});

describe("an Idempotency-Key", () => {
  it("gives the same recording for the same file", async () => {
    const first = await uploaded(await send("keyed", uploadForm(take), keyed));
    expect((await uploaded(await send("keyed", uploadForm(take), keyed))).id).toBe(first.id);
    expect((await tracesOf("keyed")).recordings).toEqual([first.id]);
  });

  it("is a conflict for another file, of which nothing stays", async () => {
    const { id } = await uploaded(await send("changed", uploadForm(take), keyed));
    for (const file of [otherTake, wavOf(LARGE)]) {
      const answer = await send("changed", uploadForm(file), keyed);
      expect(answer.status).toBe(409);
      expect((await problemOf(answer)).message).toMatch(/new key/);
    }
    expect(await tracesOf("changed")).toEqual({
      objects: [`recordings/changed/${id}.wav`],
      recordings: [id],
      pending: [],
    });
  });

  it("under way is a conflict that says when to come back, and doesn't disturb the upload under way", async () => {
    const conflicts: Response[] = [];
    const RECORDINGS = overriding(env.RECORDINGS, {
      completeUpload: async (...finished: Parameters<typeof env.RECORDINGS.completeUpload>) => {
        for (const file of [take, wavOf(LARGE)]) conflicts.push(await send("busy", uploadForm(file), keyed));
        return env.RECORDINGS.completeUpload(...finished);
      },
    });
    const { id } = await uploaded(await send("busy", uploadForm(take), keyed, { RECORDINGS }));
    expect(conflicts.map(({ status }) => status)).toEqual([409, 409]);
    for (const conflict of conflicts) {
      expect(conflict.headers.get("retry-after")).toBe("5");
      expect((await problemOf(conflict)).error).toBe("CONFLICT");
    }
    expect(await tracesOf("busy")).toEqual({
      objects: [`recordings/busy/${id}.wav`],
      recordings: [id],
      pending: [],
    });
    expect(await storedBytes("busy", id)).toEqual(take);
  });

  it("can be used again after an upload that failed", async () => {
    const refused = await send("second-try", uploadForm(take, { size: 1 }), keyed);
    expect(refused.status).toBe(400);
    const AUDIO = overriding(env.AUDIO, { put: () => Promise.reject(new Error("try later")) });
    expect((await send("second-try", uploadForm(take), keyed, { AUDIO })).status).toBe(500);
    await uploaded(await send("second-try", uploadForm(otherTake), keyed));
  });

  it("is each user's own", async () => {
    await uploaded(await send("left", uploadForm(take), keyed));
    await uploaded(await send("right", uploadForm(otherTake), keyed));
  });
});
