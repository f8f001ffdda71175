import { UserExportSchema } from "@crescendai/contracts";
import * as v from "valibot";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  analyse,
  asUser,
  feedbackOn,
  jobAs,
  jsonRequest,
  recordingsOf,
  uploadAs,
} from "../support/client.ts";
import { type Mesh, startMesh } from "../support/mesh.ts";
import { expectProblem } from "../support/problem.ts";
import { storedObjects } from "../support/storage.ts";
import { shortTake } from "../support/wav.ts";

describe("a user who leaves", () => {
  const LEAVING = "clara";
  const STAYING = "robert";
  const GOAL = "an even left hand";

  let mesh: Mesh;
  const held: { user: string; id: string; jobId: string }[] = [];

  beforeAll(async () => {
    mesh = await startMesh();
    for (const user of [LEAVING, STAYING]) {
      const id = await uploadAs(mesh, user, shortTake(1));
      await feedbackOn(mesh, user, id);
      held.push({ user, id, jobId: await analyse(mesh, user, id) });
      await mesh.fetch("/api/v1/context", jsonRequest("PUT", user, { goals: GOAL }));
    }
  });
  afterAll(() => mesh.close());

  const of = (user: string) => {
    const found = held.find((one) => one.user === user);
    if (found === undefined) throw new Error(`${user} holds nothing`);
    return found;
  };
  const exportOf = async (user: string) => {
    const answer = await mesh.fetch("/api/v1/me/export", asUser(user));
    expect(answer.status).toBe(200);
    return v.parse(UserExportSchema, await answer.json());
  };

  it("takes everything along: recordings, analyses, context and the log", async () => {
    const { id, jobId } = of(LEAVING);
    const exported = await exportOf(LEAVING);
    expect(exported.user_id).toBe(LEAVING);
    expect(exported.services).toMatchObject({
      recordings: { recordings: [{ id, filename: "take.wav" }] },
      feedback: { analyses: [{ job_id: jobId, recording_id: id, analysis: { heard: expect.any(String) } }] },
      context: { context: { goals: [GOAL] }, audit_log: [{ action: "context.write", user_id: LEAVING }] },
    });
    expect(JSON.stringify(exported)).not.toContain(of(STAYING).id);
  });

  it("leaves nothing behind, in no service, and nothing of anybody else's is touched", async () => {
    const { id, jobId } = of(LEAVING);
    const erased = await mesh.fetch("/api/v1/me", asUser(LEAVING, "DELETE"));
    expect(await erased.json()).toMatchObject({ user_id: LEAVING });
    expect(await recordingsOf(mesh, LEAVING)).toEqual([]);
    await expectProblem(await mesh.fetch(`/api/v1/recordings/${id}`, asUser(LEAVING)), "NOT_FOUND");
    await expectProblem(await mesh.fetch(`/api/v1/job/${jobId}`, asUser(LEAVING)), "NOT_FOUND");
    const { services } = await exportOf(LEAVING);
    expect(services).toMatchObject({
      recordings: { recordings: [], audit_log: [] },
      feedback: { analyses: [], audit_log: [] },
      context: { context: { goals: [], updated_at: null }, audit_log: [] },
    });

    const staying = of(STAYING);
    expect((await recordingsOf(mesh, STAYING)).map((recording) => recording.id)).toEqual([staying.id]);
    expect((await jobAs(mesh, STAYING, staying.jobId)).status).toBe("completed");
    expect(await storedObjects(mesh)).toEqual([`recordings/${STAYING}/${staying.id}.wav`]);
  });

  it("may do so twice, and may come back", async () => {
    expect((await mesh.fetch("/api/v1/me", asUser(LEAVING, "DELETE"))).status).toBe(200);
    const id = await uploadAs(mesh, LEAVING, shortTake(1));
    expect((await recordingsOf(mesh, LEAVING)).map((recording) => recording.id)).toEqual([id]);
  });
});
