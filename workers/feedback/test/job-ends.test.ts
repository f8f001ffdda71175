import { env } from "cloudflare:workers";
import { failed } from "@crescendai/contracts";
import { overriding } from "@crescendai/worker-testing/overriding";
import { describe, expect, test } from "vitest";
import { embeddedAnalyser } from "../src/analysers/embedded.ts";
import { MAX_ATTEMPTS } from "../src/jobs/policy.ts";
import { unreachable } from "./support/bindings.ts";
import {
  aloneWithItsJobs,
  countingAnalyser,
  deliver,
  heardIn,
  heldAnalyser,
  heldLog,
  jobOf,
  letTimeRunOut,
  storeWaiting,
  takeUp,
  throwingAnalyser,
  ticketFor,
} from "./support/jobs.ts";
import { statusOf } from "./support/recordings.ts";
import { present } from "./support/results.ts";
import { silence, wavFile } from "./support/sounds.ts";

const DEAD_LETTERS = "crescendai-listening-dead-letter";

aloneWithItsJobs();

describe("faults that may pass", () => {
  test("an analyser that throws: the message comes again, and the job is completed then", async () => {
    const recording = await storeWaiting("alice");
    const log = heldLog();
    expect(await deliver(ticketFor(recording), { analyse: throwingAnalyser, log })).toBe("retried");
    expect(log.events).toContain("analysis failed");
    expect(await jobOf(recording)).toMatchObject({ status: "pending", lease_until: null, attempts: 1 });
    expect(await deliver(ticketFor(recording))).toBe("acked");
    expect(await jobOf(recording)).toMatchObject({ status: "completed", attempts: 2 });
  });

  test("bytes that aren't there: the message comes again, and finds the job free", async () => {
    const recording = await storeWaiting("alice", wavFile(silence(3)));
    const bytes = await present(await env.AUDIO.get(recording.object_key)).arrayBuffer();
    await env.AUDIO.delete(recording.object_key);
    const delivery = { analyse: embeddedAnalyser };
    expect(await deliver(ticketFor(recording), delivery)).toBe("retried");
    expect((await jobOf(recording))?.status).toBe("pending");
    await env.AUDIO.put(recording.object_key, bytes);
    expect(await deliver(ticketFor(recording), delivery)).toBe("acked");
    expect((await jobOf(recording))?.status).toBe("completed");
  });

  test.each([
    ["throws", unreachable],
    ["says that it can't", async () => failed({ code: "DATABASE_ERROR", message: "No." })],
  ])("recordings %s: the message comes again, and no job is lost", async (_, getRecording) => {
    const recording = await storeWaiting("alice");
    const bindings = { ...env, RECORDINGS: overriding(env.RECORDINGS, { getRecording }) };
    const analyse = countingAnalyser();
    expect(await deliver(ticketFor(recording), { bindings, analyse })).toBe("retried");
    expect(analyse.calls()).toBe(0);
    expect(await deliver(ticketFor(recording), { analyse })).toBe("acked");
    expect(await statusOf(recording)).toBe("completed");
  });

  test.each([
    ["throws", unreachable],
    ["says that it can't", async () => failed({ code: "DATABASE_ERROR", message: "No." })],
  ])("recordings %s when told of the end: told again, without listening again", async (_, fault) => {
    const recording = await storeWaiting("alice");
    const setStatus = (id: string, status: "analyzing" | "completed") =>
      status === "completed" ? fault() : env.RECORDINGS.setStatus(id, status);
    const bindings = { ...env, RECORDINGS: overriding(env.RECORDINGS, { setStatus }) };
    const analyse = countingAnalyser();
    expect(await deliver(ticketFor(recording), { bindings, analyse })).toBe("retried");
    expect((await jobOf(recording))?.status).toBe("completed");
    expect(await statusOf(recording)).toBe("analyzing");
    expect(await deliver(ticketFor(recording), { analyse })).toBe("acked");
    expect(analyse.calls()).toBe(1);
    expect(await statusOf(recording)).toBe("completed");
  });
});

describe("a job that can't be finished", () => {
  test("ends failed with the analyser's sentence, and isn't tried again", async () => {
    const recording = await storeWaiting("alice");
    const refuse = async () => failed({ message: "This can't be listened to." });
    expect(await deliver(ticketFor(recording), { analyse: refuse })).toBe("acked");
    const analyse = countingAnalyser();
    expect(await deliver(ticketFor(recording), { analyse })).toBe("acked");
    expect(analyse.calls()).toBe(0);
    expect(await jobOf(recording)).toMatchObject({ status: "failed", error: "This can't be listened to." });
    expect(await statusOf(recording)).toBe("failed");
  });

  test("ends failed with a sentence as a dead letter, and so does its recording", async () => {
    const recording = await storeWaiting("alice");
    await deliver(ticketFor(recording), { analyse: throwingAnalyser });
    const letter = { queue: DEAD_LETTERS, analyse: countingAnalyser() } as const;
    expect(await deliver(ticketFor(recording), letter)).toBe("acked");
    expect(letter.analyse.calls()).toBe(0);
    const job = present(await jobOf(recording));
    expect(job.status).toBe("failed");
    expect(job.error).toMatch(/^We tried several times .*\.$/);
    expect(await statusOf(recording)).toBe("failed");
  });

  test("a dead letter is told to the recording again if that didn't work", async () => {
    const recording = await storeWaiting("alice");
    await deliver(ticketFor(recording), { analyse: throwingAnalyser });
    const bindings = { ...env, RECORDINGS: overriding(env.RECORDINGS, { setStatus: unreachable }) };
    expect(await deliver(ticketFor(recording), { queue: DEAD_LETTERS, bindings })).toBe("retried");
    expect(await deliver(ticketFor(recording), { queue: DEAD_LETTERS })).toBe("acked");
    expect(await statusOf(recording)).toBe("failed");
  });

  test("a dead letter ends no job that is completed, and no run that is alive", async () => {
    const completed = await storeWaiting("alice");
    await deliver(ticketFor(completed));
    await deliver(ticketFor(completed), { queue: DEAD_LETTERS });
    expect((await jobOf(completed))?.status).toBe("completed");
    expect(await statusOf(completed)).toBe("completed");

    const running = await storeWaiting("alice");
    const alive = heldAnalyser("alive");
    const delivery = deliver(ticketFor(running), { analyse: alive.analyse });
    await alive.started;
    await deliver(ticketFor(running), { queue: DEAD_LETTERS });
    alive.hear();
    await delivery;
    expect(await heardIn(running)).toBe("alive");
  });

  test("ends failed once it was taken up too often, without being listened to again", async () => {
    const recording = await storeWaiting("alice");
    const runs = MAX_ATTEMPTS;
    for (let run = 0; run < runs; run += 1) {
      // A crash: taken up, and never heard of again.
      present(await takeUp(recording));
      await letTimeRunOut(recording);
    }
    expect((await jobOf(recording))?.attempts).toBe(runs);
    const analyse = countingAnalyser();
    expect(await deliver(ticketFor(recording), { analyse })).toBe("acked");
    expect(analyse.calls()).toBe(0);
    expect((await jobOf(recording))?.status).toBe("failed");
    expect(await statusOf(recording)).toBe("failed");
  });
});
