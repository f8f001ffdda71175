import { env } from "cloudflare:workers";
import {
  AnalyzeAnswerSchema,
  FeedbackPendingSchema,
  FeedbackSchema,
  failed,
  JobSchema,
  ProblemDetailsSchema,
} from "@crescendai/contracts";
import { overriding } from "@crescendai/worker-testing/overriding";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { unreachable, withHeldQueue } from "./support/bindings.ts";
import {
  countingAnalyser,
  deliver,
  heardIn,
  jobOf,
  letTimeRunOut,
  storeWaiting,
  ticketFor,
} from "./support/jobs.ts";
import { deleteRecording, hideRecording, migrateDatabases, storeRecording } from "./support/recordings.ts";
import { ask, post, read } from "./support/requests.ts";
import { present } from "./support/results.ts";

beforeAll(migrateDatabases);
// So that no turn is anybody else's.
beforeEach(async () => {
  await env.DB.exec("DELETE FROM analyses");
});

const NOWHERE = "3f0c8a52-3c39-4f0e-9a5b-0d3b6a6d2b10";

async function analyze(userId: string, id: string, bindings: FeedbackEnv): Promise<string> {
  const answer = await ask(userId, "/api/v1/analyze", post({ id }), bindings);
  expect(answer.status).toBe(200);
  return (await read(answer, AnalyzeAnswerSchema)).job_id;
}

describe("while the recording is being listened to", () => {
  test("the result isn't there yet: 409 that says when to ask again", async () => {
    const { bindings } = withHeldQueue();
    const { id } = await storeRecording("alice");
    const jobId = await analyze("alice", id, bindings);
    const answer = await ask("alice", `/api/v1/result/${jobId}`, {}, bindings);
    expect(answer.status).toBe(409);
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await read(answer, ProblemDetailsSchema)).error).toBe("CONFLICT");
  });

  test("feedback says so with 202, where to look, and when to ask again", async () => {
    const { bindings } = withHeldQueue();
    const { id } = await storeRecording("alice");
    const init = post({}, { prefer: "wait=0" });
    const answer = await ask("alice", `/api/v1/feedback/${id}`, init, bindings);
    expect(answer.status).toBe(202);
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
    const pending = await read(answer, FeedbackPendingSchema);
    expect(pending).toMatchObject({ recording_id: id, status: "pending", progress: 0 });
    expect(answer.headers.get("location")).toBe(`/api/v1/job/${pending.job_id}`);
    const job = await ask("alice", present(answer.headers.get("location")), {}, bindings);
    expect((await read(job, JobSchema)).job_id).toBe(pending.job_id);
  });

  test("feedback ends its wait with the analysis", async () => {
    const { bindings, sent } = withHeldQueue();
    const { id } = await storeRecording("alice");
    // The message is worked off while the route waits: as soon as it is on the queue.
    const send = async (message: unknown) => {
      await deliver(message, { bindings });
    };
    const prompt = { ...bindings, LISTENING_QUEUE: overriding(env.LISTENING_QUEUE, { send }) };
    const answer = await ask("alice", `/api/v1/feedback/${id}`, post({}), prompt);
    expect(answer.status).toBe(200);
    expect(sent).toEqual([]);
  });

  test("feedback on a recording that is deleted while it waits is 404", async () => {
    const { bindings } = withHeldQueue();
    const recording = await storeRecording("alice");
    const send = () => deleteRecording(recording);
    const hasty = { ...bindings, LISTENING_QUEUE: overriding(env.LISTENING_QUEUE, { send }) };
    const answer = await ask("alice", `/api/v1/feedback/${recording.id}`, post({}), hasty);
    expect(answer.status).toBe(404);
    expect(await jobOf(recording)).toBeNull();
  });
});

