import { HealthSchema } from "@crescendai/contracts";
import * as v from "valibot";
import { afterEach, describe, expect, it } from "vitest";
import {
  analyse,
  asUser,
  feedbackOn,
  jobAs,
  jsonRequest,
  recordingsOf,
  sendUpload,
  UNKNOWN_ID,
  uploadAs,
  uploadForm,
} from "../support/client.ts";
import { type Mesh, type MeshOptions, startMesh } from "../support/mesh.ts";
import { expectProblem, expectSafeHeaders } from "../support/problem.ts";
import { recordingsDatabase, storedObjects } from "../support/storage.ts";
import { largeTake, shortTake } from "../support/wav.ts";

const TAKE = shortTake(1);
/** More than one part of R2's multipart upload, so that bytes are stored before the upload is complete. */
const LARGE_TAKE = largeTake(6 * 1024 * 1024);

const ALL_UP: MeshOptions = {};
/** Each with the fault everywhere that the service is bound. */
const FEEDBACK_DOWN: MeshOptions = { faults: { gateway: { FEEDBACK: "broken" } } };
const CONTEXT_DOWN: MeshOptions = {
  faults: { gateway: { CONTEXT: "broken" }, feedback: { CONTEXT: "broken" } },
};
const RECORDINGS_DOWN: MeshOptions = {
  faults: {
    gateway: { RECORDINGS: "broken" },
    upload: { RECORDINGS: "broken" },
    feedback: { RECORDINGS: "broken" },
  },
};

let mesh: Mesh;
afterEach(() => mesh.close());

/** Expects 503 that names this service as the only one that is down. */
async function expectDown(service: string): Promise<void> {
  for (const path of ["/health", "/api/health", "/api/v1/health"]) {
    const answer = await mesh.fetch(path);
    expect(answer.status).toBe(503);
    const text = await answer.text();
    expect(text).not.toMatch(/secret|ECONN/);
    const { status, message, checks } = v.parse(HealthSchema, JSON.parse(text));
    expect(status).toBe("degraded");
    expect(message).toContain(service);
    const others = Object.entries(checks).filter(([name]) => name !== service);
    expect(checks[service]?.status).toBe("down");
    expect(others.length).toBeGreaterThanOrEqual(6);
    for (const [name, check] of others) expect([name, check.status]).toEqual([name, "healthy"]);
  }
}

/** Expects a problem of a 5xx that tells nothing of what is inside. */
async function expectFault(answer: Response, code: Parameters<typeof expectProblem>[1]): Promise<void> {
  expectSafeHeaders(answer);
  const text = await answer.clone().text();
  expect(text).not.toMatch(/secret|ECONN|D1_|SQL|Error:|\.ts|stack|at /);
  const { message } = await expectProblem(answer, code);
  expect(message).toMatch(/again/);
}

describe("when the row of an upload can't be written", () => {
  it("the upload fails, its object is gone again, and others go on", async () => {
    mesh = await startMesh({ faults: { upload: { RECORDINGS: "recordings-that-fail" } } });
    for (const bytes of [TAKE, LARGE_TAKE]) {
      await expectFault(await sendUpload(mesh, "insert-fails", uploadForm(bytes)), "DATABASE_ERROR");
      await expectFault(await sendUpload(mesh, "insert-throws", uploadForm(bytes)), "SERVICE_UNAVAILABLE");
    }
    expect(await storedObjects(mesh)).toEqual([]);
    for (const user of ["insert-fails", "insert-throws"]) expect(await recordingsOf(mesh, user)).toEqual([]);
    const pending = await (await recordingsDatabase(mesh))
      .prepare("SELECT count(*) AS uploads FROM pending_uploads")
      .bind()
      .first();
    expect(pending).toEqual({ uploads: 0 });
    await uploadAs(mesh, "clara", TAKE);
    expect(await recordingsOf(mesh, "clara")).toHaveLength(1);
  });
});

describe("when recordings is down", () => {
  it("health names it, an upload fails without a trace, and what doesn't need it works", async () => {
    mesh = await startMesh(RECORDINGS_DOWN);
    await expectDown("recordings");
    for (const bytes of [TAKE, LARGE_TAKE]) {
      await expectFault(await sendUpload(mesh, "clara", uploadForm(bytes)), "SERVICE_UNAVAILABLE");
    }
    expect(await storedObjects(mesh)).toEqual([]);
    await expectFault(await mesh.fetch("/api/v1/recordings", asUser("clara")), "SERVICE_UNAVAILABLE");
    const id = { id: UNKNOWN_ID };
    const analyze = await mesh.fetch("/api/v1/analyze", jsonRequest("POST", "clara", id));
    await expectFault(analyze, "SERVICE_UNAVAILABLE");
    const put = await mesh.fetch("/api/v1/context", jsonRequest("PUT", "clara", { goals: "evenness" }));
    expect(put.status).toBe(200);
    await mesh.restart(ALL_UP);
    expect((await mesh.fetch("/health")).status).toBe(200);
    expect(await recordingsOf(mesh, "clara")).toEqual([]);
  });
});

describe("when context is down", () => {
  it("health names it, its own route says so, and feedback is still given", async () => {
    mesh = await startMesh(CONTEXT_DOWN);
    await expectDown("context");
    await expectFault(await mesh.fetch("/api/v1/context", asUser("clara")), "SERVICE_UNAVAILABLE");
    const id = await uploadAs(mesh, "clara", TAKE);
    expect((await feedbackOn(mesh, "clara", id)).recording_id).toBe(id);
    for (const path of ["/api/v1/audit", "/api/v1/me/export"]) {
      await expectFault(await mesh.fetch(path, asUser("clara")), "SERVICE_UNAVAILABLE");
    }
  });
});

describe("when feedback is down", () => {
  it("recordings come, go and are listed, and a deletion is finished when it is back", async () => {
    mesh = await startMesh(ALL_UP);
    const id = await uploadAs(mesh, "clara", TAKE);
    await feedbackOn(mesh, "clara", id);
    const jobId = await analyse(mesh, "clara", id);

    await mesh.restart(FEEDBACK_DOWN);
    await expectDown("feedback");
    await expectFault(await mesh.fetch(`/api/v1/job/${jobId}`, asUser("clara")), "SERVICE_UNAVAILABLE");
    await uploadAs(mesh, "clara", shortTake(2));
    expect(await recordingsOf(mesh, "clara")).toHaveLength(2);
    const deleted = await mesh.fetch(`/api/v1/recordings/${id}`, asUser("clara", "DELETE"));
    expect(deleted.status).toBe(200);
    await expectProblem(await mesh.fetch(`/api/v1/recordings/${id}`, asUser("clara")), "NOT_FOUND");
    expect((await recordingsOf(mesh, "clara")).map((recording) => recording.id)).not.toContain(id);
    expect((await storedObjects(mesh)).filter((key) => key.includes(id))).toEqual([]);

    await mesh.restart(ALL_UP);
    // What feedback still holds is what the sweep is for.
    expect((await jobAs(mesh, "clara", jobId)).status).toBe("completed");
    await mesh.sweep("gateway");
    await expectProblem(await mesh.fetch(`/api/v1/job/${jobId}`, asUser("clara")), "NOT_FOUND");
    const row = await (await recordingsDatabase(mesh))
      .prepare("SELECT id FROM recordings WHERE id = ?")
      .bind(id)
      .first();
    expect(row).toBeNull();
    expect(await recordingsOf(mesh, "clara")).toHaveLength(1);
  });
});
