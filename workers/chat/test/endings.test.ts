import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { callerOf } from "@crescendai/worker-testing/caller";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { EventReader } from "../../../tests/support/event-reader.ts";
import { TIMES } from "../src/conversation/times.ts";
import {
  alarmOf,
  ask,
  eventsOf,
  json,
  kindsOf,
  migrate,
  newSession,
  newUser,
  problemOf,
  readSession,
  send,
  sendForJson,
} from "./support/chat.ts";
import { cancelled, done, gate, saying, scriptModel, scriptTimes, token } from "./support/scripts.ts";

beforeAll(migrate);
afterEach(() => {
  scriptTimes();
  vi.useRealTimers();
});

/** A model that says some words and then nothing more. */
async function* hanging(...words: readonly string[]) {
  yield* words.map(token);
  await new Promise(() => undefined);
}

describe("an answer that is just beginning", () => {
  it("can be stopped, and isn't taken for one that a dead runtime left", async () => {
    const user = newUser();
    const { id } = await newSession(user);
    scriptModel(user, () => hanging("So"));
    const conversation = env.CONVERSATIONS.getByName(id);
    const session = { id, recording_id: null, summary: null, summarised_to: 0 };
    const [begun, settled, stopped] = await Promise.all([
      conversation.begin({ caller: callerOf(user), session, content: "How do I begin?" }),
      conversation.settle(),
      conversation.stop(),
    ]);
    expect(begun).toMatchObject({ ok: true });
    expect(settled).toBe(true);
    expect(stopped).toBe(true);
  });
});

describe("an answer that keeps its reader waiting", () => {
  it("is kept open by pings, which aren't events, until it goes on", async () => {
    const user = newUser();
    scriptTimes({ pingMs: 5 });
    const { id } = await newSession(user);
    const held = gate();
    scriptModel(user, async function* () {
      await held.opened;
      yield* saying("At last.");
    });
    const answer = await send(user, id, "Well?");
    const bytes = answer.body?.getReader();
    const events = new EventReader();
    while (events.comments.length < 3) events.push((await bytes?.read())?.value ?? new Uint8Array());
    expect(events.events).toEqual([]);
    held.open();
    while (!events.ended) events.push((await bytes?.read())?.value ?? new Uint8Array());
    expect(new Set(events.comments)).toEqual(new Set([": ping"]));
    expect(kindsOf(events.events)).toEqual(["token", "message", "[DONE]"]);
    expect(events.events.map(({ id: eventId }) => Number(eventId?.split("-").at(-1)))).toEqual([1, 2, 3]);
  });

  it("hears a ping every 15 s, and waits for five minutes at most", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "setTimeout", "clearTimeout"] });
    const user = newUser();
    const { id } = await newSession(user);
    const conversation = env.CONVERSATIONS.getByName(id);
    const pass = (ms: number) => runInDurableObject(conversation, () => vi.advanceTimersByTime(ms));
    scriptModel(user, () => hanging("So far"));
    const bytes = (await send(user, id, "Well?")).body?.getReader();
    const events = new EventReader();
    const readUntil = async (isEnough: () => boolean) => {
      while (!isEnough()) {
        const piece = await bytes?.read();
        if (piece?.value === undefined) throw new Error("the answer ended too early");
        events.push(piece.value);
      }
    };
    await readUntil(() => events.events.length > 0);
    for (let pings = 1; pings < 20; pings += 1) {
      await pass(15_000);
      await readUntil(() => events.comments.length >= pings);
    }
    await pass(14_999);
    expect((await readSession(user, id)).last_turn?.status).toBe("running");
    await pass(1);
    await readUntil(() => events.ended);
    expect(events.comments).toHaveLength(20);
    expect(kindsOf(events.events)).toEqual(["token", "error", "message", "[DONE]"]);
  });

  it("too long ends: what came is kept, the model's stream is given up, and the next turn works", async () => {
    const user = newUser();
    scriptTimes({ turnMs: 200 });
    const { id } = await newSession(user);
    scriptModel(user, () => hanging("So far"));
    const events = await eventsOf(await send(user, id, "Well?"));
    expect(kindsOf(events)).toEqual(["token", "error", "message", "[DONE]"]);
    expect(events[1]?.event).toMatchObject({
      error: "AI_SERVICE_ERROR",
      message: "The answer took too long. What came is kept; please ask again.",
    });
    expect(cancelled).toContain(user);
    const session = await readSession(user, id);
    expect(session.last_turn?.status).toBe("failed");
    expect(session.messages.at(-1)).toMatchObject({ content: "So far", status: "failed" });
    scriptModel(user, () => saying("Here I am."));
    expect((await sendForJson(user, id, "And now?")).content).toBe("Here I am.");
  });
});

