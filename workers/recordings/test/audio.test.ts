import { env } from "cloudflare:workers";
import type { StoredRecording } from "@crescendai/contracts";
import { hex } from "@crescendai/worker-kit";
import { overriding } from "@crescendai/worker-testing/overriding";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { keepRecording } from "./support/rows.ts";
import { ask, migrate, problemOf } from "./support/service.ts";

/** Every byte tells its place, so that a range which is off by one is seen. */
const SIZE = 100_000;
const SOUND = Uint8Array.from({ length: SIZE }, (_, at) => (at * 31 + (at >> 8) * 7) & 255);

let recording: StoredRecording;
let etag: string;

beforeAll(async () => {
  await migrate();
  const sha256 = hex(await crypto.subtle.digest("SHA-256", SOUND));
  recording = await keepRecording("pianist", { sha256, created_at: "2026-11-23T09:30:15.678Z" }, SOUND);
  etag = `"${sha256}"`;
});

const audio = (headers: Record<string, string> = {}, method = "GET") =>
  ask("pianist", `/api/v1/recordings/${recording.id}/audio`, { method, headers });

describe("the audio of a recording", () => {
  it("comes back whole, byte for byte, with what a player needs to know", async () => {
    const answer = await audio();
    expect(answer.status).toBe(200);
    const bytes = await answer.arrayBuffer();
    expect(hex(await crypto.subtle.digest("SHA-256", bytes))).toBe(recording.sha256);
    expect(Object.fromEntries(answer.headers)).toEqual({
      "accept-ranges": "bytes",
      "cache-control": "private, no-cache",
      "content-disposition": `inline; filename="minuet.wav"; filename*=UTF-8''minuet.wav`,
      "content-length": String(SIZE),
      "content-type": "audio/wav",
      etag,
      "last-modified": "Mon, 23 Nov 2026 09:30:15 GMT",
      vary: "Authorization, X-API-Key, X-User-ID",
    });
  });

  it.each([
    ["the first 100 bytes", "bytes=0-99", 0, 100],
    ["the last 100 bytes", "bytes=-100", SIZE - 100, 100],
    ["all but the first 99,990", "bytes=99990-", SIZE - 10, 10],
    ["one byte in the middle", "bytes=54321-54321", 54_321, 1],
    ["beyond the end, what there is", "bytes=99999-200000", SIZE - 1, 1],
    ["everything, as a range", "bytes=0-", 0, SIZE],
  ])("comes in part: %s", async (_what, range, offset, length) => {
    const answer = await audio({ range });
    expect(answer.status).toBe(206);
    expect(answer.headers.get("content-range")).toBe(`bytes ${offset}-${offset + length - 1}/${SIZE}`);
    expect(answer.headers.get("content-length")).toBe(String(length));
    expect(answer.headers.get("etag")).toBe(etag);
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(SOUND.slice(offset, offset + length));
  });

  it("comes in parts that join into the file, wherever it is cut", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.integer({ min: 1, max: SIZE - 1 }), { maxLength: 4 }),
        async (cuts) => {
          const ends = [...cuts.sort((a, b) => a - b), SIZE];
          const joined: number[] = [];
          for (const [index, end] of ends.entries()) {
            const answer = await audio({ range: `bytes=${ends[index - 1] ?? 0}-${end - 1}` });
            expect(answer.status).toBe(206);
            joined.push(...new Uint8Array(await answer.arrayBuffer()));
          }
          expect(Uint8Array.from(joined)).toEqual(SOUND);
        },
      ),
      { seed: 206, numRuns: 15 },
    );
  });

  it("answers 416 with the size for a range past its end, and no bytes", async () => {
    const answer = await audio({ range: `bytes=${SIZE}-` });
    expect(answer.status).toBe(416);
    expect(answer.headers.get("content-range")).toBe(`bytes */${SIZE}`);
    expect((await answer.arrayBuffer()).byteLength).toBe(0);
  });

  it("ignores a Range that it doesn't understand", async () => {
    const answer = await audio({ range: "bytes=5-1" });
    expect(answer.status).toBe(200);
    expect((await answer.arrayBuffer()).byteLength).toBe(SIZE);
  });

  it("answers 304 without a byte to whoever has it already, even if they ask for a part", async () => {
    for (const headers of [{ "if-none-match": etag }, { "if-none-match": `W/${etag}`, range: "bytes=0-9" }]) {
      const answer = await audio(headers);
      expect(answer.status).toBe(304);
      expect(answer.headers.get("etag")).toBe(etag);
      expect(answer.headers.get("cache-control")).toBe("private, no-cache");
      expect(answer.headers.has("content-length")).toBe(false);
      expect((await answer.arrayBuffer()).byteLength).toBe(0);
    }
  });

  it("honours a range under If-Range only while the file is the one that was begun", async () => {
    const range = "bytes=10-19";
    for (const unchanged of [etag, "Mon, 23 Nov 2026 09:30:15 GMT"]) {
      const part = await audio({ range, "if-range": unchanged });
      expect(part.status).toBe(206);
      expect(new Uint8Array(await part.arrayBuffer())).toEqual(SOUND.slice(10, 20));
    }
    const changed = await audio({ range, "if-range": '"of-another-file"' });
    expect(changed.status).toBe(200);
    expect((await changed.arrayBuffer()).byteLength).toBe(SIZE);
    // A range that can't be met isn't an error either, once the condition doesn't hold.
    const whole = await audio({ range: "bytes=999999-", "if-range": '"of-another-file"' });
    expect(whole.status).toBe(200);
    expect((await whole.arrayBuffer()).byteLength).toBe(SIZE);
  });

  it("answers HEAD with the headers of GET", async () => {
    for (const headers of [
      {},
      { range: "bytes=0-99" },
      { "if-none-match": etag },
      { range: "bytes=999999-" },
    ]) {
      const [get, head] = await Promise.all([audio(headers), audio(headers, "HEAD")]);
      expect(head.status).toBe(get.status);
      expect(Object.fromEntries(head.headers)).toEqual(Object.fromEntries(get.headers));
      await Promise.all([get.arrayBuffer(), head.arrayBuffer()]);
    }
  });

  it("is nobody else's", async () => {
    for (const suffix of ["", "/audio"]) {
      const answer = await ask("stranger", `/api/v1/recordings/${recording.id}${suffix}`);
      expect(answer.status).toBe(404);
      expect((await problemOf(answer)).error).toBe("NOT_FOUND");
    }
    const deletion = await ask("stranger", `/api/v1/recordings/${recording.id}`, { method: "DELETE" });
    expect(deletion.status).toBe(404);
    const own = await audio();
    expect((await own.arrayBuffer()).byteLength).toBe(SIZE);
  });

  it("is found under its id in capitals, and under nothing that isn't an id", async () => {
    const capitals = await ask("pianist", `/api/v1/recordings/${recording.id.toUpperCase()}`);
    expect(capitals.status).toBe(200);
    for (const id of ["1", "%00", "..%2f", recording.id.replace(/^(.{14})4/u, "$11"), `${recording.id}0`]) {
      const answer = await ask("pianist", `/api/v1/recordings/${id}/audio`);
      expect(answer.status, id).toBe(400);
      expect((await problemOf(answer)).error).toBe("VALIDATION_ERROR");
    }
  });

  it("that has gone missing is an error of ours that says nothing of keys", async () => {
    const lost = await keepRecording("pianist");
    const answer = await ask("pianist", `/api/v1/recordings/${lost.id}/audio`);
    expect(answer.status).toBe(500);
    const problem = await problemOf(answer);
    expect(problem.error).toBe("STORAGE_ERROR");
    expect(JSON.stringify(problem)).not.toContain("recordings/pianist");
  });
});

