import { type ErrorCode, MAX_AUDIO_BYTES } from "@crescendai/contracts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { m4aFile, mp3File, pngFile } from "../support/audio-files.ts";
import { sha256 } from "../support/bytes.ts";
import { asUser, freshUsers, recordingsOf, sendUpload, uploaded, uploadForm } from "../support/client.ts";
import { type Mesh, startMesh } from "../support/mesh.ts";
import { audioPart, MULTIPART_TYPE, metadataPart, multipartBody } from "../support/multipart.ts";
import { expectProblem, expectSafeHeaders } from "../support/problem.ts";
import { sendRaw } from "../support/raw-http.ts";
import { recordingsDatabase, storedObjects } from "../support/storage.ts";
import { shortTake } from "../support/wav.ts";

const take = shortTake(1);
let mesh: Mesh;
/** Every case has a user of its own, so that no case can be refused for another's sake. */
const newUser = freshUsers("sender");

beforeAll(async () => {
  mesh = await startMesh();
});
afterAll(() => mesh.close());

/** Nothing is left of what was refused: no recording, no object, no trace of an upload under way. */
async function expectNothingKept(user: string): Promise<void> {
  expect(await recordingsOf(mesh, user)).toEqual([]);
  expect((await storedObjects(mesh)).filter((key) => key.includes(`/${user}/`))).toEqual([]);
  const pending = await (await recordingsDatabase(mesh))
    .prepare("SELECT count(*) AS uploads FROM pending_uploads WHERE user_id = ?")
    .bind(user)
    .first();
  expect(pending).toEqual({ uploads: 0 });
}

interface Refusal {
  readonly what: string;
  readonly body: () => Uint8Array<ArrayBuffer> | FormData | string;
  readonly type?: string;
  readonly code: ErrorCode;
  /** What the message must tell the sender. */
  readonly says: RegExp;
}

/** A form as a browser sends it, of a take with other bytes or other metadata. */
const withBytes = (bytes: Uint8Array<ArrayBuffer>) => () => uploadForm(bytes);
const withMetadata = (metadata: Record<string, unknown>) => () => uploadForm(take, metadata);
/** A body that is written by hand. */
const written = (...parts: Parameters<typeof multipartBody>[0]) => ({
  body: () => multipartBody(parts),
  type: MULTIPART_TYPE,
});

