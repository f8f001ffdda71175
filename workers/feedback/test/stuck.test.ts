import { createExecutionContext, createScheduledController, waitOnExecutionContext } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import type { StoredRecording } from "@crescendai/contracts";
import { overriding } from "@crescendai/worker-testing/overriding";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import FeedbackService from "../src/index.ts";
import { LEASE_MS, MAX_STUCK_JOBS, QUEUE_PATIENCE_MS, UNFINISHED_PATIENCE_MS } from "../src/jobs/policy.ts";
import { isStuck, takeUpIfStuck } from "../src/jobs/request-analysis.ts";
import { sweepStuckJobs, sweepUnfinishedRecordings } from "../src/jobs/sweep.ts";
import { type AnalysisJob, findStuckJobs, insertJob } from "../src/tables/analyses.ts";
import { unreachable, withHeldQueue } from "./support/bindings.ts";
import {
  countingAnalyser,
  database,
  deliver,
  jobOf,
  quiet,
  storeWaiting,
  ticketFor,
} from "./support/jobs.ts";
import { migrateDatabases, statusOf, storeRecording } from "./support/recordings.ts";
import { present, unwrap } from "./support/results.ts";

const NOW = Date.parse("2026-11-23T12:00:00.000Z");
const TRACE = { requestId: "test", traceparent: "" };

beforeAll(migrateDatabases);
beforeEach(async () => {
  await env.DB.exec("DELETE FROM analyses");
  await env.DB_RECORDINGS.exec("DELETE FROM recordings");
});

/** An instant so many milliseconds before `NOW`. */
function ago(milliseconds: number): string {
  return new Date(NOW - milliseconds).toISOString();
}

interface Standing {
  readonly status: AnalysisJob["status"];
  readonly queued: string;
  readonly lease: string | null;
}

/** A recording whose job stands as given. */
async function standing({ status, queued, lease }: Standing): Promise<StoredRecording> {
  const recording = await storeRecording("alice");
  await database.write(insertJob(crypto.randomUUID(), recording, ago(60_000)));
  await env.DB.prepare(
    "UPDATE analyses SET status = ?, queued_at = ?, lease_until = ? WHERE recording_id = ?",
  )
    .bind(status, queued, lease, recording.id)
    .run();
  return recording;
}

const STUCK: readonly (readonly [string, Standing])[] = [
  ["pending too long", { status: "pending", queued: ago(QUEUE_PATIENCE_MS + 1), lease: null }],
  ["processing with a dead lease", { status: "processing", queued: ago(LEASE_MS + 1), lease: ago(1) }],
];
const NOT_STUCK: readonly (readonly [string, Standing])[] = [
  ["pending just now", { status: "pending", queued: ago(QUEUE_PATIENCE_MS), lease: null }],
  ["processing and alive", { status: "processing", queued: ago(600_000), lease: ago(-1) }],
  ["queued again just now", { status: "processing", queued: ago(LEASE_MS), lease: ago(1) }],
  ["completed", { status: "completed", queued: ago(600_000), lease: null }],
  ["failed", { status: "failed", queued: ago(600_000), lease: null }],
];

describe("a stuck job", () => {
  test.each(STUCK)("%s: is seen, goes on the queue once, and is completed", async (_, how) => {
    const { bindings, sent } = withHeldQueue();
    const recording = await standing(how);
    const job = present(await jobOf(recording));
    expect(isStuck(job, NOW)).toBe(true);
    expect(unwrap(await findStuckJobs(database, ago(LEASE_MS), ago(0), 10))).toEqual([job]);

    expect(unwrap(await sweepStuckJobs(bindings, database, NOW, quiet))).toBe(1);
    expect(unwrap(await sweepStuckJobs(bindings, database, NOW + LEASE_MS, quiet))).toBe(0);
    // Somebody who read the job before the sweep and asks just after it.
    expect(await takeUpIfStuck(bindings, database, job, NOW, TRACE, quiet)).toBe(false);
    expect(sent).toHaveLength(1);
    expect(sent[0]?.request_id).toBe(`sweep-${job.job_id}`);

    await deliver(sent[0], { bindings });
    expect((await jobOf(recording))?.status).toBe("completed");
  });

  test.each(STUCK)("%s: goes on the queue once, though two ask at the same time", async (_, how) => {
    const { bindings, sent } = withHeldQueue();
    const job = present(await jobOf(await standing(how)));
    const taken = await Promise.all([
      takeUpIfStuck(bindings, database, job, NOW, TRACE, quiet),
      takeUpIfStuck(bindings, database, job, NOW, TRACE, quiet),
      sweepStuckJobs(bindings, database, NOW, quiet),
    ]);
    expect(
      taken.filter((outcome) => outcome === true || (outcome !== false && unwrap(outcome) === 1)),
    ).toHaveLength(1);
    expect(sent).toHaveLength(1);
  });

  test.each(STUCK)("%s: goes on the queue again once patience has run out again", async (_, how) => {
    const { bindings, sent } = withHeldQueue();
    await standing(how);
    await sweepStuckJobs(bindings, database, NOW, quiet);
    await sweepStuckJobs(bindings, database, NOW + QUEUE_PATIENCE_MS + 1, quiet);
    expect(sent).toHaveLength(2);
  });

  test("stays to be taken up where its message can't be sent", async () => {
    const { bindings, sent } = withHeldQueue();
    const recording = await standing({ status: "pending", queued: ago(600_000), lease: null });
    const cut = { ...bindings, LISTENING_QUEUE: overriding(env.LISTENING_QUEUE, { send: unreachable }) };
    await sweepStuckJobs(cut, database, NOW, quiet);
    expect((await jobOf(recording))?.status).toBe("pending");
    await sweepStuckJobs(bindings, database, NOW + QUEUE_PATIENCE_MS + 1, quiet);
    expect(sent).toHaveLength(1);
  });

  test("of a recording that is gone goes too", async () => {
    const { bindings, sent } = withHeldQueue();
    const recording = await standing({ status: "pending", queued: ago(600_000), lease: null });
    await env.DB_RECORDINGS.prepare("DELETE FROM recordings WHERE id = ?").bind(recording.id).run();
    await sweepStuckJobs(bindings, database, NOW, quiet);
    await deliver(sent[0], { bindings });
    expect(await jobOf(recording)).toBeNull();
  });
});

