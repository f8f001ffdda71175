import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  analyse,
  asUser,
  beginSession,
  feedbackOn,
  jobAs,
  jsonRequest,
  recordingsOf,
  sendUpload,
  uploaded,
  uploadForm,
} from "../support/client.ts";
import {
  documentedOperations,
  filledPath,
  neededQuery,
  type Operation,
} from "../support/documented-operations.ts";
import { type Mesh, startMesh } from "../support/mesh.ts";
import { expectProblem } from "../support/problem.ts";
import { shortTake } from "../support/wav.ts";

const OWNER = "clara";
const STRANGER = "mallory";
const TAKE = shortTake(1);
/** What the owner wrote, to be found in no answer to anybody else. */
const SECRETS = {
  filename: "claras-secret-take.wav",
  goal: "claras secret goal",
  title: "claras secret talk",
};

describe("of what one user has, another", () => {
  let mesh: Mesh;
  let operations: Operation[];
  let recordingId: string;
  let jobId: string;
  let sessionId: string;

  beforeAll(async () => {
    mesh = await startMesh();
    operations = (await documentedOperations(mesh)).filter(({ isForAdmins }) => !isForAdmins);
    const form = uploadForm(TAKE, { originalName: SECRETS.filename });
    recordingId = (await uploaded(await sendUpload(mesh, OWNER, form))).id;
    await feedbackOn(mesh, OWNER, recordingId);
    jobId = await analyse(mesh, OWNER, recordingId);
    await mesh.fetch("/api/v1/context", jsonRequest("PUT", OWNER, { goals: SECRETS.goal }));
    sessionId = await beginSession(mesh, OWNER, { title: SECRETS.title, recording_id: recordingId });
  });
  afterAll(() => mesh.close());

  /** An operation as a user calls it, with every id that it takes being the owner's. */
  function call(operation: Operation, user: string): Promise<Response> {
    const ids = { id: recordingId, job_id: jobId, session_id: sessionId };
    const path = `${filledPath(operation.path, ids)}${neededQuery(operation)}`;
    const { method, requestBody } = operation;
    if (requestBody === undefined) return mesh.fetch(path, asUser(user, method));
    if ("multipart/form-data" in requestBody.content) {
      return mesh.fetch(path, { method, body: uploadForm(TAKE), headers: { "x-user-id": user } });
    }
    return mesh.fetch(path, jsonRequest(method, user, bodyOf(operation)));
  }

  /** Only what this operation knows: an id where it takes one. */
  function bodyOf({ path, requestBody }: Operation): Record<string, string> {
    if (requestBody === undefined) return {};
    if (path === "/api/v1/chat") return { session_id: sessionId, content: "What did I say?" };
    if (path === "/api/v1/chat/sessions") return { recording_id: recordingId };
    return JSON.stringify(requestBody).includes('"id"') ? { id: recordingId } : {};
  }

  const namesAnObject = (operation: Operation) =>
    operation.path.includes("{") || Object.keys(bodyOf(operation)).length > 0;

  it("gets 404 for every object, as if it never was", async () => {
    const objects = operations.filter(namesAnObject);
    expect(objects.length).toBeGreaterThanOrEqual(7);
    for (const operation of objects) await expectProblem(await call(operation, STRANGER), "NOT_FOUND");
  });

  it("reads nothing on any other route, even with the same bytes in hand", async () => {
    for (const operation of operations.filter((other) => !namesAnObject(other))) {
      const answer = await call(operation, STRANGER);
      expect(answer.status, `${operation.method} ${operation.path}`).toBe(200);
      const text = await answer.text();
      for (const secret of [recordingId, jobId, sessionId, ...Object.values(SECRETS), OWNER]) {
        expect(text, `${operation.method} ${operation.path}`).not.toContain(secret);
      }
    }
  });

  it("has destroyed nothing by any of it", async () => {
    expect((await recordingsOf(mesh, OWNER)).map(({ id }) => id)).toEqual([recordingId]);
    expect((await jobAs(mesh, OWNER, jobId)).status).toBe("completed");
    for (const operation of operations) {
      if (operation.method !== "GET") continue;
      expect((await call(operation, OWNER)).status, operation.path).toBe(200);
    }
    const context = await mesh.fetch("/api/v1/context", asUser(OWNER));
    expect(await context.json()).toMatchObject({ goals: [SECRETS.goal] });
  });

  it("who names no user sees nothing of it, either", async () => {
    const answer = await mesh.fetch(`/api/v1/recordings/${recordingId}`);
    await expectProblem(answer, "NOT_FOUND");
  });
});