describe("an answer that the database doesn't take", () => {
  /** Has the database refuse every answer of a session, until the work is done. */
  async function refusingAnswers(sessionId: string, work: () => Promise<void>): Promise<void> {
    await env.DB.exec(
      `CREATE TRIGGER refusing BEFORE INSERT ON messages WHEN NEW.role = 'assistant' AND NEW.session_id = '${sessionId}' ` +
        "BEGIN SELECT RAISE(ABORT, 'the disk is full'); END",
    );
    try {
      await work();
    } finally {
      await env.DB.exec("DROP TRIGGER refusing");
    }
  }

  it("ends with one error and one end, and whoever comes back later reads on as if it had been interrupted", async () => {
    const user = newUser();
    const { id } = await newSession(user);
    const path = `/api/v1/chat/sessions/${id}/stream`;
    let lastId = "";
    scriptModel(user, () => saying("What", " was said."));
    await refusingAnswers(id, async () => {
      const events = await eventsOf(await send(user, id, "Well?"));
      expect(kindsOf(events)).toEqual(["token", "token", "error", "[DONE]"]);
      expect(events[2]?.event).toMatchObject({ error: "DATABASE_ERROR" });
      // The error has no id of its own: a client that comes back is where the answer's last word left it.
      lastId = events[1]?.id ?? "";
      expect(events.at(-1)?.id).toBe(lastId);
      // Who comes back meanwhile is told the same.
      const again = await eventsOf(await ask(user, path));
      expect(kindsOf(again)).toEqual(["token", "token", "error", "[DONE]"]);
      expect(again.at(-1)?.id).toBe(lastId);
      const refused = await ask(user, "/api/v1/chat", json("POST", { session_id: id, content: "And now?" }));
      expect((await problemOf(refused)).error).toBe("DATABASE_ERROR");
    });
    const rest = await eventsOf(await ask(user, path, { headers: { "last-event-id": lastId } }));
    expect(kindsOf(rest)).toEqual(["error", "message", "[DONE]"]);
    expect(new Set(rest.map((event) => event.id)).size).toBe(3);
    const session = await readSession(user, id);
    expect(session.last_turn?.status).toBe("interrupted");
    expect(session.messages.at(-1)).toMatchObject({ content: "What was said.", status: "interrupted" });
    scriptModel(user, () => saying("Here I am."));
    expect((await sendForJson(user, id, "And now?")).content).toBe("Here I am.");
  });

  it("of a model that failed too is one error all the same", async () => {
    const user = newUser();
    const { id } = await newSession(user);
    scriptModel(user, () => [token("So far")]);
    await refusingAnswers(id, async () => {
      const events = await eventsOf(await send(user, id, "Well?"));
      expect(kindsOf(events)).toEqual(["token", "error", "[DONE]"]);
    });
    expect((await readSession(user, id)).last_turn?.status).toBe("interrupted");
  });

  it("is tried again soon by the object's own alarm if nobody comes back", async () => {
    const user = newUser();
    const { id } = await newSession(user);
    const ring = () => runDurableObjectAlarm(env.CONVERSATIONS.getByName(id));
    scriptModel(user, () => saying("What was said."));
    await refusingAnswers(id, async () => {
      await eventsOf(await send(user, id, "Well?"));
      expect(await alarmOf(id)).toBeLessThanOrEqual(Date.now() + TIMES.heartbeatMs);
      await ring();
      expect(await alarmOf(id)).toBeLessThanOrEqual(Date.now() + TIMES.heartbeatMs);
    });
    await ring();
    const turn = await env.DB.prepare("SELECT status FROM turns WHERE session_id = ?")
      .bind(id)
      .first("status");
    expect(turn).toBe("interrupted");
    expect(await alarmOf(id)).toBeGreaterThan(Date.now() + TIMES.heartbeatMs);
  });

  it("as JSON is a problem", async () => {
    const user = newUser();
    const { id } = await newSession(user);
    scriptModel(user, () => [token("So far"), done()]);
    await refusingAnswers(id, async () => {
      const body = { session_id: id, content: "Well?", stream: false };
      expect((await problemOf(await ask(user, "/api/v1/chat", json("POST", body)))).error).toBe(
        "DATABASE_ERROR",
      );
    });
    expect((await readSession(user, id)).messages.at(-1)?.content).toBe("So far");
  });
});
