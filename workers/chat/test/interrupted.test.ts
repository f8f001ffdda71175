import { abortAllDurableObjects, runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { EventReader } from "../../../tests/support/event-reader.ts";
import { TIMES } from "../src/conversation/times.ts";
import {
  alarmOf,
  ask,
  eventsOf,
  kindsOf,
  migrate,
  newSession,
  newUser,
  readSession,
  send,
  sendForJson,
  textOf,
} from "./support/chat.ts";
import { saying, scriptModel, scriptTimes, token } from "./support/scripts.ts";

beforeAll(migrate);
// So that it is certain what was written when the object is killed.
beforeEach(() => scriptTimes({ writeMs: 0 }));
afterEach(() => scriptTimes());

/** A turn that says some words and then hangs until its object is killed; the id of its last event. */
async function killedTurn(user: string, sessionId: string, ...words: readonly string[]): Promise<string> {
  scriptModel(user, async function* () {
    yield* words.map(token);
    await new Promise(() => undefined);
  });
  const answer = await send(user, sessionId, "Tell me.");
  const reader = answer.body?.getReader();
  const events = new EventReader();
  while (events.events.length < words.length) events.push((await reader?.read())?.value ?? new Uint8Array());
  // The turn goes on without a listener; killed with one, the runtime writes a trace of its own for each stream that is cut.
  await reader?.cancel();
  await abortAllDurableObjects();
  return events.events.at(-1)?.id ?? "";
}

describe("an answer whose runtime was killed", () => {
  it("is marked interrupted when the session is read, with what was said, and the next turn works", async () => {
    const user = newUser();
    const { id } = await newSession(user);
    await killedTurn(user, id, "As far ", "as this");
    const session = await readSession(user, id);
    expect(session.last_turn).toMatchObject({
      status: "interrupted",
      error: expect.stringContaining("interrupted"),
    });
    expect(session.messages).toMatchObject([
      { role: "user", content: "Tell me." },
      { role: "assistant", content: "As far as this", status: "interrupted" },
    ]);
    scriptModel(user, () => saying("Here I am."));
    expect((await sendForJson(user, id, "And now?")).content).toBe("Here I am.");
    expect((await readSession(user, id)).messages).toHaveLength(4);
  });

  it("before a word was said has its question there, and the next turn works at once", async () => {
    const user = newUser();
    const { id } = await newSession(user);
    await killedTurn(user, id);
    scriptModel(user, () => saying("Here I am."));
    expect((await sendForJson(user, id, "And now?")).content).toBe("Here I am.");
    const { messages } = await readSession(user, id);
    expect(messages.map(({ content }) => content)).toEqual(["Tell me.", "And now?", "Here I am."]);
  });

  it("is taken up by a client that comes back: the rest of what there is, and how it ended", async () => {
    const user = newUser();
    const { id } = await newSession(user);
    const last = await killedTurn(user, id, "One", " two", " three");
    const first = last.replace(/\d+$/, "1");
    const headers = { "last-event-id": first };
    const rest = await eventsOf(await ask(user, `/api/v1/chat/sessions/${id}/stream`, { headers }));
    expect(textOf(rest)).toBe(" two three");
    expect(kindsOf(rest.slice(2))).toEqual(["error", "message", "[DONE]"]);
  });

  it("has lost no more than the words that weren't written yet; who heard them hears how it ended, once", async () => {
    scriptTimes({ writeMs: 60_000 });
    const user = newUser();
    const { id } = await newSession(user);
    const last = await killedTurn(user, id, "One", " two", " three");
    const headers = { "last-event-id": last };
    const rest = await eventsOf(await ask(user, `/api/v1/chat/sessions/${id}/stream`, { headers }));
    expect(kindsOf(rest)).toEqual(["error", "message", "[DONE]"]);
    const numbers = [last, ...rest.map((event) => event.id)].map((event) => Number(event?.split("-").at(-1)));
    expect(numbers).toEqual(numbers.toSorted((one, other) => one - other));
    expect((await readSession(user, id)).messages.at(-1)).toMatchObject({
      content: "One",
      status: "interrupted",
    });
  });

  it("ends by the object's own alarm if nobody asks", async () => {
    const user = newUser();
    const { id } = await newSession(user);
    await killedTurn(user, id, "Half");
    expect(await runDurableObjectAlarm(env.CONVERSATIONS.getByName(id))).toBe(true);
    const turn = await env.DB.prepare("SELECT status FROM turns WHERE session_id = ?")
      .bind(id)
      .first("status");
    expect(turn).toBe("interrupted");
  });

  it.each<[string, (user: string, id: string) => Promise<unknown>]>([
    ["the session is read", readSession],
    [
      "a client comes back",
      async (user, id) => eventsOf(await ask(user, `/api/v1/chat/sessions/${id}/stream`)),
    ],
    ["the object's alarm rings", async (_user, id) => runDurableObjectAlarm(env.CONVERSATIONS.getByName(id))],
  ])("has its events kept as long as any other's, from when %s", async (_when, settle) => {
    const user = newUser();
    const { id } = await newSession(user);
    await killedTurn(user, id, "Half");
    const before = Date.now();
    await settle(user, id);
    expect(await alarmOf(id)).toBeGreaterThanOrEqual(before + TIMES.keptMs);
  });

  it("forgets its events some time after its end", async () => {
    const user = newUser();
    const { id } = await newSession(user);
    scriptModel(user, () => saying("Whole."));
    await sendForJson(user, id, "Tell me.");
    const path = `/api/v1/chat/sessions/${id}/stream`;
    expect(textOf(await eventsOf(await ask(user, path)))).toBe("Whole.");
    await runDurableObjectAlarm(env.CONVERSATIONS.getByName(id));
    expect(textOf(await eventsOf(await ask(user, path)))).toBe("");
    expect((await readSession(user, id)).messages.at(-1)?.content).toBe("Whole.");
  });
});
