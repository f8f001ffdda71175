import { env, exports } from "cloudflare:workers";
import {
  type Analysis,
  FeedbackHistorySchema,
  ok,
  ProblemDetailsSchema,
  type StoredRecording,
} from "@crescendai/contracts";
import { timestamp } from "@crescendai/worker-kit";
import { callerOf, requestOf } from "@crescendai/worker-testing/caller";
import { overriding } from "@crescendai/worker-testing/overriding";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { findEarlierTakes, readEarlierTakes } from "../src/tables/earlier-takes.ts";
import { keepVersion, MAX_VERSIONS } from "../src/tables/feedback-versions.ts";
import { MUSIC_ANALYSIS } from "./support/analyses.ts";
import { unreachable, withHeldQueue } from "./support/bindings.ts";
import { database, deliver, jobOf, LONG_AGO, storeWaiting, ticketFor } from "./support/jobs.ts";
import { deleteRecording, migrateDatabases } from "./support/recordings.ts";
import { ask, post, read } from "./support/requests.ts";
import { present, unwrap } from "./support/results.ts";

beforeAll(migrateDatabases);
beforeEach(async () => {
  await env.DB.exec("DELETE FROM analyses");
  await env.DB.exec("DELETE FROM feedback_versions");
  await setGoals("evenness");
});

/** A recording of Alice's in which this was heard. */
async function heard(analysis: Analysis = MUSIC_ANALYSIS): Promise<StoredRecording> {
  const recording = await storeWaiting("alice");
  await deliver(ticketFor(recording), { analyse: async () => ok(analysis) });
  return recording;
}

async function setGoals(goals: string): Promise<void> {
  const init = { ...post({ goals }), method: "PUT" };
  await env.CONTEXT.fetch(requestOf("alice", "/api/v1/context", init));
}

async function feedbackText({ id }: StoredRecording, bindings: FeedbackEnv = env): Promise<string> {
  const answer = await ask("alice", `/api/v1/feedback/${id}`, post({}, { prefer: "wait=0" }), bindings);
  expect(answer.status).toBe(200);
  return await answer.text();
}

async function resultText(recording: StoredRecording, bindings: FeedbackEnv = env): Promise<string> {
  const { job_id } = present(await jobOf(recording));
  const answer = await ask("alice", `/api/v1/result/${job_id}`, {}, bindings);
  expect(answer.status).toBe(200);
  return await answer.text();
}

async function historyOf({ id }: StoredRecording, query = "") {
  return await read(await ask("alice", `/api/v1/feedback/${id}/history${query}`), FeedbackHistorySchema);
}

/** Lets nobody hear any more what was heard: who still answers has it from the cache. */
async function loseAnalyses(): Promise<void> {
  await env.DB.exec("UPDATE analyses SET analysis = NULL");
}

const NO_CACHE = overriding(env.CACHE, { get: unreachable, put: unreachable, delete: unreachable });

describe("an answer", () => {
  test("is the same byte for byte, from the cache or not, or without one", async () => {
    const recording = await heard();
    const uncached = { ...env, CACHE: NO_CACHE };
    for (const text of [feedbackText, resultText]) {
      const fresh = await text(recording, uncached);
      expect(await text(recording)).toBe(fresh);
      expect(await text(recording)).toBe(fresh);
    }
  });

  test("comes from the cache as long as nothing has changed", async () => {
    const recording = await heard();
    const [feedback, result] = [await feedbackText(recording), await resultText(recording)];
    await loseAnalyses();
    expect(await feedbackText(recording)).toBe(feedback);
    expect(await resultText(recording)).toBe(result);
  });

  test("is made anew when the player's context changes, and is kept for six hours at most", async () => {
    const recording = await heard();
    const ttl: unknown[] = [];
    const put = (key: string, text: string, options: unknown) => {
      ttl.push(options);
      return env.CACHE.put(key, text);
    };
    const bindings = { ...env, CACHE: overriding(env.CACHE, { put }) };
    const before = await feedbackText(recording, bindings);
    await setGoals("a singing tone");
    const after = await feedbackText(recording, bindings);
    expect(after).not.toBe(before);
    expect(ttl).toEqual([{ expirationTtl: 21_600 }, { expirationTtl: 21_600 }]);
  });

  test("is made anew when the recording is listened to again", async () => {
    const recording = await heard();
    const before = await feedbackText(recording);
    await env.DB.prepare("UPDATE analyses SET completed_at = ?")
      .bind(timestamp(Date.now() + 1))
      .run();
    expect(await feedbackText(recording)).not.toBe(before);
  });

  test("is made anew when an earlier take comes or goes", async () => {
    const earlier = await heard();
    await env.DB.prepare("UPDATE analyses SET created_at = ?").bind(LONG_AGO).run();
    const recording = await heard();
    await feedbackText(recording);
    await deleteRecording(earlier);
    await loseAnalyses();
    const answer = await ask("alice", `/api/v1/feedback/${recording.id}`, post({}, { prefer: "wait=0" }));
    // Not from the cache, and there is nothing else to have it from.
    expect(answer.status).toBe(202);
  });

  test("without the player's context is neither cached nor kept", async () => {
    const recording = await heard();
    const bindings = { ...env, CONTEXT: overriding(env.CONTEXT, { getContext: unreachable }) };
    const without = await feedbackText(recording, bindings);
    expect((await historyOf(recording)).versions).toEqual([]);
    expect(await feedbackText(recording)).not.toBe(without);
  });

  test("that can't be kept in the history is given, and not cached", async () => {
    const recording = await heard();
    const batch = async () => await unreachable();
    const bindings = { ...env, DB: overriding(env.DB, { batch }) };
    // The first write makes sure of the job; it is there.
    const { job_id } = present(await jobOf(recording));
    expect((await ask("alice", `/api/v1/result/${job_id}`, {}, bindings)).status).toBe(200);
    expect(await env.CACHE.get(`feedback/feedback/${recording.id}`)).toBeNull();
  });
});

