import { env, exports } from "cloudflare:workers";
import { failed, ok, type StoredRecording } from "@crescendai/contracts";
import { overriding } from "@crescendai/worker-testing/overriding";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Analyser } from "../src/analysers/analyser.ts";
import { embeddedAnalyser } from "../src/analysers/embedded.ts";
import { HEARTBEAT_MS, LEASE_MS, MAX_ATTEMPTS } from "../src/jobs/policy.ts";
import { completeJob, failRun, releaseJob } from "../src/tables/analyses.ts";
import { takeTurn } from "../src/tables/turns.ts";
import { unreachable, withHeldQueue } from "./support/bindings.ts";
import {
  countingAnalyser,
  database,
  deliver,
  FAR_OFF,
  heardBy,
  heardIn,
  heldAnalyser,
  heldLog,
  jobOf,
  letTimeRunOut,
  storeWaiting,
  throwingAnalyser,
  ticketFor,
} from "./support/jobs.ts";
import {
  deleteRecording,
  hideRecording,
  migrateDatabases,
  statusOf,
  storeRecording,
} from "./support/recordings.ts";
import { present, unwrap } from "./support/results.ts";
import { silence, wavFile } from "./support/sounds.ts";

const DEAD_LETTERS = "crescendai-listening-dead-letter";

beforeAll(migrateDatabases);
// So that no turn is anybody else's.
beforeEach(async () => {
  await env.DB.exec("DELETE FROM analyses");
});
afterEach(() => {
  vi.useRealTimers();
});

/** Takes the recording's job up for a run that gives no sign of life. */
async function takeUp({ id }: StoredRecording, runId = crypto.randomUUID()) {
  return unwrap(await takeTurn(database, id, runId, FAR_OFF, new Date(Date.now()).toISOString()));
}

describe("a ticket delivered more than once", () => {
  test("does the work once", async () => {
    const recording = await storeWaiting("alice");
    const analyse = countingAnalyser();
    for (let delivery = 0; delivery < 3; delivery += 1)
      expect(await deliver(ticketFor(recording), { analyse })).toBe("acked");
    expect(analyse.calls()).toBe(1);
    expect(await jobOf(recording)).toMatchObject({ status: "completed", progress: 100, attempts: 1 });
    expect(await statusOf(recording)).toBe("completed");
  });

  test("at the same time makes one run", async () => {
    const recording = await storeWaiting("alice");
    const analyse = countingAnalyser();
    const deliveries = Array.from({ length: 5 }, () => deliver(ticketFor(recording), { analyse }));
    expect(new Set(await Promise.all(deliveries))).toEqual(new Set(["acked"]));
    expect(analyse.calls()).toBe(1);
    expect((await jobOf(recording))?.status).toBe("completed");
  });

  test("is done with while another run is alive, and leaves that run its job", async () => {
    const recording = await storeWaiting("alice");
    const alive = heldAnalyser("alive");
    const delivery = deliver(ticketFor(recording), { analyse: alive.analyse });
    await alive.started;
    const second = countingAnalyser("second");
    expect(await deliver(ticketFor(recording), { analyse: second })).toBe("acked");
    expect(second.calls()).toBe(0);
    expect(await statusOf(recording)).toBe("analyzing");
    alive.hear();
    expect(await delivery).toBe("acked");
    expect(await heardIn(recording)).toBe("alive");
  });
});

