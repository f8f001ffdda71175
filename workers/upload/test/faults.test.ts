import { env } from "cloudflare:workers";
import { failed } from "@crescendai/contracts";
import { overriding } from "@crescendai/worker-testing/overriding";
import { beforeAll, describe, expect, it } from "vitest";
import { uploadForm, wavOf } from "./support/form.ts";
import {
  migrate,
  NOTHING,
  newUser,
  problemOf,
  send,
  storedBytes,
  tracesOf,
  uploaded,
  uploadOn,
} from "./support/service.ts";

beforeAll(migrate);

const SECRET = "secret-bucket: we encountered an internal error (10001)";
const outage = () => Promise.reject(new Error(SECRET));
const small = wavOf(30_000);
const large = wavOf(11 * 1024 * 1024);

interface Faults {
  /** Called before a part is stored, with its number. */
  readonly uploadPart?: (number: number) => Promise<unknown>;
  /** Called once the parts are put together. */
  readonly completed?: () => Promise<unknown>;
}

/** The bucket with multipart uploads of which something fails, and those that were begun. */
function bucketWith(faults: Faults): { readonly AUDIO: R2Bucket; readonly begun: R2MultipartUpload[] } {
  const begun: R2MultipartUpload[] = [];
  const AUDIO = overriding(env.AUDIO, {
    createMultipartUpload: async (key: string) => {
      const multipart = await env.AUDIO.createMultipartUpload(key);
      begun.push(multipart);
      return overriding(multipart, {
        uploadPart: async (number: number, bytes: Uint8Array<ArrayBuffer>) => {
          await faults.uploadPart?.(number);
          return multipart.uploadPart(number, bytes);
        },
        complete: async (parts: R2UploadedPart[]) => {
          const object = await multipart.complete(parts);
          await faults.completed?.();
          return object;
        },
      });
    },
  });
  return { AUDIO, begun };
}

async function expectStorageError(answer: Response): Promise<void> {
  expect(answer.status).toBe(500);
  const problem = await problemOf(answer);
  expect(problem.error).toBe("STORAGE_ERROR");
  expect(JSON.stringify(problem)).not.toMatch(/secret|10001/);
}

/** None of the multipart uploads takes parts any more. */
async function expectAborted(multiparts: readonly R2MultipartUpload[]): Promise<void> {
  for (const { key, uploadId } of multiparts) {
    const another = env.AUDIO.resumeMultipartUpload(key, uploadId).uploadPart(1, new Uint8Array(1));
    await expect(another).rejects.toThrow();
  }
}

describe("storage that fails leaves nothing of the upload:", () => {
  it("when a small file is put", async () => {
    const user = newUser();
    await expectStorageError(
      await send(user, uploadForm(small), {}, { AUDIO: overriding(env.AUDIO, { put: outage }) }),
    );
    expect(await tracesOf(user)).toEqual(NOTHING);
  });

  it("when a small file is stored and the answer is lost", async () => {
    const user = newUser();
    const AUDIO = overriding(env.AUDIO, {
      put: async (key: string, bytes: Uint8Array<ArrayBuffer>) => {
        await env.AUDIO.put(key, bytes);
        throw new Error(SECRET);
      },
    });
    await expectStorageError(await send(user, uploadForm(small), {}, { AUDIO }));
    expect(await tracesOf(user)).toEqual(NOTHING);
  });

  it("when a large file is begun", async () => {
    const user = newUser();
    const AUDIO = overriding(env.AUDIO, { createMultipartUpload: outage });
    await expectStorageError(await send(user, uploadForm(large), {}, { AUDIO }));
    expect(await tracesOf(user)).toEqual(NOTHING);
  });

  it.each([1, 2, 3])("when part %i of a large file is stored", async (part) => {
    const user = newUser();
    const { AUDIO, begun } = bucketWith({
      uploadPart: (number) => (number === part ? outage() : Promise.resolve()),
    });
    await expectStorageError(await send(user, uploadForm(large), {}, { AUDIO }));
    expect(await tracesOf(user)).toEqual(NOTHING);
    expect(begun).toHaveLength(1);
    await expectAborted(begun);
  });

  it("when a large file is put together", async () => {
    const user = newUser();
    const begun: R2MultipartUpload[] = [];
    const AUDIO = overriding(env.AUDIO, {
      createMultipartUpload: async (key: string) => {
        const multipart = await env.AUDIO.createMultipartUpload(key);
        begun.push(multipart);
        return overriding(multipart, { complete: outage });
      },
    });
    await expectStorageError(await send(user, uploadForm(large), {}, { AUDIO }));
    expect(await tracesOf(user)).toEqual(NOTHING);
    await expectAborted(begun);
  });

  it("when a large file is put together and the answer is lost", async () => {
    const user = newUser();
    const { AUDIO, begun } = bucketWith({ completed: outage });
    await expectStorageError(await send(user, uploadForm(large), {}, { AUDIO }));
    expect(await tracesOf(user)).toEqual(NOTHING);
    expect(begun).toHaveLength(1);
  });

  it("except, when it can't be removed either, a trace for the sweep", async () => {
    const user = newUser();
    const AUDIO = overriding(env.AUDIO, {
      put: async (key: string, bytes: Uint8Array<ArrayBuffer>) => {
        await env.AUDIO.put(key, bytes);
        throw new Error(SECRET);
      },
      delete: outage,
    });
    await expectStorageError(await send(user, uploadForm(small), {}, { AUDIO }));
    const { objects, pending, recordings } = await tracesOf(user);
    expect(recordings).toEqual([]);
    expect(pending).toHaveLength(1);
    expect(objects).toEqual([`recordings/${user}/${pending[0]}.wav`]);
  });

  it("and its health says so", async () => {
    const broken = overriding(env.AUDIO, { head: outage });
    expect(await uploadOn({ AUDIO: broken }).health()).toEqual({
      status: "degraded",
      dependencies: { AUDIO: "failing" },
    });
  });
});