describe("what was heard by ears of another shape", () => {
  test.each([
    [
      "feedback",
      async ({ id }: StoredRecording, bindings: FeedbackEnv) =>
        await ask("alice", `/api/v1/feedback/${id}`, post({}, { prefer: "wait=0" }), bindings),
      202,
    ],
    [
      "result",
      async (recording: StoredRecording, bindings: FeedbackEnv) =>
        await ask("alice", `/api/v1/result/${present(await jobOf(recording)).job_id}`, {}, bindings),
      409,
    ],
  ])("is listened to again when the %s is asked for", async (_, askFor, status) => {
    const recording = await heard();
    await env.DB.exec(`UPDATE analyses SET analysis = '{"model_version":"ears of yore"}'`);
    const { bindings, sent } = withHeldQueue();
    const answers = [await askFor(recording, bindings), await askFor(recording, bindings)];
    expect(answers.map((answer) => answer.status)).toEqual([status, status]);
    expect(sent).toHaveLength(1);
    expect(await jobOf(recording)).toMatchObject({ status: "pending", progress: 0, completed_at: null });
    await deliver(sent[0], { bindings, analyse: async () => ok(MUSIC_ANALYSIS) });
    await feedbackText(recording);
  });

  test("doesn't keep anybody from taking their data along", async () => {
    await heard();
    await env.DB.exec("UPDATE analyses SET analysis = '{}'");
    expect(await exports.default.exportUser(callerOf("alice"))).toMatchObject({ ok: true });
  });
});

describe("the history of feedback", () => {
  test("has everything that was said, once, newest first", async () => {
    const recording = await heard();
    const first = await feedbackText(recording);
    await setGoals("a singing tone");
    const second = await feedbackText(recording);
    await setGoals("evenness");
    expect(await feedbackText(recording)).toBe(first);
    const { versions, pagination } = await historyOf(recording);
    expect(versions.map(({ version, feedback }) => ({ version, feedback }))).toEqual([
      { version: 2, feedback: JSON.parse(second) },
      { version: 1, feedback: JSON.parse(first) },
    ]);
    expect(pagination).toMatchObject({ page: 1, total: 2, total_pages: 1 });
    expect(versions.every(({ model_version }) => model_version === "ears")).toBe(true);
  });

  test("comes in pages", async () => {
    const recording = await heard();
    for (let version = 0; version < 5; version += 1) await keep(recording, version);
    const { versions, pagination } = await historyOf(recording, "?page=2&limit=2");
    expect(versions.map(({ version }) => version)).toEqual([3, 2]);
    expect(pagination).toEqual({ page: 2, limit: 2, total: 5, total_pages: 3 });
  });

  test("keeps a bounded number, the newest", async () => {
    const recording = await heard();
    for (let version = 0; version < MAX_VERSIONS + 3; version += 1) await keep(recording, version);
    const { versions } = await historyOf(recording, "?limit=100");
    expect(versions).toHaveLength(MAX_VERSIONS);
    expect(versions[0]?.version).toBe(MAX_VERSIONS + 3);
  });

  test("keeps the same only once, though it is said twice at once", async () => {
    const recording = await heard();
    await Promise.all([keep(recording, 1), keep(recording, 1), keep(recording, 2)]);
    expect((await historyOf(recording)).versions).toHaveLength(2);
  });

  test("is empty where nothing was said yet, and nobody else's business", async () => {
    const recording = await heard();
    expect((await historyOf(recording)).versions).toEqual([]);
    const answer = await ask("mallory", `/api/v1/feedback/${recording.id}/history`);
    expect((await read(answer, ProblemDetailsSchema)).error).toBe("NOT_FOUND");
    expect((await ask("alice", `/api/v1/feedback/${recording.id}/history?limit=0`)).status).toBe(400);
  });

  test("goes along with its user's data", async () => {
    const recording = await heard();
    const text = await feedbackText(recording);
    const exported = unwrap(await exports.default.exportUser(callerOf("alice")));
    expect(exported).toMatchObject({
      feedback: [{ recording_id: recording.id, feedback: JSON.parse(text) }],
    });
  });

  async function keep({ id }: StoredRecording, version: number): Promise<void> {
    const body = JSON.stringify({ said: version });
    const said = { recordingId: id, hash: `hash ${version}`, modelVersion: "ears", body };
    unwrap(await database.write(...keepVersion(said, timestamp(Date.now()))));
  }
});

