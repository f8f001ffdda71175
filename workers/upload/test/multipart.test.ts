import { failed, ok, type Result } from "@crescendai/contracts";
import { requestOf } from "@crescendai/worker-testing/caller";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readMultipart } from "../src/multipart.ts";
import {
  BOUNDARY,
  bytesOf,
  FORM_END,
  type FormPart,
  formOf,
  MULTIPART_TYPE,
  partHead,
  streamOf,
} from "./support/form.ts";

/** Bytes that the parser gets at once (worker-kit's readInChunks): what matters is what lies across this edge. */
const EDGE = 64 * 1024;

const requestWith = (body: BodyInit, type: string = MULTIPART_TYPE) =>
  requestOf("sender", "/api/v1/upload", { method: "POST", body, headers: { "content-type": type } });

interface ReadPart {
  readonly name: string;
  readonly content: Uint8Array;
}

/** Reads a whole form; the parts in their order. The next one may begin while one is still being read. */
async function read(
  request: Request,
): Promise<{ readonly result: Result<null>; readonly parts: ReadPart[] }> {
  const begun: { readonly name: string; readonly pieces: Uint8Array[] }[] = [];
  const result = await readMultipart(request, async ({ name, bytes }) => {
    const pieces: Uint8Array[] = [];
    begun.push({ name, pieces });
    for await (const piece of bytes) pieces.push(piece);
    return ok(null);
  });
  return { result, parts: begun.map(({ name, pieces }) => ({ name, content: bytesOf(...pieces) })) };
}

const isMalformed = { ok: false, error: { code: "VALIDATION_ERROR" } };

/** Bytes that look as much like a boundary as they can without being one. */
function deceptive(length: number): Uint8Array<ArrayBuffer> {
  const bait = bytesOf(`\r\n--${BOUNDARY.slice(0, -1)}\r\r\n--\r\n-`);
  return Uint8Array.from({ length }, (_, at) => bait[at % bait.length] ?? 0);
}

