import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { recordingsOf, sendUpload, uploadAs, uploaded } from "../support/client.ts";
import { type Mesh, startMesh } from "../support/mesh.ts";
import { audioPart, MULTIPART_TYPE, metadataPart, multipartBody } from "../support/multipart.ts";
import { audioBucket, recordingsDatabase, storedObjects } from "../support/storage.ts";
import { largeTake, shortTake } from "../support/wav.ts";

let mesh: Mesh;
beforeAll(async () => {
  mesh = await startMesh({ environment: { UPLOAD_GRACE_SECONDS: "0" } });
});
afterAll(() => mesh.close());

interface Trace {
  readonly object_key: string;
  readonly multipart_upload_id: string;
}

/** The trace of a user's upload that is under way, if there is one. */
async function traceOf(user: string): Promise<Trace | null> {
  const row = await (await recordingsDatabase(mesh))
    .prepare("SELECT object_key, multipart_upload_id FROM pending_uploads WHERE user_id = ?")
    .bind(user)
    .first();
  return row === null
    ? null
    : { object_key: String(row["object_key"]), multipart_upload_id: String(row["multipart_upload_id"]) };
}

/** The trace of a user's upload, as soon as it is there. */
function waitForTrace(user: string): Promise<Trace> {
  return vi.waitFor(
    async () => {
      const trace = await traceOf(user);
      if (trace === null) throw new Error("the upload hasn't begun to write");
      return trace;
    },
    { interval: 10, timeout: 30_000 },
  );
}

/** Begins an upload of a form and sends its first `sent` bytes. */
function beginUpload(user: string, form: Uint8Array, sent: number, headers: readonly string[] = []): Socket {
  const socket = connect({ host: mesh.url.hostname, port: Number(mesh.url.port) });
  const head = [
    "POST /api/v1/upload HTTP/1.1",
    `Host: ${mesh.url.host}`,
    `X-User-ID: ${user}`,
    `Content-Type: ${MULTIPART_TYPE}`,
    `Content-Length: ${form.length}`,
    ...headers,
    "",
    "",
  ];
  socket.on("error", () => undefined);
  socket.write(head.join("\r\n"));
  socket.write(form.subarray(0, sent));
  return socket;
}

/** What comes back until the first bytes of an answer are there, or the connection ends or is reset without one. */
async function receivedUntilEnd(socket: Socket): Promise<string> {
  const answer = await new Promise<string>((resolve) => {
    socket.once("data", (bytes) => resolve(String(bytes)));
    socket.once("close", () => resolve(""));
  });
  socket.destroy();
  return answer;
}

const uploadPart = async ({ object_key, multipart_upload_id }: Trace) =>
  (await audioBucket(mesh)).resumeMultipartUpload(object_key, multipart_upload_id).uploadPart(9, "more");

const whole = largeTake(18 * 1024 * 1024);
const body = multipartBody([metadataPart(whole.length), audioPart(whole)]);
/** Enough for two parts of R2's multipart upload. */
const SENT_BYTES = 12 * 1024 * 1024;

describe("an upload that breaks off in the middle", () => {
  it("is not listed, and the sweep leaves neither object nor parts of one", async () => {
    const user = "clara";
    const socket = beginUpload(user, body, SENT_BYTES);
    const trace = await waitForTrace(user);
    // While it is under way its parts are in the bucket: this is what would stay for ever.
    await expect(uploadPart(trace)).resolves.toBeDefined();
    socket.destroy();
    expect(await recordingsOf(mesh, user)).toEqual([]);
    await mesh.sweep("upload");
    expect(await traceOf(user)).toBeNull();
    expect(await storedObjects(mesh)).toEqual([]);
    await expect(uploadPart(trace)).rejects.toThrow(/does not exist/);
    expect(await recordingsOf(mesh, user)).toEqual([]);
  });

  it("can be sent again, with the same Idempotency-Key", async () => {
    const user = "robert";
    const socket = beginUpload(user, body, SENT_BYTES, ["Idempotency-Key: one-upload"]);
    await waitForTrace(user);
    socket.destroy();
    await mesh.sweep("upload");
    const headers = { "idempotency-key": "one-upload", "content-type": MULTIPART_TYPE };
    const { id } = await uploaded(await sendUpload(mesh, user, body, headers));
    expect((await recordingsOf(mesh, user)).map((recording) => recording.id)).toEqual([id]);
  });
});

describe("an upload of which nothing comes any more", () => {
  it("is cleared by the sweep as if the runtime had died, and can't be finished after it", async () => {
    const user = "ignaz";
    const socket = beginUpload(user, body, SENT_BYTES);
    const trace = await waitForTrace(user);
    // The connection stands, and nobody but the sweep has a reason to do anything.
    await mesh.sweep("upload");
    expect(await traceOf(user)).toBeNull();
    await expect(uploadPart(trace)).rejects.toThrow(/does not exist/);
    const received = receivedUntilEnd(socket);
    socket.write(body.subarray(SENT_BYTES));
    // Who is refused while still sending may find the connection reset before the answer is read (RFC 9112, §9.6).
    expect(await received).toMatch(/^(?:HTTP\/1\.1 [45]\d\d |$)/);
    expect(await recordingsOf(mesh, user)).toEqual([]);
    expect((await storedObjects(mesh)).filter((key) => key.includes(`/${user}/`))).toEqual([]);
  });
});

describe("a crash between the last byte and the row", () => {
  it("leaves an object that is not listed, and that the sweep removes; recordings stay", async () => {
    const kept = await uploadAs(mesh, "fanny", shortTake(1));
    const id = "0b6ce0f5-5b5c-4f3a-9d7e-2f6c3f1d2a4b";
    const key = `recordings/fanny/${id}.wav`;
    // As the runtime's end leaves it: the trace is written before the first byte.
    await (await recordingsDatabase(mesh))
      .prepare(
        `INSERT INTO pending_uploads (id, user_id, object_key, multipart_upload_id, idempotency_key, touched_at)
         VALUES (?, ?, ?, ?, ?, ?)`,
      )
      .bind(id, "fanny", key, null, null, new Date().toISOString())
      .run();
    await (await audioBucket(mesh)).put(key, "left behind");
    expect(await storedObjects(mesh)).toContain(key);
    expect((await recordingsOf(mesh, "fanny")).map(({ id }) => id)).toEqual([kept]);
    await mesh.sweep("upload");
    expect(await storedObjects(mesh)).not.toContain(key);
    expect((await storedObjects(mesh)).filter((stored) => stored.includes(kept))).toHaveLength(1);
    expect((await recordingsOf(mesh, "fanny")).map(({ id }) => id)).toEqual([kept]);
  });
});