describe("asking twice", () => {
  test("analyze gives the same job and sends one message", async () => {
    const { bindings, sent } = withHeldQueue();
    const { id } = await storeRecording("alice");
    const [first, second] = await Promise.all([
      analyze("alice", id, bindings),
      analyze("alice", id, bindings),
    ]);
    const third = await analyze("alice", id.toUpperCase(), bindings);
    expect(new Set([first, second, third]).size).toBe(1);
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({ request_id: "test-alice" });
  });

  test("analyze on a completed job leaves it alone", async () => {
    const { bindings, sent } = withHeldQueue();
    const recording = await storeRecording("alice");
    const jobId = await analyze("alice", recording.id, bindings);
    await deliver(sent.pop(), { bindings, analyse: countingAnalyser("first") });
    expect(await analyze("alice", recording.id, bindings)).toBe(jobId);
    expect(sent).toEqual([]);
    expect(await heardIn(recording)).toBe("first");
  });

  test("analyze on a failed job starts it afresh under the same id; feedback doesn't", async () => {
    const { bindings, sent } = withHeldQueue();
    const recording = await storeRecording("alice");
    const jobId = await analyze("alice", recording.id, bindings);
    sent.length = 0;
    const refuse = async () => failed({ message: "This can't be listened to." });
    await deliver(ticketFor(recording), { bindings, analyse: refuse });
    const refused = await ask("alice", `/api/v1/feedback/${recording.id}`, post({}), bindings);
    expect(refused.status).toBe(409);
    expect(sent).toEqual([]);

    const again = await Promise.all([
      analyze("alice", recording.id, bindings),
      analyze("alice", recording.id, bindings),
    ]);
    expect(again).toEqual([jobId, jobId]);
    expect(sent).toHaveLength(1);
    expect(await jobOf(recording)).toMatchObject({
      status: "pending",
      progress: 0,
      error: null,
      attempts: 0,
    });
    await deliver(sent.pop(), { bindings, analyse: countingAnalyser("second") });
    expect(await heardIn(recording)).toBe("second");
  });

  test("a restart that can't be written is no restart", async () => {
    const { bindings, sent } = withHeldQueue();
    const recording = await storeWaiting("alice");
    await deliver(ticketFor(recording), {
      bindings,
      analyse: async () => failed({ message: "This can't be listened to." }),
    });
    let writes = 0;
    const batch = (statements: D1PreparedStatement[]) => {
      writes += 1;
      return writes === 2 ? unreachable() : env.DB.batch(statements);
    };
    const faulty = { ...bindings, DB: overriding(env.DB, { batch }) };
    const answer = await ask("alice", "/api/v1/analyze", post({ id: recording.id }), faulty);
    expect(answer.status).toBe(500);
    expect(sent).toEqual([]);
    expect((await jobOf(recording))?.status).toBe("failed");
  });
});

