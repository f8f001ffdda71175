import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { m4aFile, mp3File } from "../support/audio-files.ts";
import { sha256 } from "../support/bytes.ts";
import { recordingsOf, sendUpload, uploaded, uploadForm } from "../support/client.ts";
import { type Mesh, startMesh } from "../support/mesh.ts";
import { struckNotes, wavFile } from "../support/wav.ts";

const FILES = [
  { format: "WAV", mime: "audio/wav", seconds: 5, bytes: wavFile(struckNotes(8)) },
  { format: "MP3", mime: "audio/mpeg", seconds: (100 * 1152) / 44_100, bytes: mp3File(100) },
  { format: "M4A", mime: "audio/mp4", seconds: (100 * 1024) / 44_100, bytes: m4aFile(100) },
] as const;

let mesh: Mesh;
beforeAll(async () => {
  mesh = await startMesh();
});
afterAll(() => mesh.close());

describe.each(FILES)("a recording sent as $format", ({ mime, seconds, bytes }) => {
  const user = `owner-of-${mime.replace("/", "-")}`;
  let path: string;

  beforeAll(async () => {
    const form = uploadForm(bytes, { hash: sha256(bytes) }, mime);
    path = `/api/v1/recordings/${(await uploaded(await sendUpload(mesh, user, form))).id}/audio`;
  });

  const get = (headers: Record<string, string> = {}, method = "GET") =>
    mesh.fetch(path, { method, headers: { "x-user-id": user, ...headers } });
  const bodyOf = async (answer: Response) => new Uint8Array(await answer.arrayBuffer());

  it("is listed with its type, size, hash and length in seconds", async () => {
    const [recording] = await recordingsOf(mesh, user);
    expect(recording).toMatchObject({ mime_type: mime, file_size: bytes.length, sha256: sha256(bytes) });
    expect(recording?.duration).toBeCloseTo(seconds, 1);
  });

  it("comes back with the same SHA-256", async () => {
    const answer = await get();
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe(mime);
    expect(answer.headers.get("content-length")).toBe(String(bytes.length));
    expect(answer.headers.get("accept-ranges")).toBe("bytes");
    expect(answer.headers.get("etag")).toBe(`"${sha256(bytes)}"`);
    expect(sha256(await bodyOf(answer))).toBe(sha256(bytes));
  });

  it.each([
    { what: "its first 100 bytes", range: "bytes=0-99", start: 0, end: 100 },
    { what: "a piece of its middle", range: "bytes=1000-1999", start: 1000, end: 2000 },
    { what: "its last 100 bytes", range: "bytes=-100", start: bytes.length - 100, end: bytes.length },
    { what: "all but its first 100 bytes", range: "bytes=100-", start: 100, end: bytes.length },
    {
      what: "a range that reaches beyond its end",
      range: "bytes=500-999999999",
      start: 500,
      end: bytes.length,
    },
    {
      what: "a range to beyond all numbers",
      range: `bytes=500-${"9".repeat(40)}`,
      start: 500,
      end: bytes.length,
    },
    { what: "a suffix longer than itself", range: "bytes=-999999999", start: 0, end: bytes.length },
  ])("gives $what", async ({ range, start, end }) => {
    const answer = await get({ range });
    expect(answer.status).toBe(206);
    expect(answer.headers.get("content-range")).toBe(`bytes ${start}-${end - 1}/${bytes.length}`);
    expect(answer.headers.get("content-length")).toBe(String(end - start));
    expect(sha256(await bodyOf(answer))).toBe(sha256(bytes.subarray(start, end)));
  });

  it.each([
    `bytes=${bytes.length}-`,
    `bytes=${bytes.length}-${bytes.length + 9}`,
    "bytes=-0",
    `bytes=${"9".repeat(40)}-`,
  ])("refuses %s, which is past its end, and says how long it is", async (range) => {
    const answer = await get({ range });
    expect(answer.status).toBe(416);
    expect(answer.headers.get("content-range")).toBe(`bytes */${bytes.length}`);
  });

  it.each(["lines=1-2", "bytes=5-1", "bytes=a-b", "bytes=0-1,4-5"])(
    "comes whole for a Range that isn't one range of bytes: %s",
    async (range) => {
      const answer = await get({ range });
      expect(answer.status).toBe(200);
      expect((await bodyOf(answer)).length).toBe(bytes.length);
    },
  );

  it("isn't sent again to who has it already", async () => {
    const etag = `"${sha256(bytes)}"`;
    for (const tags of [etag, `W/${etag}`, `"another", ${etag}`, "*"]) {
      const answer = await get({ "if-none-match": tags });
      expect(answer.status).toBe(304);
      expect(answer.headers.get("etag")).toBe(etag);
      expect((await bodyOf(answer)).length).toBe(0);
    }
    expect((await get({ "if-none-match": '"another"' })).status).toBe(200);
  });

  it("goes on where a download stopped only if it is still the same file", async () => {
    const range = "bytes=100-199";
    const etag = `"${sha256(bytes)}"`;
    const modified = (await get({}, "HEAD")).headers.get("last-modified") ?? "";
    expect((await get({ range, "if-range": etag })).status).toBe(206);
    expect((await get({ range, "if-range": modified })).status).toBe(206);
    expect((await get({ range, "if-range": '"another"' })).status).toBe(200);
    expect((await get({ range, "if-range": `W/${etag}` })).status).toBe(200);
    expect((await get({ range, "if-range": "Thu, 01 Jan 1998 00:00:00 GMT" })).status).toBe(200);
  });
});