describe("a multipart body", () => {
  it("gives the same parts, however it is cut on its way", async () => {
    const content = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.integer({ min: EDGE - 400, max: EDGE + 100 }).map(deceptive),
    );
    const form = fc.array(fc.tuple(fc.constantFrom("audio", "metadata", "other"), content), { maxLength: 4 });
    const cuts = fc.array(fc.nat(2 * EDGE), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(form, cuts, async (fields, places) => {
        const parts = fields.map(([name, bytes]) => ({ name, content: Uint8Array.from(bytes) }));
        const { result, parts: received } = await read(requestWith(streamOf(formOf(...parts), places)));
        if (parts.length > 0) expect(result).toEqual({ ok: true, value: null });
        expect(received).toEqual(parts);
      }),
      { seed: 7578, numRuns: 60 },
    );
  });

  it("may be split at every byte of a boundary and of the lines around it", async () => {
    const first = { name: "audio", filename: "a.wav", type: "audio/wav" };
    const second: FormPart = { name: "metadata", content: "{}" };
    const head = bytesOf(partHead(first)).length;
    const between = bytesOf("\r\n", partHead(second)).length;
    for (let split = 0; split <= between + 2; split += 1) {
      const content = deceptive(EDGE - head - split);
      const { result, parts } = await read(requestWith(formOf({ ...first, content }, second)));
      expect(result.ok, `split at ${split}`).toBe(true);
      expect(parts[0]?.content, `split at ${split}`).toEqual(content);
      expect(parts[1]?.content, `split at ${split}`).toEqual(bytesOf("{}"));
    }
  });

  it("may be split at every byte of its end", async () => {
    const head = bytesOf(partHead({ name: "audio" })).length;
    for (let split = 0; split <= FORM_END.length + 2; split += 1) {
      const content = deceptive(EDGE - head - split);
      const { result, parts } = await read(requestWith(formOf({ name: "audio", content })));
      expect(result.ok, `split at ${split}`).toBe(true);
      expect(parts[0]?.content, `split at ${split}`).toEqual(content);
    }
  });

  it("that breaks off is refused, wherever it does", async () => {
    const whole = formOf(
      { name: "audio", filename: "a.wav", content: "sound" },
      { name: "metadata", content: "{}" },
    );
    for (let length = 0; length < whole.length - 2; length += 1) {
      const { result } = await read(requestWith(whole.slice(0, length)));
      expect(result, `cut off after ${length} bytes`).toMatchObject(isMalformed);
    }
  });

  it("whose sender goes away is refused, wherever they do", async () => {
    const whole = formOf({ name: "audio", content: deceptive(EDGE) }, { name: "metadata", content: "{}" });
    for (const length of [0, 1, 50, 200, EDGE - 1, EDGE, EDGE + 1, whole.length - 3]) {
      const rest = [whole.slice(0, length)];
      const body = new ReadableStream({
        type: "bytes",
        pull(controller) {
          const next = rest.shift();
          if (next === undefined || next.length === 0) controller.error(new Error("connection reset"));
          else controller.enqueue(next);
        },
      });
      const { result } = await read(requestWith(body));
      expect(result, `gone after ${length} bytes`).toMatchObject(isMalformed);
    }
  });

  it.each([
    ["nothing", ""],
    [
      "another form's boundary",
      "--other\r\nContent-Disposition: form-data; name=audio\r\n\r\nx\r\n--other--\r\n",
    ],
    ["text", "this isn't a form at all"],
    ["headers without an end", `--${BOUNDARY}\r\nContent-Disposition: form-data; name=audio`],
  ])("that is %s is refused", async (_what, body) => {
    expect((await read(requestWith(bytesOf(body)))).result).toMatchObject(isMalformed);
  });

  it("without a boundary in its type is refused", async () => {
    for (const type of ["multipart/form-data", "multipart/form-data; charset=utf-8"]) {
      const { result } = await read(requestWith(formOf({ name: "audio", content: "x" }), type));
      expect(result, type).toMatchObject(isMalformed);
    }
  });

  it("of another type is UNSUPPORTED_MEDIA_TYPE", async () => {
    for (const type of [
      "application/json",
      "audio/wav",
      "multipart/mixed; boundary=x",
      "multipart/form-dataa",
      "",
    ]) {
      const { result, parts } = await read(requestWith(bytesOf("x"), type));
      expect(result, type).toMatchObject({ ok: false, error: { code: "UNSUPPORTED_MEDIA_TYPE" } });
      expect(parts).toEqual([]);
    }
  });

  it("without a body is refused", async () => {
    const request = requestOf("sender", "/", { method: "POST", headers: { "content-type": MULTIPART_TYPE } });
    expect((await read(request)).result).toMatchObject(isMalformed);
  });

  it("may have ten parts and no more", async () => {
    const parts = (count: number) =>
      Array.from({ length: count }, (_, n) => ({ name: `p${n}`, content: "x" }));
    expect((await read(requestWith(formOf(...parts(10))))).result.ok).toBe(true);
    expect((await read(requestWith(formOf(...parts(11))))).result).toMatchObject(isMalformed);
    expect((await read(requestWith(formOf(...parts(5000))))).result).toMatchObject(isMalformed);
  });

  it("ends with the first error of whoever reads it, and isn't read on", async () => {
    let pulled = 0;
    const endless = new ReadableStream({
      type: "bytes",
      pull(controller) {
        pulled += 1;
        controller.enqueue(pulled === 1 ? bytesOf(partHead({ name: "audio" })) : new Uint8Array(EDGE));
      },
    });
    const error = { code: "PAYLOAD_TOO_LARGE", message: "enough" } as const;
    const result = await readMultipart(requestWith(endless), async ({ bytes }) => {
      for await (const _piece of bytes) return failed(error);
      return ok(null);
    });
    expect(result).toEqual({ ok: false, error });
    expect(pulled).toBeLessThan(20);
  });
});