describe("what isn't the caller's", () => {
  test.each([
    ["a job", async (jobId: string, _id: string) => ask("mallory", `/api/v1/job/${jobId}`)],
    ["a result", async (jobId: string, _id: string) => ask("mallory", `/api/v1/result/${jobId}`)],
    ["feedback", async (_: string, id: string) => ask("mallory", `/api/v1/feedback/${id}`, post({}))],
    ["an analysis", async (_: string, id: string) => ask("mallory", "/api/v1/analyze", post({ id }))],
  ])("%s of another user's is 404, like one that never was", async (_, askFor) => {
    const { bindings } = withHeldQueue();
    const recording = await storeRecording("alice");
    const { id } = recording;
    const jobId = await analyze("alice", id, bindings);
    await deliver(ticketFor(recording), { bindings });
    const [foreign, nowhere] = await Promise.all([askFor(jobId, id), askFor(NOWHERE, NOWHERE)]);
    const problems = [await read(foreign, ProblemDetailsSchema), await read(nowhere, ProblemDetailsSchema)];
    expect(problems.map(({ status }) => status)).toEqual([404, 404]);
    const texts = problems.map((problem) => JSON.stringify(problem).replaceAll(/[0-9a-f-]{36}/g, "ID"));
    expect(texts[0]).toBe(texts[1]);
  });

  test("user_id must be the caller's own", async () => {
    const { bindings, sent } = withHeldQueue();
    const { id } = await storeRecording("alice");
    const path = `/api/v1/feedback/${id}`;
    const own = await ask("alice", path, post({ user_id: "alice" }, { prefer: "wait=0" }), bindings);
    expect(own.status).toBe(202);
    sent.length = 0;
    const foreign = await ask("alice", path, post({ user_id: "bob" }), bindings);
    expect(foreign.status).toBe(403);
    expect(sent).toEqual([]);
  });

  test("a deleted recording and its job are gone on every route", async () => {
    const { bindings } = withHeldQueue();
    const recording = await storeRecording("alice");
    const jobId = await analyze("alice", recording.id, bindings);
    await deleteRecording(recording);
    const answers = await Promise.all([
      ask("alice", `/api/v1/job/${jobId}`),
      ask("alice", `/api/v1/result/${jobId}`),
      ask("alice", `/api/v1/feedback/${recording.id}`, post({})),
      ask("alice", "/api/v1/analyze", post({ id: recording.id })),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    expect(await jobOf(recording)).toBeNull();
  });
});

describe("what isn't valid", () => {
  test.each([
    ["an id that is no UUID", "/api/v1/analyze", post({ id: "1" }), 400],
    ["a UUID of another version", "/api/v1/analyze", post({ id: NOWHERE.replace("-4", "-1") }), 400],
    ["an unknown field", "/api/v1/analyze", post({ id: NOWHERE, force: true }), 400],
    ["no body", "/api/v1/analyze", { method: "POST" }, 415],
    ["a job id that is no UUID", "/api/v1/job/1", {}, 400],
    ["a result's id that is no UUID", "/api/v1/result/%00", {}, 400],
    ["a recording id that is no UUID", "/api/v1/feedback/x", post({}), 400],
    ["an unknown field of feedback", `/api/v1/feedback/${NOWHERE}`, post({ user: "alice" }), 400],
    ["a wrong method", "/api/v1/analyze", {}, 405],
  ])("%s is refused with a problem", async (_, path, init, status) => {
    const answer = await ask("alice", path, init);
    expect(answer.status).toBe(status);
    expect((await read(answer, ProblemDetailsSchema)).status).toBe(status);
  });
});

describe("when a sibling or the queue doesn't answer", () => {
  test("feedback goes without the player's context", async () => {
    const { bindings } = withHeldQueue();
    const recording = await storeWaiting("alice");
    await deliver(ticketFor(recording), { bindings });
    const path = `/api/v1/feedback/${recording.id}`;
    const faults = [unreachable, async () => failed({ code: "DATABASE_ERROR", message: "No." })];
    const expected = await read(await ask("alice", path, post({}), bindings), FeedbackSchema);
    for (const getContext of faults) {
      const faulty = { ...bindings, CONTEXT: overriding(env.CONTEXT, { getContext }) };
      const answer = await ask("alice", path, post({}), faulty);
      expect(answer.status).toBe(200);
      expect(await read(answer, FeedbackSchema)).toEqual(expected);
    }
  });

  test("no job is made where recordings doesn't answer", async () => {
    const { bindings, sent } = withHeldQueue();
    const recording = await storeRecording("alice");
    const faulty = { ...bindings, RECORDINGS: overriding(env.RECORDINGS, { getRecording: unreachable }) };
    const answer = await ask("alice", "/api/v1/analyze", post({ id: recording.id }), faulty);
    expect(answer.status).toBe(503);
    expect(await answer.text()).not.toContain("not reachable");
    expect(await jobOf(recording)).toBeNull();
    expect(sent).toEqual([]);
  });

  test("a job whose message can't be sent stays pending, and whoever asks later takes it up", async () => {
    const { bindings, sent } = withHeldQueue();
    const recording = await storeRecording("alice");
    const cut = { ...bindings, LISTENING_QUEUE: overriding(env.LISTENING_QUEUE, { send: unreachable }) };
    const jobId = await analyze("alice", recording.id, cut);
    expect((await jobOf(recording))?.status).toBe("pending");

    await ask("alice", `/api/v1/job/${jobId}`, {}, bindings);
    expect(sent).toEqual([]);
    await letTimeRunOut(recording);
    await ask("alice", `/api/v1/job/${jobId}`, {}, bindings);
    await ask("alice", `/api/v1/job/${jobId}`, {}, bindings);
    await analyze("alice", recording.id, bindings);
    expect(sent).toHaveLength(1);
    await deliver(sent.pop(), { bindings });
    expect((await jobOf(recording))?.status).toBe("completed");
  });

  test("a job made just after its recording was deleted goes with its message", async () => {
    const { bindings, sent } = withHeldQueue();
    const recording = await storeRecording("alice");
    // The recording is looked up, and deleted before the job is written.
    const getRecording = async () => {
      await deleteRecording(recording);
      return { ok: true, value: recording };
    };
    const late = { ...bindings, RECORDINGS: overriding(env.RECORDINGS, { getRecording }) };
    await analyze("alice", recording.id, late);
    expect(await jobOf(recording)).not.toBeNull();
    await deliver(sent.pop(), { bindings });
    expect(await jobOf(recording)).toBeNull();
  });

  test("a hidden recording's job can't be asked for by its owner through feedback", async () => {
    const { bindings } = withHeldQueue();
    const recording = await storeWaiting("alice");
    await deliver(ticketFor(recording), { bindings });
    await hideRecording(recording);
    const answer = await ask("alice", `/api/v1/feedback/${recording.id}`, post({}), bindings);
    expect(answer.status).toBe(404);
  });
});
