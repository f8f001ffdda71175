import { applyD1Migrations } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import { sweepStuckJobs } from "../src/jobs/sweep.ts";
import { withHeldQueue } from "./support/bindings.ts";
import { database, deliver, findJobs, LONG_AGO, quiet } from "./support/jobs.ts";
import { migrateDatabases, storeRecording } from "./support/recordings.ts";
import { unwrap } from "./support/results.ts";

/** What the first ears had stored, in each state that a job can be in. */
const FIRST = ["completed", "failed", "pending", "processing"] as const;

beforeAll(async () => {
  await applyD1Migrations(env.DB, env.MIGRATIONS_FEEDBACK.slice(0, 1));
});

test("what the first ears heard is listened to again, under the same ids", async () => {
  const rows = FIRST.map((status) => ({ status, job: crypto.randomUUID(), recording: crypto.randomUUID() }));
  for (const { status, job, recording } of rows) {
    await env.DB.prepare(
      `INSERT INTO analyses (job_id, recording_id, user_id, status, progress, attempts, run_id, lease_until, queued_at,
                             completed_at, analysis, created_at, updated_at)
       VALUES (?1, ?2, 'alice', ?3, 100, 3, 'run', ?4, ?4, ?4, '{"heard":"music"}', ?4, ?4)`,
    )
      .bind(job, recording, status, LONG_AGO)
      .run();
  }
  await migrateDatabases();
  expect(await findJobs()).toEqual(
    rows.map(({ job, recording }) => ({
      job_id: job,
      recording_id: recording,
      status: "pending",
      attempts: 0,
    })),
  );
  const { bindings, sent } = withHeldQueue();
  expect(unwrap(await sweepStuckJobs(bindings, database, Date.now(), quiet))).toBe(FIRST.length);
  // Of three of the four recordings nothing is known any more: their jobs go.
  const { id } = await storeRecording("alice");
  await env.DB.prepare("UPDATE analyses SET recording_id = ? WHERE job_id = ?")
    .bind(id, rows[0]?.job ?? "")
    .run();
  for (const ticket of sent) await deliver(ticket, { bindings });
  expect(await findJobs()).toMatchObject([{ job_id: rows[0]?.job, recording_id: id, status: "completed" }]);
});
