import { describe, expect, test } from "vitest";
import { callerFields, createLogger, describeCause, hex, sha256Hex, timestamp } from "../src/index.ts";
import { captureLog } from "./captured-log.ts";

describe("the log", () => {
  test.each(["info", "warn", "error"] as const)("%s writes one line of JSON", (level) => {
    const lines = captureLog();
    createLogger("upload", { request_id: "request-1" })[level]("it\nhappened", {
      status: 200,
      duration: 12,
      cause: 'line one\nline two "quoted" \u2028',
    });
    expect(lines).toHaveLength(1);
    expect(lines[0]?.stream).toBe(level === "info" ? "log" : level);
    expect(lines[0]?.text).not.toContain("\n");
    expect(JSON.parse(lines[0]?.text ?? "")).toEqual({
      level,
      service: "upload",
      event: "it\nhappened",
      request_id: "request-1",
      status: 200,
      duration: 12,
      cause: 'line one\nline two "quoted" \u2028',
    });
  });

  test("takes no fields but those of its closed list", () => {
    const lines = captureLog();
    const log = createLogger("upload");
    // @ts-expect-error: a body has no place in the log.
    log.info("request", { body: "x" });
    // @ts-expect-error: nor has a key.
    log.info("request", { authorization: "x" });
    // @ts-expect-error: nor has a path with its values.
    log.info("request", { path: "x" });
    expect(lines).toHaveLength(3);
  });

  test("says of a caller who it is, in which request and trace, and no more", () => {
    expect(
      callerFields({ userId: "clara", role: "admin", requestId: "r-1", traceparent: "00-a-b-01" }),
    ).toEqual({
      user: "clara",
      request_id: "r-1",
      traceparent: "00-a-b-01",
    });
  });

  test.each([
    [new TypeError("not a function"), "TypeError: not a function"],
    ["a text", "a text"],
    [undefined, "undefined"],
    [null, "null"],
    [{ name: "Error", message: "remote" }, "[object Object]"],
  ])("describes a cause by its name and message: %s", (cause, line) => {
    expect(describeCause(cause)).toBe(line);
  });

  test("leaves the stack of a cause out", () => {
    expect(describeCause(new Error("x"))).not.toContain(" at ");
  });
});

describe("small things", () => {
  test("hex is two lower-case digits a byte", () => {
    expect(hex(Uint8Array.of(0, 1, 15, 16, 171, 255).buffer)).toBe("00010f10abff");
    expect(hex(new ArrayBuffer(0))).toBe("");
  });

  test.each([
    ["", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
    ["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
    [
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
    ],
  ])("the SHA-256 of %j is that of FIPS 180-4's examples", async (text, digest) => {
    expect(await sha256Hex(text)).toBe(digest);
  });

  test("an instant is ISO 8601 in UTC to the millisecond", () => {
    expect(timestamp(0)).toBe("1970-01-01T00:00:00.000Z");
    expect(timestamp(1_795_428_000_123)).toBe("2026-11-23T10:00:00.123Z");
  });
});