describe("a run whose lease has expired", () => {
  async function overtaken() {
    const recording = await storeWaiting("alice");
    const old = heldAnalyser("old");
    const oldDelivery = deliver(ticketFor(recording), { analyse: old.analyse });
    await old.started;
    await letTimeRunOut(recording);
    return { recording, old, oldDelivery };
  }

  test("is taken over, and completing late changes nothing", async () => {
    const { recording, old, oldDelivery } = await overtaken();
    await deliver(ticketFor(recording), { analyse: countingAnalyser("new") });
    const before = await jobOf(recording);
    old.hear();
    expect(await oldDelivery).toBe("acked");
    expect(await jobOf(recording)).toEqual(before);
    expect(await heardIn(recording)).toBe("new");
    expect(await statusOf(recording)).toBe("completed");
  });

  test("completing late while the new run goes on doesn't end the recording", async () => {
    const { recording, old, oldDelivery } = await overtaken();
    const young = heldAnalyser("new");
    const delivery = deliver(ticketFor(recording), { analyse: young.analyse });
    await young.started;
    old.hear();
    await oldDelivery;
    expect(await jobOf(recording)).toMatchObject({ status: "processing", attempts: 2 });
    expect(await statusOf(recording)).toBe("analyzing");
    young.hear();
    await delivery;
    expect(await heardIn(recording)).toBe("new");
  });

  test("failing for good late changes nothing", async () => {
    const recording = await storeWaiting("alice");
    const old = Promise.withResolvers<void>();
    const started = Promise.withResolvers<void>();
    const refuseLate: Analyser = async () => {
      started.resolve();
      await old.promise;
      return failed({ message: "This can't be listened to." });
    };
    const oldDelivery = deliver(ticketFor(recording), { analyse: refuseLate });
    await started.promise;
    await letTimeRunOut(recording);
    await deliver(ticketFor(recording), { analyse: countingAnalyser("new") });
    old.resolve();
    await oldDelivery;
    expect(await jobOf(recording)).toMatchObject({ status: "completed", error: null });
    expect(await statusOf(recording)).toBe("completed");
  });

  test("throwing late doesn't hand the new run's job back", async () => {
    const { recording, old, oldDelivery } = await overtaken();
    const young = heldAnalyser("new");
    const delivery = deliver(ticketFor(recording), { analyse: young.analyse });
    await young.started;
    old.throwFault();
    await oldDelivery;
    expect((await jobOf(recording))?.status).toBe("processing");
    young.hear();
    await delivery;
    expect(await heardIn(recording)).toBe("new");
  });
});

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

describe("a recording that is deleted", () => {
  test("before the run leaves nothing", async () => {
    const recording = await storeWaiting("alice");
    await deliver(ticketFor(recording), { analyse: throwingAnalyser });
    await hideRecording(recording);
    const analyse = countingAnalyser();
    expect(await deliver(ticketFor(recording), { analyse })).toBe("acked");
    expect(analyse.calls()).toBe(0);
    expect(await jobOf(recording)).toBeNull();
  });

  test.each([
    ["hidden", hideRecording],
    ["wholly deleted", deleteRecording],
  ])("in mid-analysis (%s) leaves nothing, however the run ends", async (_, remove) => {
    for (const end of ["hear", "throwFault"] as const) {
      const recording = await storeWaiting("alice");
      const run = heldAnalyser();
      const delivery = deliver(ticketFor(recording), { analyse: run.analyse });
      await run.started;
      await remove(recording);
      run[end]();
      if ((await delivery) === "retried") expect(await deliver(ticketFor(recording))).toBe("acked");
      expect(await jobOf(recording)).toBeNull();
    }
  });

  test("between being looked up and being taken up leaves nothing, and isn't listened to", async () => {
    const recording = await storeWaiting("alice");
    const getRecording = async () => {
      await deleteRecording(recording);
      return ok(recording);
    };
    const bindings = { ...env, RECORDINGS: overriding(env.RECORDINGS, { getRecording }) };
    const analyse = countingAnalyser();
    expect(await deliver(ticketFor(recording), { bindings, analyse })).toBe("acked");
    expect(analyse.calls()).toBe(0);
    expect(await jobOf(recording)).toBeNull();
  });

  test("right after the analysis leaves nothing", async () => {
    const recording = await storeWaiting("alice");
    await deliver(ticketFor(recording));
    await deleteRecording(recording);
    expect(await jobOf(recording)).toBeNull();
    expect(await deliver(ticketFor(recording))).toBe("acked");
    expect(await jobOf(recording)).toBeNull();
  });

  test("before its dead letter leaves nothing", async () => {
    const recording = await storeWaiting("alice");
    await deliver(ticketFor(recording), { analyse: throwingAnalyser });
    await hideRecording(recording);
    expect(await deliver(ticketFor(recording), { queue: DEAD_LETTERS })).toBe("acked");
    expect(await jobOf(recording)).toBeNull();
  });

  test("is forgotten once and for all, and forgotten again without harm to others", async () => {
    const [recording, other] = [await storeWaiting("alice"), await storeWaiting("alice")];
    await deliver(ticketFor(recording));
    await deliver(ticketFor(other));
    for (let time = 0; time < 2; time += 1)
      expect(await exports.default.forgetRecording(recording.id)).toEqual(ok(null));
    expect(await jobOf(recording)).toBeNull();
    expect((await jobOf(other))?.status).toBe("completed");
  });
});

