import type { Result } from "@crescendai/contracts";
import fc from "fast-check";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { parseJson, readJson } from "../src/index.ts";
import { SEED } from "./seed.ts";

const NoteSchema = v.strictObject({ note: v.string() });
const OptionalSchema = v.strictObject({ note: v.optional(v.string()) });

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function messageOf(result: Result<unknown>): string | null {
  return result.ok ? null : result.error.message;
}

describe("JSON of bytes", () => {
  test("gives back any value that JSON can say", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        expect(parseJson(bytesOf(text), "body")).toEqual({ ok: true, value: JSON.parse(text) });
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  test("never throws, whatever the bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const result = parseJson(bytes, "body");
        if (!result.ok) expect(result.error.code).toBe("VALIDATION_ERROR");
      }),
      { seed: SEED, numRuns: 2000 },
    );
  });

  test.each([
    ["a lone continuation byte", [0x22, 0x80, 0x22]],
    ["an overlong slash", [0x22, 0xc0, 0xaf, 0x22]],
    ["a surrogate", [0x22, 0xed, 0xa0, 0x80, 0x22]],
    ["a character that is cut off", [0x22, 0xf0, 0x9f, 0x8e]],
    ["Latin-1", [0x22, 0xfc, 0x22]],
    ["UTF-16", [0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]],
  ])("says that %s isn't UTF-8", (_, bytes) => {
    expect(messageOf(parseJson(Uint8Array.from(bytes), "body"))).toBe("body is not valid UTF-8.");
  });

  test.each(["", " ", "\r\n\t"])("says that %j is empty", (text) => {
    expect(messageOf(parseJson(bytesOf(text), "metadata"))).toBe("metadata is empty, but must be JSON.");
  });

  test.each(["{", "{'a': 1}", "undefined", "NaN", "[1,]", '{"a": 1} {"b": 2}', "// note\n1", '"a\nb"'])(
    "says that %j isn't JSON",
    (text) => {
      expect(messageOf(parseJson(bytesOf(text), "body"))).toBe("body is not valid JSON.");
    },
  );

  test("passes over a byte order mark, as RFC 8259 §8.1 allows", () => {
    expect(parseJson(bytesOf("\ufeff[1]"), "body")).toEqual({ ok: true, value: [1] });
  });

  test.each([
    ["lists", `${"[".repeat(10_000)}${"]".repeat(10_000)}`],
    ["objects", `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`],
    ["lists that don't end", "[".repeat(100_000)],
  ])("isn't brought down by 10,000 nested %s", async (_, text) => {
    const request = new Request("https://mesh.test/", {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: text,
    });
    const read: Result<unknown> = await readJson(request, NoteSchema);
    expect(read).toMatchObject({ ok: false, error: { code: "VALIDATION_ERROR" } });
    expect(messageOf(read)?.length).toBeLessThan(200);
  });

  test.each([
    '{"__proto__": {"polluted": true}}',
    '{"constructor": {"prototype": {"polluted": true}}}',
    '{"note": "x", "__proto__": {"polluted": true}}',
  ])("leaves every other object as it is: %s", async (text) => {
    const request = new Request("https://mesh.test/", {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: text,
    });
    expect(await readJson(request, NoteSchema)).toMatchObject({ ok: false });
    expect("polluted" in {}).toBe(false);
  });
});

describe("the body of a request", () => {
  function requestWith(contentType: string | null, body: string | null): Request {
    const request = new Request("https://mesh.test/", { method: "PUT", body });
    request.headers.delete("content-type");
    if (contentType !== null) request.headers.set("content-type", contentType);
    return request;
  }

  test.each([
    "application/json",
    "application/json; charset=utf-8",
    "Application/JSON",
    "application/json;charset=UTF-8",
    "application/merge-patch+json",
  ])("is read if it says that it is %s", async (contentType) => {
    expect(await readJson(requestWith(contentType, '{"note":"a"}'), NoteSchema)).toEqual({
      ok: true,
      value: { note: "a" },
    });
  });

  test.each([
    null,
    "",
    "text/plain",
    "text/plain; application/json",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/jsonp",
    "application/json-seq",
  ])("isn't read if it says that it is %s, which a page could send anywhere", async (contentType) => {
    const read: Result<unknown> = await readJson(requestWith(contentType, '{"note":"a"}'), NoteSchema);
    expect(read).toMatchObject({ ok: false, error: { code: "UNSUPPORTED_MEDIA_TYPE" } });
    expect(messageOf(read)).toContain("Content-Type: application/json");
  });

  test("may be left out where that stands for something", async () => {
    expect(await readJson(requestWith(null, null), OptionalSchema, {})).toEqual({ ok: true, value: {} });
  });

  test("may not be left out elsewhere", async () => {
    const read = await readJson(requestWith("application/json", null), NoteSchema);
    expect(messageOf(read)).toBe("body is empty, but must be JSON.");
  });

  test("that is a list isn't taken for an object without fields", async () => {
    const read: Result<unknown> = await readJson(requestWith("application/json", "[]"), OptionalSchema);
    expect(messageOf(read)).toBe("body must be an object, but is a list.");
  });
});
