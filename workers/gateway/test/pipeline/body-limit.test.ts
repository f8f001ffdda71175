import fc from "fast-check";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { discardBody, limitBody, linger } from "../../src/pipeline/body-limit.ts";
import { SEED } from "../support/seed.ts";

const LIMIT = 100_000;

function requestOf(body: BodyInit | null, headers: Record<string, string> = {}): Request {
  return new Request("https://mesh.test/", { method: "POST", body, headers });
}

/** A body that arrives in pieces, of a length that nobody said beforehand. */
function arriving(pieces: readonly number[]): ReadableStream<Uint8Array> {
  const { readable, writable } = new IdentityTransformStream();
  const send = async () => {
    const writer = writable.getWriter();
    for (const length of pieces) await writer.write(new Uint8Array(length).fill(7));
    await writer.close();
  };
  // Fails once nobody reads on, as a connection does that is cut.
  void send().catch(() => undefined);
  return readable;
}

/** How many bytes come through, or "cut off", and whether the limit counts as exceeded. */
async function passOn(request: Request): Promise<[bytes: number | string, exceeded: boolean]> {
  const limited = limitBody(request, LIMIT);
  if (!limited.ok) return [limited.error.code, true];
  const { body, exceeded } = limited.value;
  try {
    const bytes = body === null ? 0 : (await new Response(body).arrayBuffer()).byteLength;
    return [bytes, exceeded()];
  } catch {
    return ["cut off", exceeded()];
  }
}

describe("a body", () => {
  test("passes whole up to its limit, and one byte more is too much", async () => {
    expect(await passOn(requestOf(new Uint8Array(LIMIT)))).toEqual([LIMIT, false]);
    expect(await passOn(requestOf(arriving([LIMIT])))).toEqual([LIMIT, false]);
    expect(await passOn(requestOf(arriving([LIMIT + 1])))).toEqual(["cut off", true]);
    expect(await passOn(requestOf(arriving([LIMIT, 1])))).toEqual(["cut off", true]);
  });

  test("may be nothing", async () => {
    expect(await passOn(requestOf(null))).toEqual([0, false]);
    expect(await passOn(requestOf(""))).toEqual([0, false]);
  });

  test("that says that it is too large is refused before a byte of it is read", () => {
    const request = requestOf(arriving([10]), { "content-length": String(LIMIT + 1) });
    expect(limitBody(request, LIMIT)).toMatchObject({ ok: false, error: { code: "PAYLOAD_TOO_LARGE" } });
    expect(request.bodyUsed).toBe(false);
  });

  test.each(["10", "0", "-1", "many", "1e1", ""])(
    "that lies about its length (%j) is counted as it arrives",
    async (claim) => {
      const headers = { "content-length": claim };
      expect(await passOn(requestOf(arriving([LIMIT, LIMIT]), headers))).toEqual(["cut off", true]);
      expect(await passOn(requestOf(arriving([LIMIT - 1, 1]), headers))).toEqual([LIMIT, false]);
    },
  );

  test("comes through byte for byte, in whatever pieces it arrives", async () => {
    const pieces = fc.array(fc.integer({ min: 1, max: 40_000 }), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(pieces, async (lengths) => {
        const total = lengths.reduce((sum, length) => sum + length, 0);
        const expected = total <= LIMIT ? [total, false] : ["cut off", true];
        expect(await passOn(requestOf(arriving(lengths)))).toEqual(expected);
      }),
      { seed: SEED, numRuns: 60 },
    );
  });

  test("that is too large is read away, so that its sender sees the answer, but not for ever", async () => {
    let sent = 0;
    const cancelled = Promise.withResolvers<void>();
    const endless = new ReadableStream({
      type: "bytes",
      pull: (controller) => {
        sent += LIMIT;
        controller.enqueue(new Uint8Array(LIMIT));
      },
      cancel: () => cancelled.resolve(),
    });
    expect(await passOn(requestOf(endless))).toEqual(["cut off", true]);
    await cancelled.promise;
    expect(sent).toBeGreaterThan(128 * 1024 * 1024);
    expect(sent).toBeLessThan(129 * 1024 * 1024);
  });

  test("that nobody reads on is read away when it is said so", async () => {
    const limited = limitBody(requestOf(arriving([LIMIT / 2, LIMIT / 2])), LIMIT);
    if (!limited.ok) throw new Error("within its limit");
    await limited.value.discardRest();
    expect(limited.value.exceeded()).toBe(false);
  });

  test("that nobody has begun to read is read away, and one that somebody reads is left to them", async () => {
    const nobodys = requestOf(arriving([LIMIT, LIMIT]));
    await discardBody(nobodys.body);
    expect(nobodys.bodyUsed).toBe(true);
    const somebodys = requestOf("text");
    const text = somebodys.text();
    await discardBody(somebodys.body);
    expect(await text).toBe("text");
    await discardBody(null);
  });

  test("that comes in slowly is waited for three seconds at most", async () => {
    const wait = vi.spyOn(scheduler, "wait").mockResolvedValue(undefined);
    onTestFinished(() => wait.mockRestore());
    await linger(new Promise(() => undefined));
    expect(wait).toHaveBeenCalledExactlyOnceWith(3000);
  });

  test("says in megabytes how large it may be", () => {
    const limited = limitBody(requestOf("x", { "content-length": "60000000" }), 52_690_944);
    expect(limited).toMatchObject({ ok: false, error: { message: "The request is larger than 50 MB." } });
  });
});