const REFUSALS: readonly Refusal[] = [
  {
    what: "no audio part",
    ...written(metadataPart(take.length)),
    code: "VALIDATION_ERROR",
    says: /audio is missing: send the recording/,
  },
  {
    what: "no metadata part",
    ...written(audioPart(take)),
    code: "VALIDATION_ERROR",
    says: /metadata is missing: send JSON with originalName, size and type/,
  },
  { what: "no part at all", ...written(), code: "VALIDATION_ERROR", says: /audio|multipart/ },
  {
    what: "metadata that isn't JSON",
    ...written(audioPart(take), { name: "metadata", content: "originalName=take.wav" }),
    code: "VALIDATION_ERROR",
    says: /metadata is not valid JSON/,
  },
  {
    what: "metadata that isn't UTF-8",
    ...written(audioPart(take), { name: "metadata", content: Uint8Array.of(0x22, 0xff, 0xfe, 0x22) }),
    code: "VALIDATION_ERROR",
    says: /UTF-8/,
  },
  {
    what: "metadata that is a list",
    ...written(audioPart(take), { name: "metadata", content: "[]" }),
    code: "VALIDATION_ERROR",
    says: /metadata/,
  },
  {
    what: "an unknown field in the metadata",
    body: withMetadata({ user_id: "somebody-else" }),
    code: "VALIDATION_ERROR",
    says: /user_id is not a known field/,
  },
  {
    what: "a hash of other bytes",
    body: withMetadata({ hash: sha256(shortTake(2)) }),
    code: "VALIDATION_ERROR",
    says: /hash .*SHA-256.*again/,
  },
  {
    what: "a hash that isn't one",
    body: withMetadata({ hash: "abc" }),
    code: "VALIDATION_ERROR",
    says: /hash must be a SHA-256/,
  },
  {
    what: "a size that isn't the file's",
    body: withMetadata({ size: take.length + 1 }),
    code: "VALIDATION_ERROR",
    says: new RegExp(`size says ${take.length + 1} bytes, but ${take.length} arrived.*again`),
  },
  {
    what: "a PNG named .wav",
    body: withBytes(pngFile()),
    code: "UNSUPPORTED_MEDIA_TYPE",
    says: /PNG.*(Send|WAV)/s,
  },
  { what: "an empty file", body: withBytes(new Uint8Array(0)), code: "VALIDATION_ERROR", says: /empty/ },
  {
    what: "a WAV file cut off in its header",
    body: withBytes(take.slice(0, 30)),
    code: "VALIDATION_ERROR",
    says: /cut off|breaks off|whole file/,
  },
  {
    what: "an MP3 file cut off in its tag",
    body: withBytes(mp3File(10).slice(0, 15)),
    code: "VALIDATION_ERROR",
    says: /cut off|breaks off|whole file/,
  },
  {
    what: "an M4A file cut off in its header",
    body: withBytes(m4aFile(100).slice(0, 200)),
    code: "VALIDATION_ERROR",
    says: /whole file/,
  },
  {
    what: "a multipart body that ends in the middle of the audio",
    body: () => multipartBody([metadataPart(take.length), audioPart(take)]).slice(0, take.length - 5000),
    type: MULTIPART_TYPE,
    code: "VALIDATION_ERROR",
    says: /send it again/,
  },
  {
    what: "a multipart body without its last boundary",
    body: () => multipartBody([metadataPart(take.length), audioPart(take)], false),
    type: MULTIPART_TYPE,
    code: "VALIDATION_ERROR",
    says: /send it again/,
  },
  {
    what: "a multipart body cut off in the header of a part",
    body: () => multipartBody([audioPart(take), metadataPart(take.length)]).slice(0, 60),
    type: MULTIPART_TYPE,
    code: "VALIDATION_ERROR",
    says: /send it again|audio/,
  },
  {
    what: "a filename of 10,000 characters",
    body: withMetadata({ originalName: `${"a".repeat(9996)}.wav` }),
    code: "VALIDATION_ERROR",
    says: /originalName must be at most 255 characters/,
  },
  {
    what: "a NUL in the filename",
    body: withMetadata({ originalName: "take\u0000.wav" }),
    code: "VALIDATION_ERROR",
    says: /originalName must not contain control characters/,
  },
  {
    what: "an empty filename",
    body: withMetadata({ originalName: "" }),
    code: "VALIDATION_ERROR",
    says: /originalName must not be empty/,
  },
  {
    what: "two audio parts",
    ...written(audioPart(take), audioPart(shortTake(2)), metadataPart(take.length)),
    code: "VALIDATION_ERROR",
    says: /audio must be there once/,
  },
  {
    what: "two metadata parts",
    ...written(audioPart(take), metadataPart(take.length), metadataPart(take.length)),
    code: "VALIDATION_ERROR",
    says: /metadata must be there once/,
  },
  {
    what: "more parts than a form has",
    ...written(
      ...Array.from({ length: 20 }, (_, part) => ({ name: `part${part}`, content: "x" })),
      audioPart(take),
      metadataPart(take.length),
    ),
    code: "VALIDATION_ERROR",
    says: /more than \d+ parts/,
  },
  {
    what: "a body that isn't multipart",
    body: () => take,
    type: "audio/wav",
    code: "UNSUPPORTED_MEDIA_TYPE",
    says: /multipart\/form-data with the parts audio and metadata/,
  },
  {
    what: "JSON instead of a form",
    body: () => "{}",
    type: "application/json",
    code: "UNSUPPORTED_MEDIA_TYPE",
    says: /multipart\/form-data/,
  },
  {
    what: "multipart without a boundary",
    body: () => multipartBody([audioPart(take), metadataPart(take.length)]),
    type: "multipart/form-data",
    code: "VALIDATION_ERROR",
    says: /boundary/,
  },
  {
    what: "a file of 50 MB and a byte",
    body: () => {
      const large = new Uint8Array(MAX_AUDIO_BYTES + 1);
      large.set(take);
      return uploadForm(large);
    },
    code: "PAYLOAD_TOO_LARGE",
    says: /larger than 50 MB.*MP3 or M4A/,
  },
];

