import { failed, ok } from "@crescendai/contracts";
import { describe, expect, test, vi } from "vitest";
import type { Analyser } from "../src/analysers/analyser.ts";
import { HEARTBEAT_MS, LEASE_MS } from "../src/jobs/policy.ts";
import { completeJob, failRun, releaseJob } from "../src/tables/analyses.ts";
import {
  aloneWithItsJobs,
  countingAnalyser,
  database,
  deliver,
  FAR_OFF,
  heardBy,
  heardIn,
  heldAnalyser,
  jobOf,
  letTimeRunOut,
  storeWaiting,
  takeUp,
  ticketFor,
} from "./support/jobs.ts";
import { statusOf } from "./support/recordings.ts";
import { present, unwrap } from "./support/results.ts";

aloneWithItsJobs();

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
