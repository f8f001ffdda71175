import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asUser, recordingsOf, sendUpload, uploadAs, uploaded, uploadForm } from "../support/client.ts";
import { type Mesh, startMesh } from "../support/mesh.ts";
import { expectProblem } from "../support/problem.ts";
import { storedObjects } from "../support/storage.ts";
import { largeTake, shortTake } from "../support/wav.ts";

const TAKE = shortTake(1);
const OTHER_TAKE = shortTake(2);

describe("a recording that is sent twice", () => {
  let mesh: Mesh;
  beforeAll(async () => {
    mesh = await startMesh();
  });
  afterAll(() => mesh.close());

  const send = (user: string, bytes: Uint8Array<ArrayBuffer>, key: string) =>
    sendUpload(mesh, user, uploadForm(bytes), { "idempotency-key": key });

  /** Exactly this recording is listed and stored. */
  async function expectOnly(user: string, ...ids: readonly string[]): Promise<void> {
    expect((await recordingsOf(mesh, user)).map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    const objects = (await storedObjects(mesh)).filter((key) => key.includes(`/${user}/`));
    expect(objects).toEqual(ids.toSorted().map((id) => `recordings/${user}/${id}.wav`));
  }

  it("with one Idempotency-Key is one recording", async () => {
    const first = await uploaded(await send("clara", TAKE, "key-1"));
    const second = await uploaded(await send("clara", TAKE, "key-1"));
    expect(second.id).toBe(first.id);
    await expectOnly("clara", first.id);
  });

  it("with one Idempotency-Key for other bytes is refused, and the first stays", async () => {
    const first = await uploaded(await send("robert", TAKE, "key-1"));
    const { message } = await expectProblem(await send("robert", OTHER_TAKE, "key-1"), "CONFLICT");
    expect(message).toMatch(/new key/);
    await expectOnly("robert", first.id);
    const other = await uploaded(await send("robert", OTHER_TAKE, "key-2"));
    await expectOnly("robert", first.id, other.id);
  });

  it("without a key is one recording, too, under the name it had first", async () => {
    const first = await uploadAs(mesh, "fanny", TAKE);
    const again = uploadForm(TAKE, { originalName: "another name.wav" });
    expect((await uploaded(await sendUpload(mesh, "fanny", again))).id).toBe(first);
    expect(await recordingsOf(mesh, "fanny")).toMatchObject([{ id: first, filename: "take.wav" }]);
    await expectOnly("fanny", first);
  });

  it("by two users, with the same key and the same bytes, is two recordings", async () => {
    const one = await uploaded(await send("ignaz", TAKE, "key-1"));
    const other = await uploaded(await send("moritz", TAKE, "key-1"));
    expect(other.id).not.toBe(one.id);
    await expectOnly("ignaz", one.id);
    await expectOnly("moritz", other.id);
  });

  it.each([
    { what: "a short take", user: "nadia", bytes: TAKE },
    // More than one part of R2's: the second upload is refused while it is still being sent.
    { what: "a large take", user: "lili", bytes: largeTake(6 * 1024 * 1024) },
  ])(
    "10 times at once with one key is one recording, and who must wait is told how long: $what",
    async (sent) => {
      const { user, bytes } = sent;
      const answers = await Promise.all(Array.from({ length: 10 }, () => send(user, bytes, "key-1")));
      const ids = new Set<string>();
      for (const answer of answers) {
        if (answer.status === 409) {
          await expectProblem(answer, "CONFLICT");
          expect(Number(answer.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
        } else ids.add((await uploaded(answer)).id);
      }
      expect(ids.size).toBe(1);
      await expectOnly(user, ...ids);
      expect((await uploaded(await send(user, bytes, "key-1"))).id).toBe([...ids][0]);
    },
  );

  it("10 times at once without a key is one recording", async () => {
    const ids = await Promise.all(Array.from({ length: 10 }, () => uploadAs(mesh, "olga", TAKE)));
    expect(new Set(ids).size).toBe(1);
    await expectOnly("olga", ...new Set(ids));
  });

  it("after it was deleted is a new recording, also with the same key", async () => {
    const first = await uploaded(await send("teresa", TAKE, "key-1"));
    await mesh.fetch(`/api/v1/recordings/${first.id}`, asUser("teresa", "DELETE"));
    const second = await uploaded(await send("teresa", TAKE, "key-1"));
    expect(second.id).not.toBe(first.id);
    await expectOnly("teresa", second.id);
  });
});
