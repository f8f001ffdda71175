import { env } from "cloudflare:workers";
import { type Health, HealthSchema } from "@crescendai/contracts";
import { overriding } from "@crescendai/worker-testing/overriding";
import * as v from "valibot";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { applyMigrations, call, callWith } from "./support/mesh.ts";

function unreachable(): never {
  throw new Error("connection to 10.0.0.7 refused");
}

beforeAll(applyMigrations);

describe("health", () => {
  async function healthOf(answer: Response): Promise<Health> {
    return v.parse(HealthSchema, await answer.json());
  }

  test.each(["/health", "/api/health", "/api/v1/health"])(
    "%s names every service, and what each binds",
    async (path) => {
      const answer = await call(path);
      expect(answer.status).toBe(200);
      const health = await healthOf(answer);
      expect(health.status).toBe("healthy");
      expect(Object.keys(health.checks).sort()).toEqual([
        "chat",
        "context",
        "dedalus-orchestrator",
        "feedback",
        "rag",
        "recordings",
        "upload",
      ]);
      expect(health.checks["recordings"]?.dependencies).toEqual({ DB: "ok", AUDIO: "ok" });
    },
  );

  test("says which service is down, and nothing of why", async () => {
    const answer = await callWith({ CONTEXT: overriding(env.CONTEXT, { health: unreachable }) }, "/health");
    expect(answer.status).toBe(503);
    const health = await healthOf(answer);
    expect(health).toMatchObject({ status: "degraded", message: "Not in order: context." });
    expect(health.checks["context"]).toEqual({ status: "down", dependencies: {} });
    expect(health.checks["recordings"]?.status).toBe("healthy");
    expect(JSON.stringify(health)).not.toContain("10.0.0.7");
  });

  test("says which service is there and lacks something", async () => {
    const health = { status: "degraded", dependencies: { DB: "failing" } };
    const answer = await callWith({ RAG: overriding(env.RAG, { health: async () => health }) }, "/health");
    expect(answer.status).toBe(503);
    expect((await healthOf(answer)).checks["rag"]).toEqual(health);
  });

  describe("of a service that hangs", () => {
    beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
    afterEach(() => void vi.useRealTimers());

    test("is down after three seconds", async () => {
      const never = () => new Promise(() => undefined);
      const asked = callWith({ CHAT: overriding(env.CHAT, { health: never }) }, "/health");
      await vi.advanceTimersByTimeAsync(3000);
      const answer = await asked;
      expect(answer.status).toBe(503);
      expect((await healthOf(answer)).checks["chat"]).toEqual({ status: "down", dependencies: {} });
    });
  });
});
