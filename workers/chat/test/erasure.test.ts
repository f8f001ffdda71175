import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { createLogger, type Database, openDatabase } from "@crescendai/worker-kit";
import { callerOf } from "@crescendai/worker-testing/caller";
import { beforeAll, describe, expect, it } from "vitest";
import { eraseUser } from "../src/user-data.ts";
import {
  migrate,
  newRecording,
  newSession,
  newUser,
  readSession,
  send,
  sendForJson,
} from "./support/chat.ts";
import { calling, callsOnce, saying, scriptModel, toolCall, wireOf } from "./support/scripts.ts";

beforeAll(migrate);

describe("a recording that is deleted", () => {
  it("leaves its sessions alive, without it and without what tools said of it", async () => {
    const user = newUser();
    const recording = await newRecording(user, "gone-take.wav");
    const { id } = await newSession(user, { recording_id: recording });
    scriptModel(user, callsOnce("get_performance_analysis", { recording_id: recording }));
    await sendForJson(user, id, "What did you hear?");
    expect(JSON.stringify(await readSession(user, id))).toContain("gone-take.wav");
    const { default: Chat } = await import("../src/index.ts");
    const { createExecutionContext } = await import("cloudflare:test");
    const chat = new Chat(createExecutionContext(), env);
    expect(await chat.forgetRecording(recording)).toEqual({ ok: true, value: null });
    const session = await readSession(user, id);
    expect(session.recording_id).toBeNull();
    expect(JSON.stringify(session)).not.toContain("gone-take.wav");
    expect(JSON.stringify(session)).not.toContain(recording);
    const requests = scriptModel(user, () => saying("Let's go on."));
    expect((await sendForJson(user, id, "And now?")).content).toBe("Let's go on.");
    expect(wireOf(requests)).not.toContain("gone-take");
  });

  it("while the answer on it is made is forgotten all the same", async () => {
    const user = newUser();
    const recording = await newRecording(user, "gone-take.wav");
    const { id } = await newSession(user, { recording_id: recording });
    scriptModel(user, (_request, call) => {
      if (call === 0) return calling(toolCall("get_performance_analysis", { recording_id: recording }));
      return (async function* () {
        await env.DB_RECORDINGS.prepare("DELETE FROM recordings WHERE id = ?").bind(recording).run();
        yield* saying("It was lovely.");
      })();
    });
    await sendForJson(user, id, "What did you hear?");
    await expect.poll(async () => JSON.stringify(await readSession(user, id))).not.toContain("gone-take.wav");
  });
});

describe("a user who is erased", () => {
  const log = createLogger("chat");
  const database = openDatabase(env.DB, log);

  /** What the service still holds under these ids, and in the sessions' objects, and what belongs to no message any more. */
  async function heldOn(user: string, sessionIds: readonly string[]): Promise<unknown[]> {
    const { results: mentions } = await env.DB.prepare(
      "SELECT * FROM message_recordings WHERE message_id NOT IN (SELECT id FROM messages)",
    ).all();
    const rows = await Promise.all(
      ["sessions", "messages", "turns", "audit_log"].map(async (table) => {
        const { results } = await env.DB.prepare(`SELECT * FROM ${table}`).all();
        return results.filter((row) =>
          Object.values(row).some((value) => value === user || sessionIds.some((id) => id === value)),
        );
      }),
    );
    const events = await Promise.all(
      sessionIds.map((id) =>
        runInDurableObject(env.CONVERSATIONS.getByName(id), (_object, { storage }) =>
          storage.sql.exec("SELECT data FROM events").toArray(),
        ),
      ),
    );
    return [...rows, ...events, mentions].flat();
  }

  /** A conversation of the user's on a recording, in which an answer has begun that doesn't end by itself. */
  async function talking(user: string): Promise<string> {
    const { id } = await newSession(user);
    const recording_id = await newRecording(user);
    scriptModel(user, callsOnce("get_performance_analysis", { recording_id }));
    await sendForJson(user, id, "What did you hear?");
    scriptModel(user, async function* () {
      yield { type: "token", content: "Half" };
      await new Promise(() => undefined);
    });
    const answer = await send(user, id, "Tell me.");
    const reader = answer.body?.getReader();
    await reader?.read();
    // Read on to its end: for a stream that is left unread the runtime writes a trace of its own.
    void reader?.read();
    return id;
  }

  it("in the middle of an answer leaves nothing behind", async () => {
    const user = newUser();
    const id = await talking(user);
    expect(await heldOn(user, [id])).not.toEqual([]);
    const { default: Chat } = await import("../src/index.ts");
    const { createExecutionContext } = await import("cloudflare:test");
    const chat = new Chat(createExecutionContext(), env);
    expect(await chat.eraseUser(callerOf(user))).toEqual({ ok: true, value: null });
    expect(await heldOn(user, [id])).toEqual([]);
  });

  it("while they begin another conversation leaves nothing behind of that one either", async () => {
    const user = newUser();
    const ids = [await talking(user)];
    const write: Database["write"] = async (...statements) => {
      if (ids.length === 1) ids.push(await talking(user));
      return await database.write(...statements);
    };
    expect(await eraseUser(env, { ...database, write }, callerOf(user), log)).toEqual({
      ok: true,
      value: null,
    });
    expect(ids).toHaveLength(2);
    expect(await heldOn(user, ids)).toEqual([]);
  });

  it("keeps every conversation where one thing can't be removed: all goes, or nothing", async () => {
    const user = newUser();
    const { id } = await newSession(user);
    await env.DB.exec(
      `CREATE TRIGGER refusing BEFORE DELETE ON audit_log WHEN OLD.user_id = '${user}' ` +
        "BEGIN SELECT RAISE(ABORT, 'the disk is full'); END",
    );
    try {
      expect(await eraseUser(env, database, callerOf(user), log)).toMatchObject({ ok: false });
    } finally {
      await env.DB.exec("DROP TRIGGER refusing");
    }
    expect((await readSession(user, id)).id).toBe(id);
  });
});