describe("a run's signs of life", () => {
  test("progress grows, stays under 100 until the end, and each sign extends the lease", async () => {
    const recording = await storeWaiting("alice");
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
    const seen: { progress: number; left: number; updated: string }[] = [];
    const analyse: Analyser = async (_recording, _bytes, progressed) => {
      for (const share of [0, 0.25, 0.5, 0.999, 1]) {
        vi.setSystemTime(Date.now() + HEARTBEAT_MS);
        await progressed(share);
        const job = present(await jobOf(recording));
        const left = Date.parse(present(job.lease_until)) - Date.now();
        seen.push({ progress: job.progress, left, updated: job.updated_at });
      }
      return ok(heardBy("alive"));
    };
    expect(await deliver(ticketFor(recording), { analyse })).toBe("acked");
    expect(seen.map(({ progress }) => progress)).toEqual([0, 25, 50, 99, 99]);
    expect(seen.every(({ left }) => left === LEASE_MS)).toBe(true);
    expect(seen.map(({ updated }) => updated)).toEqual(seen.map(({ updated }) => updated).toSorted());
    expect((await jobOf(recording))?.progress).toBe(100);
  });

  test("are no more often than needed", async () => {
    const recording = await storeWaiting("alice");
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
    let written = 0;
    const analyse: Analyser = async (_recording, _bytes, progressed) => {
      let last = present(await jobOf(recording)).updated_at;
      for (let step = 1; step <= 20; step += 1) {
        vi.setSystemTime(Date.now() + HEARTBEAT_MS / 4);
        await progressed(step / 20);
        const { updated_at } = present(await jobOf(recording));
        if (updated_at !== last) written += 1;
        last = updated_at;
      }
      return ok(heardBy("alive"));
    };
    await deliver(ticketFor(recording), { analyse });
    expect(written).toBe(5);
  });

  test("of a run that lost its job don't touch the new one's, and end the old one", async () => {
    const recording = await storeWaiting("alice");
    let told: unknown = null;
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
    const analyse: Analyser = async (_recording, _bytes, progressed) => {
      await letTimeRunOut(recording);
      await takeUp(recording);
      vi.setSystemTime(Date.now() + HEARTBEAT_MS);
      await progressed(0.7).catch((cause) => {
        told = cause;
        throw cause;
      });
      return ok(heardBy("old"));
    };
    expect(await deliver(ticketFor(recording), { analyse })).toBe("acked");
    expect(told).toBeInstanceOf(Error);
    expect(await jobOf(recording)).toMatchObject({ status: "processing", progress: 0, lease_until: FAR_OFF });
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

describe("statements of a run that has ended or lost its job", () => {
  test("change no row", async () => {
    const recording = await storeWaiting("alice");
    const runId = crypto.randomUUID();
    const now = new Date().toISOString();
    present(await takeUp(recording, runId));
    await database.write(completeJob(runId, heardBy("first"), now));
    const late = await database.write(
      completeJob(runId, heardBy("second"), now),
      failRun(runId, "No.", now),
      releaseJob(runId, now, now),
    );
    expect(unwrap(late)).toEqual([0, 0, 0]);
    expect(await takeUp(recording)).toBeNull();
    expect(await heardIn(recording)).toBe("first");
  });
});

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