describe("an upload that can't be taken", () => {
  it.each(REFUSALS)("with $what is refused with what to do, and changes nothing", async (refusal) => {
    const user = newUser();
    const headers: Record<string, string> =
      refusal.type === undefined ? {} : { "content-type": refusal.type };
    const answer = await sendUpload(mesh, user, refusal.body(), headers);
    expectSafeHeaders(answer);
    const problem = await expectProblem(answer, refusal.code);
    expect(problem.message).toMatch(refusal.says);
    await expectNothingKept(user);
  });

  it("with an Idempotency-Key that isn't one is refused, and changes nothing", async () => {
    const user = newUser();
    const answer = await sendUpload(mesh, user, uploadForm(take), { "idempotency-key": "a".repeat(256) });
    expect((await expectProblem(answer, "VALIDATION_ERROR")).message).toMatch(/Idempotency-Key/);
    await expectNothingKept(user);
  });

  const formBytes = multipartBody([metadataPart(take.length), audioPart(take)]);
  const rawUpload = (user: string, contentLength: number) => [
    "POST /api/v1/upload HTTP/1.1",
    `Content-Type: ${MULTIPART_TYPE}`,
    `Content-Length: ${contentLength}`,
    `X-User-ID: ${user}`,
  ];

  it("that claims to be shorter than it is, is refused and changes nothing", async () => {
    const user = newUser();
    const head = rawUpload(user, formBytes.length - 1000);
    const answer = await sendRaw(mesh.url, { head, body: formBytes });
    expect((await expectProblem(answer, "VALIDATION_ERROR")).message).toMatch(/send it again/);
    await expectNothingKept(user);
  });

  it("that claims to be longer than what comes is never listed", async () => {
    const user = newUser();
    const head = rawUpload(user, formBytes.length + 1000);
    const answer = await sendRaw(mesh.url, { head, body: formBytes, halfClose: true }).catch(() => null);
    // The connection is at its end in the middle of a request: an answer is possible, success is not.
    if (answer !== null) expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(await recordingsOf(mesh, user)).toEqual([]);
    expect((await storedObjects(mesh)).filter((key) => key.includes(`/${user}/`))).toEqual([]);
  });

  it("that claims more than 50 MB is refused before it is sent", async () => {
    const user = newUser();
    const answer = await sendRaw(mesh.url, { head: rawUpload(user, 60 * 1024 * 1024) });
    expect((await expectProblem(answer, "PAYLOAD_TOO_LARGE")).message).toMatch(/larger than 50 MB/);
    await expectNothingKept(user);
  });
});

describe("a large file that is refused early", () => {
  /** A file of so many MB whose first bytes say what it is. */
  const large = (megabytes: number, beginning: Uint8Array) => {
    const bytes = new Uint8Array(megabytes * 1024 * 1024);
    bytes.set(beginning);
    return bytes;
  };

  it.each([
    { what: "a PNG of 30 MB", bytes: () => large(30, pngFile()), code: "UNSUPPORTED_MEDIA_TYPE" },
    { what: "a recording of 60 MB", bytes: () => large(60, take), code: "PAYLOAD_TOO_LARGE" },
  ] as const)("($what) gets its answer, although it is still being sent", async ({ bytes, code }) => {
    const user = newUser();
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await expectProblem(await sendUpload(mesh, user, uploadForm(bytes())), code);
    }
    await expectNothingKept(user);
  });
});

describe("an upload with an unusual filename", () => {
  afterAll(async () => {
    const keys = await storedObjects(mesh);
    expect(keys.length).toBeGreaterThan(0);
    for (const key of keys) expect(key).toMatch(/^recordings\/sender-\d+\/[0-9a-f-]{36}\.wav$/);
  });

  it.each([
    { what: "a path that climbs", sent: "../../../etc/passwd.wav", kept: "passwd.wav" },
    { what: "an absolute path", sent: "/var/lib/take.wav", kept: "take.wav" },
    { what: "a Windows path", sent: "C:\\Takes\\étude.wav", kept: "étude.wav" },
    { what: "dots only", sent: "..", kept: "recording.wav" },
    { what: "emoji", sent: "🎹 étude – take 1 👩‍🎤.wav", kept: "🎹 étude – take 1 👩‍🎤.wav" },
    { what: "quotes and markup", sent: `"><script>'%00;.wav`, kept: `"><script>'%00;.wav` },
    { what: "255 emoji", sent: "🎹".repeat(255), kept: "🎹".repeat(255) },
  ])("($what) is stored under a harmless name, and the name comes back", async ({ sent, kept }) => {
    const user = newUser();
    const answer = await uploaded(await sendUpload(mesh, user, uploadForm(take, { originalName: sent })));
    expect(answer.original_filename).toBe(kept);
    const [recording] = await recordingsOf(mesh, user);
    expect(recording?.filename).toBe(kept);
    const audio = await mesh.fetch(`/api/v1/recordings/${answer.id}/audio`, asUser(user, "HEAD"));
    expect(audio.status).toBe(200);
    const encoded = /filename\*=UTF-8''(\S+)$/.exec(audio.headers.get("content-disposition") ?? "")?.[1];
    expect(decodeURIComponent(encoded ?? "")).toBe(kept);
  });
});