/** The names that a client reads from Content-Disposition: the plain one, and the one of RFC 8187. */
function namesIn(header: string): { readonly plain: string; readonly full: string } {
  const match = /^inline; filename="([^"\\]*)"; filename\*=UTF-8''([A-Za-z0-9!#$&+.^_`|~%-]*)$/.exec(header);
  expect(match, header).not.toBeNull();
  return { plain: match?.[1] ?? "", full: decodeURIComponent(match?.[2] ?? "") };
}

async function dispositionOf(filename: string): Promise<string> {
  const named = await keepRecording("namer", { filename }, Uint8Array.of(1));
  const answer = await ask("namer", `/api/v1/recordings/${named.id}/audio`);
  expect(answer.status).toBe(200);
  await answer.arrayBuffer();
  return answer.headers.get("content-disposition") ?? "";
}

describe("the name under which the audio is saved", () => {
  it.each([
    ["quotes", 'a "quoted" name.wav', "a _quoted_ name.wav"],
    ["a backslash and percent signs", "100%\\n.wav", "100__n.wav"],
    ["an emoji", "🎹 take.wav", "__ take.wav"],
    ["accents", "Prélude.wav", "Pr_lude.wav"],
    ["an apostrophe, brackets, a star", "it's (1*).wav", "it's (1*).wav"],
    ["a semicolon that looks like a parameter", "x; filename=evil.exe", "x; filename=evil.exe"],
    [
      "line breaks, which no upload can bring in",
      "a\r\nSet-Cookie: b=c\r\n\r\n.wav",
      "a__Set-Cookie: b=c____.wav",
    ],
    ["NUL", "a\0b.wav", "a_b.wav"],
  ])("may hold %s", async (_what, filename, plain) => {
    expect(namesIn(await dispositionOf(filename))).toEqual({ plain, full: filename });
  });

  it("is one well-formed parameter that gives the name back, whatever the name", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 }), async (filename) => {
        expect(namesIn(await dispositionOf(filename)).full).toBe(filename);
      }),
      { seed: 6266, numRuns: 60 },
    );
  });
});

describe("storage that fails", () => {
  it("is a STORAGE_ERROR without a word on what happened inside", async () => {
    const AUDIO = overriding(env.AUDIO, {
      get: () => Promise.reject(new Error("secret-bucket: internal error (10001)")),
    });
    const path = `/api/v1/recordings/${recording.id}/audio`;
    const answer = await ask("pianist", path, {}, { DB: env.DB, AUDIO });
    expect(answer.status).toBe(500);
    const problem = await problemOf(answer);
    expect(problem).toMatchObject({ error: "STORAGE_ERROR", request_id: "test-pianist" });
    expect(JSON.stringify(problem)).not.toMatch(/secret|10001/);
  });
});