const databaseError = async () =>
  failed({ code: "DATABASE_ERROR", message: "What you sent could not be stored." } as const);
const unreachable = () => Promise.reject(new Error("D1_ERROR: secret-table is locked"));

describe("recordings that fail leave nothing of the upload:", () => {
  const faults = [
    ["beginUpload", "answers with an error", databaseError, 500, "DATABASE_ERROR"],
    ["beginUpload", "throws", unreachable, 503, "SERVICE_UNAVAILABLE"],
    ["completeUpload", "answers with an error", databaseError, 500, "DATABASE_ERROR"],
    ["completeUpload", "throws", unreachable, 503, "SERVICE_UNAVAILABLE"],
  ] as const;
  const cases = faults.flatMap((fault) => [
    [...fault, "small", small] as const,
    [...fault, "large", large] as const,
  ]);

  it.each(cases)("%s %s", async (method, _how, fault, status, code, _size, file) => {
    const user = newUser();
    const { AUDIO, begun } = bucketWith({});
    const RECORDINGS = overriding(env.RECORDINGS, { [method]: fault });
    const answer = await send(user, uploadForm(file), {}, { AUDIO, RECORDINGS });
    expect(answer.status).toBe(status);
    const problem = await problemOf(answer);
    expect(problem.error).toBe(code);
    expect(JSON.stringify(problem)).not.toMatch(/secret|D1/);
    expect(await tracesOf(user)).toEqual(NOTHING);
    await expectAborted(begun);
  });

  it("not even when they can't say that an upload goes on, which then simply does", async () => {
    const user = newUser();
    for (const touchUpload of [databaseError, unreachable]) {
      const RECORDINGS = overriding(env.RECORDINGS, { touchUpload });
      await uploaded(await send(user, uploadForm(large), {}, { RECORDINGS }));
    }
  });
});

describe("a recording that was registered keeps its bytes", () => {
  it("although the answer was lost, and comes back when it's sent again", async () => {
    const user = newUser();
    const RECORDINGS = overriding(env.RECORDINGS, {
      completeUpload: async (...finished: Parameters<typeof env.RECORDINGS.completeUpload>) => {
        await env.RECORDINGS.completeUpload(...finished);
        throw new Error("the connection broke");
      },
    });
    const answer = await send(user, uploadForm(small), {}, { RECORDINGS });
    expect((await problemOf(answer)).error).toBe("SERVICE_UNAVAILABLE");
    expect(answer.headers.get("retry-after")).toBe("5");
    const { recordings, objects, pending } = await tracesOf(user);
    expect(objects).toEqual(recordings.map((id) => `recordings/${user}/${id}.wav`));
    expect({ recordings: recordings.length, pending }).toEqual({ recordings: 1, pending: [] });

    const { id } = await uploaded(await send(user, uploadForm(small)));
    expect(recordings).toEqual([id]);
    expect(await storedBytes(user, id)).toEqual(small);
  });

  it("although recordings doesn't answer any more, not even about what may be removed", async () => {
    const user = newUser();
    const RECORDINGS = overriding(env.RECORDINGS, {
      completeUpload: async (...finished: Parameters<typeof env.RECORDINGS.completeUpload>) => {
        await env.RECORDINGS.completeUpload(...finished);
        throw new Error("the connection broke");
      },
      giveUpUpload: unreachable,
      abandonUpload: unreachable,
    });
    expect((await send(user, uploadForm(small), {}, { RECORDINGS })).status).toBe(503);
    const { recordings, objects } = await tracesOf(user);
    expect(recordings).toHaveLength(1);
    expect(objects).toEqual(recordings.map((id) => `recordings/${user}/${id}.wav`));
  });
});

describe("recordings that are gone altogether at the end", () => {
  it("leave the object and its trace to the sweep", async () => {
    const user = newUser();
    const RECORDINGS = overriding(env.RECORDINGS, {
      completeUpload: unreachable,
      giveUpUpload: unreachable,
      abandonUpload: unreachable,
    });
    expect((await send(user, uploadForm(small), {}, { RECORDINGS })).status).toBe(503);
    const { recordings, objects, pending } = await tracesOf(user);
    expect(recordings).toEqual([]);
    expect(objects).toEqual(pending.map((id) => `recordings/${user}/${id}.wav`));
    expect(pending).toHaveLength(1);
  });
});
