import { env } from "cloudflare:workers";
import type { StoredRecording } from "@crescendai/contracts";
import { overriding } from "@crescendai/worker-testing/overriding";
import { describe, expect, test } from "vitest";
import { unreachable, withHeldQueue } from "./support/bindings.ts";
import { aloneWithItsJobs, countingAnalyser, deliver, heldLog, jobOf, ticketFor } from "./support/jobs.ts";
import { storeRecording } from "./support/recordings.ts";

const DEAD_LETTERS = "crescendai-listening-dead-letter";

aloneWithItsJobs();

/** What the upload service sends when a recording is stored. */
function storedMessage({ id }: Pick<StoredRecording, "id">) {
  return { recording_id: id, user_id: "alice", request_id: "upload", traceparent: "" };
}

describe("a recording that was stored", () => {
  const queue = "crescendai-analysis";

  test("gets its job and a ticket; delivered again, no second job", async () => {
    const { bindings, sent } = withHeldQueue();
    const recording = await storeRecording("alice");
    for (let time = 0; time < 2; time += 1)
      expect(await deliver(storedMessage(recording), { bindings, queue })).toBe("acked");
    expect(await jobOf(recording)).toMatchObject({ status: "pending", user_id: "alice", attempts: 0 });
    expect(sent.map(({ request_id }) => request_id)).toEqual(["upload", "upload"]);
    const analyse = countingAnalyser();
    for (const ticket of sent) expect(await deliver(ticket, { bindings, analyse })).toBe("acked");
    expect(analyse.calls()).toBe(1);
    expect((await jobOf(recording))?.status).toBe("completed");
  });

  test("waits with its message where neither job nor ticket can be had", async () => {
    const recording = await storeRecording("alice");
    const { bindings, sent } = withHeldQueue();
    const mute = overriding(env.LISTENING_QUEUE, { sendBatch: unreachable });
    const cut = { bindings: { ...bindings, LISTENING_QUEUE: mute }, queue } as const;
    expect(await deliver(storedMessage(recording), cut)).toBe("retried");
    expect(await deliver(storedMessage(recording), { bindings, queue })).toBe("acked");
    expect(sent).toHaveLength(1);
  });
});

describe("messages that aren't understood", () => {
  test.each([
    ["nothing", null],
    ["a text", "analyse this"],
    ["no ticket", { request_id: "", traceparent: "" }],
    ["a ticket that is none", { ticket: "1", request_id: "", traceparent: "" }],
    ["more than is known", { ...ticketFor({ id: crypto.randomUUID() }), force: true }],
    [
      "of a stored recording, more than is known",
      { ...storedMessage({ id: crypto.randomUUID() }), force: true },
    ],
  ])("%s: done with, and logged", async (_, body) => {
    for (const queue of ["crescendai-analysis", "crescendai-listening", DEAD_LETTERS] as const) {
      const log = heldLog();
      const analyse = countingAnalyser();
      expect(await deliver(body, { queue, log, analyse })).toBe("acked");
      expect(log.events).toEqual(["message not understood"]);
      expect(analyse.calls()).toBe(0);
    }
  });
});
