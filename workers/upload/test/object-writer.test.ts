import { env } from "cloudflare:workers";
import { failed, ok, type Result } from "@crescendai/contracts";
import { createLogger } from "@crescendai/worker-kit";
import { overriding } from "@crescendai/worker-testing/overriding";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createObjectWriter, PART_BYTES } from "../src/object-writer.ts";
import { sha256Of, wavOf } from "./support/form.ts";

const MIB = 1024 * 1024;
const log = createLogger("upload");

/** A writer on a key of its own, and what it told. */
function writerOn(
  bucket: R2Bucket = env.AUDIO,
  announce: () => Promise<Result<null>> = async () => ok(null),
) {
  const key = `writer/${crypto.randomUUID()}`;
  const announced: (string | null)[] = [];
  let progressed = 0;
  const writer = createObjectWriter({
    bucket,
    key: () => key,
    announce: (multipartUploadId) => {
      announced.push(multipartUploadId);
      return announce();
    },
    progressed: async () => {
      progressed += 1;
    },
    log,
  });
  return { key, writer, announced, progressed: () => progressed };
}

async function hashIn(key: string): Promise<string | null> {
  const object = await env.AUDIO.get(key);
  return object === null ? null : sha256Of(new Uint8Array(await object.arrayBuffer()));
}

/** Whether a multipart upload still takes parts. */
async function isUnderWay(key: string, uploadId: string): Promise<boolean> {
  try {
    await env.AUDIO.resumeMultipartUpload(key, uploadId).uploadPart(1, new Uint8Array(1));
    return true;
  } catch {
    return false;
  }
}

describe("an object", () => {
  it.each([
    ["one byte", 1, 0],
    ["a little", 30_000, 0],
    ["one byte less than a part", PART_BYTES - 1, 0],
    ["exactly a part", PART_BYTES, 0],
    ["one byte more than a part", PART_BYTES + 1, 2],
    ["exactly two parts", 2 * PART_BYTES, 2],
    ["12 MiB", 12 * MIB, 3],
  ])("of %s has the bytes that were written", async (_what, size, parts) => {
    const bytes = wavOf(Math.max(size, 44)).slice(0, size);
    const { key, writer, announced, progressed } = writerOn();
    for (let at = 0; at < size; at += 65_537) {
      expect(await writer.write(bytes.subarray(at, at + 65_537))).toEqual({ ok: true, value: null });
    }
    expect(await hashIn(key)).toBeNull();
    expect(await writer.finish()).toEqual({ ok: true, value: null });
    expect(await hashIn(key)).toBe(await sha256Of(bytes));
    // In one piece, it is stored once and its size is known; in parts, each but the last is as small as R2 takes.
    expect(announced).toEqual([parts === 0 ? null : expect.any(String)]);
    expect(progressed()).toBe(parts);
  });

  it("is the same in whatever pieces it is written, its parts of one size but for the last, as R2 wants them", async () => {
    const bytes = wavOf(2 * PART_BYTES + 100_000);
    const expected = await sha256Of(bytes);
    const cut = fc.oneof(
      fc.integer({ min: 0, max: bytes.length }),
      fc.integer({ min: PART_BYTES - 2, max: PART_BYTES + 2 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(cut, { maxLength: 6 }), async (places) => {
        const sizes: number[] = [];
        const bucket = overriding(env.AUDIO, {
          createMultipartUpload: async (name: string) => {
            const multipart = await env.AUDIO.createMultipartUpload(name);
            return overriding(multipart, {
              uploadPart: (number: number, part: Uint8Array<ArrayBuffer>) => {
                sizes.push(part.length);
                return multipart.uploadPart(number, part);
              },
            });
          },
        });
        const { key, writer } = writerOn(bucket);
        const ends = [...places.sort((a, b) => a - b), bytes.length];
        for (const [index, end] of ends.entries())
          await writer.write(bytes.subarray(ends[index - 1] ?? 0, end));
        await writer.finish();
        expect(sizes).toEqual([PART_BYTES, PART_BYTES, 100_000]);
        expect(await hashIn(key)).toBe(expected);
      }),
      { seed: 5, numRuns: 8 },
    );
  });

  it("isn't stored before it is announced, and not at all if that is refused", async () => {
    const refusal = failed({ code: "CONFLICT", message: "no" } as const);
    for (const size of [1000, PART_BYTES + 1]) {
      const { key, writer, announced } = writerOn(env.AUDIO, async () => {
        expect(await hashIn(key)).toBeNull();
        return refusal;
      });
      const written = await writer.write(wavOf(size));
      expect(written.ok ? await writer.finish() : written).toEqual(refusal);
      await writer.stop();
      await writer.remove();
      expect(await hashIn(key)).toBeNull();
      const [uploadId] = announced;
      if (typeof uploadId === "string") expect(await isUnderWay(key, uploadId)).toBe(false);
    }
  });

  it("has nothing in the bucket before there is a part's worth of bytes", async () => {
    const { key, writer, announced } = writerOn();
    await writer.write(new Uint8Array(PART_BYTES));
    expect(writer.begun).toBe(false);
    expect(announced).toEqual([]);
    await writer.stop();
    expect(await hashIn(key)).toBeNull();
  });

  it("that is given up in the middle is gone with all its parts, also with what is just under way", async () => {
    const { key, writer, announced } = writerOn();
    const underWay = writer.write(wavOf(2 * PART_BYTES + 1));
    await writer.stop();
    expect(writer.begun).toBe(true);
    expect(await writer.remove()).toEqual({ ok: true, value: null });
    expect((await underWay).ok).toBe(false);
    expect(await writer.write(new Uint8Array(1))).toMatchObject({ ok: false });
    expect(await writer.finish()).toMatchObject({ ok: false });
    const [uploadId] = announced;
    if (typeof uploadId !== "string") throw new Error("it was announced");
    expect(await isUnderWay(key, uploadId)).toBe(false);
    expect(await hashIn(key)).toBeNull();
  });

  it("can be removed once it's complete, and removed again", async () => {
    for (const size of [1000, PART_BYTES + 1]) {
      const { key, writer } = writerOn();
      await writer.write(wavOf(size));
      await writer.finish();
      for (let time = 0; time < 2; time += 1)
        expect(await writer.remove()).toEqual({ ok: true, value: null });
      expect(await hashIn(key)).toBeNull();
    }
  });

  it("that can't be removed says so", async () => {
    const outage = () => Promise.reject(new Error("delete: internal error (10001)"));
    const { writer } = writerOn(overriding(env.AUDIO, { delete: outage }));
    await writer.write(wavOf(1000));
    await writer.finish();
    expect(await writer.remove()).toMatchObject({ ok: false, error: { code: "STORAGE_ERROR" } });
  });
});