describe("when a recording or its user goes", () => {
  /** Everything of a recording's that is left. */
  async function left({ id }: StoredRecording): Promise<unknown[]> {
    const versions = await env.DB.prepare("SELECT * FROM feedback_versions WHERE recording_id = ?")
      .bind(id)
      .all();
    const cached = await Promise.all(
      ["feedback", "result"].map((kind) => env.CACHE.get(`feedback/${kind}/${id}`)),
    );
    return [...versions.results, ...cached.filter((entry) => entry !== null)];
  }

  test("nothing of what was said about it stays", async () => {
    const recording = await heard();
    await feedbackText(recording);
    await resultText(recording);
    expect(await left(recording)).toHaveLength(3);
    await deleteRecording(recording);
    expect(await left(recording)).toEqual([]);
  });

  test("nothing stays of what is said in that very moment", async () => {
    const recording = await heard();
    const put = async (key: string, text: string) => {
      await deleteRecording(recording);
      await env.CACHE.put(key, text);
    };
    await feedbackText(recording, { ...env, CACHE: overriding(env.CACHE, { put }) });
    expect(await left(recording)).toEqual([]);
    await database.write(
      ...keepVersion({ recordingId: recording.id, hash: "", modelVersion: "", body: "{}" }, LONG_AGO),
    );
    expect(await left(recording)).toEqual([]);
  });

  test("nothing of the user's stays, of anybody else's all", async () => {
    const [own, other] = [await heard(), await storeWaiting("bob")];
    await deliver(ticketFor(other), { analyse: async () => ok(MUSIC_ANALYSIS) });
    await feedbackText(own);
    await ask("bob", `/api/v1/feedback/${other.id}`, post({}));
    expect(await exports.default.eraseUser(callerOf("alice"))).toEqual(ok(null));
    expect(await left(own)).toEqual([]);
    expect(await left(other)).toHaveLength(2);
  });
});

describe("earlier takes", () => {
  /** A job of Alice's that is completed, created so many hours ago. */
  async function take(hours: number, analysis: Analysis = MUSIC_ANALYSIS): Promise<StoredRecording> {
    const recording = await heard(analysis);
    await env.DB.prepare("UPDATE analyses SET created_at = ? WHERE recording_id = ?")
      .bind(timestamp(Date.now() - hours * 3_600_000), recording.id)
      .run();
    return recording;
  }

  async function earlierThan(recording: StoredRecording) {
    const ids = unwrap(await findEarlierTakes(database, present(await jobOf(recording)).job_id));
    return unwrap(await readEarlierTakes(database, ids));
  }

  test("are the player's own before this one, newest first, with what can be compared", async () => {
    const oldest = await take(3);
    const older = await take(2, { ...MUSIC_ANALYSIS, analysed_duration: 12, sketch: [7, 8] });
    const recording = await take(1);
    await take(0.5);
    const foreign = await storeWaiting("bob");
    await deliver(ticketFor(foreign), { analyse: async () => ok(MUSIC_ANALYSIS) });
    await env.DB.prepare("UPDATE analyses SET created_at = ? WHERE user_id = 'bob'").bind(LONG_AGO).run();
    const takes = await earlierThan(recording);
    expect(takes.map(({ recording_id }) => recording_id)).toEqual([older.id, oldest.id]);
    const { dimensions, measurements } = MUSIC_ANALYSIS;
    const { pulse, notes, pauses, dynamic_range_db, leading_silence, trailing_silence } = measurements;
    expect(takes[0]).toMatchObject({ duration: 12, sketch: [7, 8], dimensions, perception: null });
    const compared = { pulse, notes, pauses, dynamic_range_db, leading_silence, trailing_silence };
    expect(takes[0]?.measurements).toEqual(compared);
  });

  test("are ten at most, and only music that the same ears have heard to an end", async () => {
    const recording = await take(0);
    for (let hours = 1; hours <= 12; hours += 1) await take(hours);
    await take(0.6, { ...MUSIC_ANALYSIS, heard: "speech" });
    const others = await take(0.5, { ...MUSIC_ANALYSIS, model_version: "other ears" });
    await env.DB.prepare("UPDATE analyses SET analysis = '{}' WHERE created_at < ?")
      .bind(timestamp(Date.now() - 9.5 * 3_600_000))
      .run();
    const takes = await earlierThan(recording);
    expect(takes).toHaveLength(9);
    expect(takes.map(({ recording_id }) => recording_id)).not.toContain(others.id);
    expect(await earlierThan(others)).toEqual([]);
  });
});