describe("a job that isn't stuck", () => {
  test.each(NOT_STUCK)("%s: is left alone", async (_, how) => {
    const { bindings, sent } = withHeldQueue();
    const recording = await standing(how);
    const job = present(await jobOf(recording));
    expect(isStuck(job, NOW)).toBe(false);
    expect(unwrap(await sweepStuckJobs(bindings, database, NOW, quiet))).toBe(0);
    expect(await takeUpIfStuck(bindings, database, job, NOW, TRACE, quiet)).toBe(false);
    expect(sent).toEqual([]);
    expect(await jobOf(recording)).toEqual(job);
  });
});

describe("a sweep", () => {
  test("takes up a bounded number of jobs, and the rest the next time", async () => {
    const { bindings, sent } = withHeldQueue();
    const count = MAX_STUCK_JOBS + 5;
    const jobs = Array.from({ length: count }, () =>
      insertJob(crypto.randomUUID(), { id: crypto.randomUUID(), user_id: "alice" }, ago(600_000)),
    );
    await database.write(...jobs);
    expect(unwrap(await sweepStuckJobs(bindings, database, NOW, quiet))).toBe(MAX_STUCK_JOBS);
    expect(unwrap(await sweepStuckJobs(bindings, database, NOW, quiet))).toBe(5);
    expect(new Set(sent.map(({ request_id }) => request_id)).size).toBe(count);
    expect(new Set(sent.map(({ ticket }) => ticket)).size).toBe(count);
  });

  test("is what the service does every minute", async () => {
    const { bindings, sent } = withHeldQueue();
    const recording = await standing({ status: "pending", queued: ago(600_000), lease: null });
    const execution = createExecutionContext();
    const service = new FeedbackService(execution, bindings);
    await service.scheduled(createScheduledController({ scheduledTime: new Date(NOW) }));
    await waitOnExecutionContext(execution);
    expect(sent.map(({ request_id }) => request_id)).toEqual([
      `sweep-${present(await jobOf(recording)).job_id}`,
    ]);
  });

  test("a ticket that comes after all does no harm", async () => {
    const { bindings, sent } = withHeldQueue();
    const recording = await standing({ status: "pending", queued: ago(600_000), lease: null });
    await sweepStuckJobs(bindings, database, NOW, quiet);
    const analyse = countingAnalyser();
    await deliver(ticketFor(recording), { bindings, analyse });
    await deliver(sent[0], { bindings, analyse });
    expect(analyse.calls()).toBe(1);
    await exports.default.forgetRecording(recording.id);
  });

  test("a job taken from its ticket is anybody's, and the ticket has nothing more to do with it", async () => {
    const { bindings, sent } = withHeldQueue();
    const recording = await standing({ status: "processing", queued: ago(600_000), lease: ago(1) });
    await env.DB.prepare("UPDATE analyses SET ticket = ?").bind(recording.id).run();
    await sweepStuckJobs(bindings, database, NOW, quiet);
    // The ticket that seemed lost is dead-lettered after all: that ends nothing.
    await deliver(ticketFor(recording), { bindings, queue: "crescendai-listening-dead-letter" });
    expect((await jobOf(recording))?.status).toBe("processing");
    await deliver(sent[0], { bindings });
    expect((await jobOf(recording))?.status).toBe("completed");
  });
});

describe("a recording that stands unfinished", () => {
  /** Later than anything that is stored, by more than anybody waits. */
  const later = () => Date.now() + UNFINISHED_PATIENCE_MS + 1000;

  test("without a job, its message lost: gets one, with a ticket, once", async () => {
    const { bindings, sent } = withHeldQueue();
    const recording = await storeRecording("alice");
    expect(unwrap(await sweepUnfinishedRecordings(bindings, database, Date.now(), quiet))).toBe(0);
    expect(unwrap(await sweepUnfinishedRecordings(bindings, database, later(), quiet))).toBe(1);
    expect(unwrap(await sweepUnfinishedRecordings(bindings, database, later(), quiet))).toBe(0);
    expect(sent).toHaveLength(1);
    await deliver(sent[0], { bindings });
    expect(await jobOf(recording)).toMatchObject({ status: "completed", user_id: "alice" });
  });

  test.each(["completed", "failed"] as const)("though its job is %s: is told so", async (status) => {
    const { bindings, sent } = withHeldQueue();
    const recording = await storeWaiting("alice");
    await env.DB.prepare("UPDATE analyses SET status = ?").bind(status).run();
    await sweepUnfinishedRecordings(bindings, database, later(), quiet);
    expect(await statusOf(recording)).toBe(status);
    expect(sent).toEqual([]);
  });

  test("and waits for its turn: is left alone", async () => {
    const { bindings, sent } = withHeldQueue();
    const recording = await storeWaiting("alice");
    await sweepUnfinishedRecordings(bindings, database, later(), quiet);
    expect(sent).toEqual([]);
    expect(await statusOf(recording)).toBe("uploaded");
  });
});
