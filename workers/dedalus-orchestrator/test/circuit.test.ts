import { beforeAll, describe, expect, test } from "vitest";
import { complete } from "../src/complete.ts";
import { CIRCUIT_POLICY } from "../src/policy.ts";
import { stream } from "../src/streaming/stream.ts";
import { chunk, refusal, streams, whole } from "./support/answers.ts";
import { readEvents } from "./support/events.ts";
import { migrateDatabase, question, setUp } from "./support/orchestrator.ts";

beforeAll(migrateDatabase);

describe("a model that fails again and again", () => {
  test("is left alone for a while, then tried by one request, and asked as ever once it answers", async () => {
    const failing = Array.from({ length: CIRCUIT_POLICY.failuresToOpen }, () => refusal(500));
    const setup = await setUp([[...failing, whole({ content: "I'm back." })]]);
    const { orchestrator, settle, seen } = setup;
    const ask = async () => {
      const answer = await complete(orchestrator, question());
      await settle();
      return answer.ok ? answer.value.content : answer.error;
    };
    expect(await ask()).toMatchObject({ code: "AI_SERVICE_ERROR" });
    expect(await ask()).toMatchObject({ code: "AI_SERVICE_ERROR" });
    expect(await ask()).toMatchObject({
      code: "SERVICE_UNAVAILABLE",
      retryAfter: CIRCUIT_POLICY.openMs / 1000,
    });
    expect((await seen()).requests).toHaveLength(CIRCUIT_POLICY.failuresToOpen);
    setup.ahead = CIRCUIT_POLICY.openMs + 1000;
    expect(await ask()).toBe("I'm back.");
    expect(await ask()).toBe("I'm back.");
  });

  test("is passed over for the next one without being asked", async () => {
    const { orchestrator, settle, seen, model } = await setUp([
      [refusal(500)],
      [whole({ content: "Here." })],
    ]);
    for (let time = 0; time < 4; time += 1) {
      expect(await complete(orchestrator, question())).toMatchObject({ value: { content: "Here." } });
      await settle();
    }
    expect((await seen(model)).requests).toHaveLength(CIRCUIT_POLICY.failuresToOpen);
  });

  test("is left alone also where it breaks off what it has begun to say", async () => {
    const { orchestrator, settle } = await setUp([[streams([chunk({ content: "One" })])]]);
    for (let time = 0; time < CIRCUIT_POLICY.failuresToOpen; time += 1) {
      await readEvents(await stream(orchestrator, question()));
      await settle();
    }
    expect(await stream(orchestrator, question())).toMatchObject({ error: { code: "SERVICE_UNAVAILABLE" } });
  });

  test("isn't left alone for requests that it can't take, or for readers who leave", async () => {
    const hanging = streams([chunk({ content: "One" })], "hang");
    const refusing = Array.from({ length: CIRCUIT_POLICY.failuresToOpen }, () => refusal(400));
    const { orchestrator, settle } = await setUp([[...refusing, hanging]]);
    for (let time = 0; time < CIRCUIT_POLICY.failuresToOpen; time += 1) {
      await complete(orchestrator, question());
      await settle();
    }
    for (let time = 0; time <= CIRCUIT_POLICY.failuresToOpen; time += 1) {
      const answer = await stream(orchestrator, question());
      expect(answer.ok).toBe(true);
      if (answer.ok) await answer.value.cancel();
      await settle();
    }
  });
});
