import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { checkHealth } from "../src/index.ts";

const never = () => new Promise<never>(() => undefined);

describe("the health of a service", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("is good if everything it binds answers, whatever the answer is", async () => {
    expect(await checkHealth({ DB: async () => 1, AUDIO: async () => null })).toEqual({
      status: "healthy",
      dependencies: { DB: "ok", AUDIO: "ok" },
    });
  });

  test("is good if it binds nothing", async () => {
    expect(await checkHealth({})).toEqual({ status: "healthy", dependencies: {} });
  });

  test("names what throws, at once or later, and what doesn't", async () => {
    const health = await checkHealth({
      DB: async () => 1,
      AUDIO: () => Promise.reject(new Error("secret host is down")),
      QUEUE: () => {
        throw new Error("not bound");
      },
    });
    expect(health).toEqual({
      status: "degraded",
      dependencies: { DB: "ok", AUDIO: "failing", QUEUE: "failing" },
    });
  });

  test("doesn't wait for what hangs: two seconds, and all at once", async () => {
    const checked = checkHealth({ DB: async () => 1, AUDIO: never, QUEUE: never });
    const settled = vi.fn();
    void checked.then(settled);
    await vi.advanceTimersByTimeAsync(1999);
    expect(settled).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(settled).toHaveBeenCalledWith({
      status: "degraded",
      dependencies: { DB: "ok", AUDIO: "failing", QUEUE: "failing" },
    });
  });

  test("leaves no timer behind", async () => {
    await checkHealth({ DB: async () => 1, AUDIO: () => Promise.reject(new Error("down")) });
    expect(vi.getTimerCount()).toBe(0);
  });
});
