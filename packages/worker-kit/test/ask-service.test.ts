import { failed, ok } from "@crescendai/contracts";
import { describe, expect, test } from "vitest";
import { askService, createLogger } from "../src/index.ts";
import { captureLog } from "./captured-log.ts";

const log = createLogger("gateway");

describe("asking a sibling", () => {
  test("passes its answer on, be it a value or an error", async () => {
    const error = { code: "NOT_FOUND", message: "There is none." } as const;
    expect(await askService("context", log, async () => ok(7))).toEqual(ok(7));
    expect(await askService("context", log, async () => failed(error))).toEqual(failed(error));
  });

  test.each([
    ["fails later", () => Promise.reject(new Error("connection to 10.0.0.7 refused"))],
    [
      "fails at once",
      () => {
        throw new Error("connection to 10.0.0.7 refused");
      },
    ],
  ])("that %s is an error with a time to try again, and its cause is in the log only", async (_, ask) => {
    const lines = captureLog();
    const answer = await askService("context", log, ask);
    expect(answer).toMatchObject({ ok: false, error: { code: "SERVICE_UNAVAILABLE", retryAfter: 5 } });
    expect(JSON.stringify(answer)).toContain("context");
    expect(JSON.stringify(answer)).not.toContain("10.0.0.7");
    expect(lines).toHaveLength(1);
    expect(lines[0]?.text).toContain("context: Error: connection to 10.0.0.7 refused");
  });
});
