import { MAX_MESSAGE_BYTES } from "@crescendai/contracts";
import { beforeAll, describe, expect, it } from "vitest";
import { EventReader } from "../../../tests/support/event-reader.ts";
import {
  ask,
  eventsOf,
  json,
  kindsOf,
  migrate,
  newSession,
  newUser,
  passage,
  problemOf,
  readSession,
  send,
  sendForJson,
  textOf,
} from "./support/chat.ts";
import {
  calling,
  cancelled,
  done,
  gate,
  saying,
  scriptLibrary,
  scriptModel,
  token,
  toolCall,
} from "./support/scripts.ts";

beforeAll(migrate);

describe("an answer", () => {
  it("comes as events: tokens, then the stored message, then the end, each with an id in order", async () => {
    const user = newUser();
    const { id } = await newSession(user);
    scriptModel(user, () => saying("Play ", "it ", "slowly."));
    const events = await eventsOf(await send(user, id, "How do I play evenly?"));
    expect(kindsOf(events)).toEqual(["token", "token", "token", "message", "[DONE]"]);
    expect(textOf(events)).toBe("Play it slowly.");
    const numbers = events.map((event) => Number(event.id?.split("-").at(-1)));
    expect(numbers).toEqual(events.map((_, index) => index + 1));
    const session = await readSession(user, id);
    expect(session.messages.map(({ role, content }) => [role, content])).toEqual([
      ["user", "How do I play evenly?"],
      ["assistant", "Play it slowly."],
    ]);
    const message = events.find(({ event }) => event?.type === "message")?.event;
    expect(message).toMatchObject({
      id: session.messages[1]?.id,
      created_at: session.messages[1]?.created_at,
    });
    expect(session).toMatchObject({
      title: "How do I play evenly?",
      message_count: 2,
      last_turn: { status: "completed", error: null },
    });
  });

  it("comes whole as JSON to whoever asks for that, by a field or by Accept", async () => {
    const user = newUser();
    const { id } = await newSession(user);
    scriptModel(user, () => saying("Slowly."));
    expect(await sendForJson(user, id, "How?")).toMatchObject({ content: "Slowly.", session_id: id });
    const body = { session_id: id, message: "And now?" };
    const answer = await ask(user, "/api/v1/chat", json("POST", body, { accept: "application/json" }));
    expect(await answer.json()).toMatchObject({ role: "assistant", content: "Slowly." });
  });

  it("uses tools, cites what it retrieved, and leaves out a number that it didn't retrieve", async () => {
    const user = newUser();
    const { id } = await newSession(user);
    const scales = passage("Practise scales with dotted rhythms.");
    scriptLibrary(() => ({ ok: true, value: [scales] }));
    const requests = scriptModel(user, (_request, call) =>
      call === 0
        ? [token("Let me look."), ...calling(toolCall("search_knowledge_base", { query: "even scales" }))]
        : saying("Use dotted rhythms [1", "]", " and rest [7", "].", " Again [1]."),
    );
    const events = await eventsOf(await send(user, id, "How do I play scales evenly?"));
    expect(textOf(events)).toBe("Let me look.\n\nUse dotted rhythms [1] and rest. Again [1].");
    expect(events.map(({ event }) => event).filter((event) => event?.type === "citation")).toEqual([
      expect.objectContaining({ number: 1, chunk_id: scales.chunk_id, title: "Even scales" }),
    ]);
    const [, answer] = (await readSession(user, id)).messages;
    expect(answer?.citations).toEqual([expect.objectContaining({ number: 1, excerpt: scales.text })]);
    expect(answer?.tool_calls).toEqual([
      {
        tool: "search_knowledge_base",
        arguments: { query: "even scales" },
        result: expect.objectContaining({
          material: "quoted",
          results: [expect.objectContaining({ number: 1, excerpt: scales.text })],
        }),
      },
    ]);
    // What the model got back: its calls, each followed by its result.
    expect(requests[1]?.messages.slice(-2)).toMatchObject([
      {
        role: "assistant",
        content: "Let me look.",
        tool_calls: [{ function: { name: "search_knowledge_base" } }],
      },
      { role: "tool" },
    ]);
  });

  it("carries out several tools at once", async () => {
    const user = newUser();
    const { id } = await newSession(user);
    const first = gate();
    let asked = 0;
    scriptLibrary(() => {
      asked += 1;
      if (asked === 2) first.open();
      return { ok: true, value: [] };
    });
    scriptModel(user, (_request, call) =>
      call === 0
        ? calling(
            toolCall("search_knowledge_base", { query: "one" }, "a"),
            toolCall("search_knowledge_base", { query: "two" }, "a"),
          )
        : saying("I don't know."),
    );
    await sendForJson(user, id, "What about both?");
    expect(asked).toBe(2);
    const [, answer] = (await readSession(user, id)).messages;
    expect(answer?.tool_calls).toHaveLength(2);
  });
});

describe("a session", () => {
  it("takes one message at a time: a second one while the first is answered is refused in plain words", async () => {
    const user = newUser();
    const { id } = await newSession(user);
    const held = gate();
    scriptModel(user, async function* () {
      yield token("Wait");
      await held.opened;
      yield token(" for it.");
      yield done();
    });
    const first = await send(user, id, "First?");
    const problem = await problemOf(await send(user, id, "Second?"));
    expect(problem).toMatchObject({ status: 409, error: "CONFLICT" });
    expect(problem.message).toContain("still being answered");
    held.open();
    expect(textOf(await eventsOf(first))).toBe("Wait for it.");
    expect((await readSession(user, id)).messages.map(({ content }) => content)).toEqual([
      "First?",
      "Wait for it.",
    ]);
  });

  it("lets another session of the same user go on meanwhile", async () => {
    const user = newUser();
    const [one, two] = [await newSession(user), await newSession(user)];
    const held = gate();
    scriptModel(user, (_request, call) =>
      call === 0
        ? (async function* () {
            await held.opened;
            yield* saying("One.");
          })()
        : saying("Two."),
    );
    const first = await send(user, one.id, "One?");
    expect((await sendForJson(user, two.id, "Two?")).content).toBe("Two.");
    held.open();
    expect(textOf(await eventsOf(first))).toBe("One.");
  });

  it("tells the model what was said before, and each model only its own conversation", async () => {
    const user = newUser();
    const [one, two] = [await newSession(user), await newSession(user)];
    const requests = scriptModel(user, () => saying("Noted."));
    await sendForJson(user, one.id, "My left hand is weak.");
    await sendForJson(user, two.id, "Another thing.");
    await sendForJson(user, one.id, "What now?");
    expect(requests[2]?.messages.slice(2)).toEqual([
      { role: "user", content: "My left hand is weak." },
      { role: "assistant", content: "Noted." },
      { role: "user", content: "What now?" },
    ]);
  });

  it("of many pages of talk is summarised, and goes on with the summary", async () => {
    const user = newUser();
    const { id } = await newSession(user);
    const requests = scriptModel(user, ({ purpose }) =>
      purpose === "summary" ? saying("They spoke of pedalling.") : saying("x".repeat(7000)),
    );
    const content = "pedal ".repeat(1000);
    for (let turn = 0; turn < 4; turn += 1) await sendForJson(user, id, content);
    await expect
      .poll(() => requests.filter(({ purpose }) => purpose === "summary").length)
      .toBeGreaterThan(0);
    await expect
      .poll(async () => {
        await sendForJson(user, id, "And now?");
        return JSON.stringify(requests.at(-1)?.messages[1]);
      })
      .toContain("They spoke of pedalling.");
    expect((await readSession(user, id)).messages.length).toBeGreaterThanOrEqual(10);
  });
});

describe("whoever leaves", () => {
  it("after the first token finds the whole answer in the session", async () => {
    const user = newUser();
    const { id } = await newSession(user);
    const held = gate();
    scriptModel(user, async function* () {
      yield token("First");
      await held.opened;
      yield token(", second");
      yield done();
    });
    const answer = await send(user, id, "Tell me.");
    const reader = answer.body?.getReader();
    await reader?.read();
    await reader?.cancel();
    held.open();
    await expect.poll(async () => (await readSession(user, id)).last_turn?.status).toBe("completed");
    expect((await readSession(user, id)).messages.at(-1)?.content).toBe("First, second");
  });

  it("comes back at any event and gets the rest, without a gap and without a repeat", async () => {
    const user = newUser();
    const { id } = await newSession(user);
    scriptLibrary(() => ({ ok: true, value: [passage("Slow practice.")] }));
    scriptModel(user, (_request, call) =>
      call === 0
        ? calling(toolCall("search_knowledge_base", { query: "slow" }))
        : saying("Play", " slowly", " [1]", "."),
    );
    const all = await eventsOf(await send(user, id, "How?"));
    expect(all.length).toBeGreaterThan(6);
    for (let seen = 0; seen <= all.length; seen += 1) {
      const last = all[seen - 1]?.id;
      const headers: Record<string, string> = typeof last === "string" ? { "last-event-id": last } : {};
      const rest = await eventsOf(await ask(user, `/api/v1/chat/sessions/${id}/stream`, { headers }));
      expect([...all.slice(0, seen), ...rest]).toEqual(all);
    }
  });

  it("comes back while the answer is still being made, and hears what is said from then on", async () => {
    const user = newUser();
    const { id } = await newSession(user);
    const held = gate();
    scriptModel(user, async function* () {
      yield token("One");
      await held.opened;
      yield token(" two");
      yield done();
    });
    const first = await send(user, id, "Count.");
    const reader = first.body?.getReader();
    const begun = new EventReader();
    begun.push((await reader?.read())?.value ?? new Uint8Array());
    await reader?.cancel();
    const seen = begun.events[0]?.id ?? "";
    const resumed = await ask(user, `/api/v1/chat/sessions/${id}/stream`, {
      headers: { "last-event-id": seen },
    });
    held.open();
    const rest = await eventsOf(resumed);
    expect(textOf([...begun.events, ...rest])).toBe("One two");
    expect(rest.at(-1)?.event).toBeNull();
  });

  it("is told what isn't an id of an event, and that an older answer is done", async () => {
    const user = newUser();
    const { id } = await newSession(user);
    const path = `/api/v1/chat/sessions/${id}/stream`;
    const refused = await problemOf(await ask(user, path, { headers: { "last-event-id": "7" } }));
    expect(refused.error).toBe("VALIDATION_ERROR");
    const older = await eventsOf(
      await ask(user, path, { headers: { "last-event-id": `${crypto.randomUUID()}-3` } }),
    );
    expect(older.map(({ event }) => event)).toEqual([null]);
  });
});

describe("an answer that is stopped", () => {
  it("ends at once, keeps what was said, and gives up the model's stream", async () => {
    const user = newUser();
    const { id } = await newSession(user);
    scriptModel(user, async function* () {
      yield token("As far as this");
      await new Promise(() => undefined);
    });
    const answer = await send(user, id, "Go on.");
    const reader = answer.body?.getReader();
    await reader?.read();
    // Read on to its end: for a stream that is left unread the runtime writes a trace of its own.
    void reader?.read();
    const stopped = await ask(user, `/api/v1/chat/sessions/${id}/stop`, { method: "POST" });
    expect(await stopped.json()).toMatchObject({ session_id: id, stopped: true });
    const session = await readSession(user, id);
    expect(session.last_turn?.status).toBe("stopped");
    expect(session.messages.at(-1)).toMatchObject({ content: "As far as this", status: "stopped" });
    expect(cancelled).toContain(user);
    const again = await ask(user, `/api/v1/chat/sessions/${id}/stop`, { method: "POST" });
    expect(await again.json()).toMatchObject({ stopped: false });
    scriptModel(user, () => saying("Here I am."));
    expect((await sendForJson(user, id, "And now?")).content).toBe("Here I am.");
  });

  it("before a word was said leaves the question alone, and the next turn works", async () => {
    const user = newUser();
    const { id } = await newSession(user);
    scriptModel(user, async function* () {
      await new Promise(() => undefined);
      yield done();
    });
    const answer = await send(user, id, "Hello?");
    await ask(user, `/api/v1/chat/sessions/${id}/stop`, { method: "POST" });
    expect((await eventsOf(answer)).map(({ event }) => event)).toEqual([null]);
    expect((await readSession(user, id)).messages.map(({ role }) => role)).toEqual(["user"]);
    scriptModel(user, () => saying("Hello."));
    expect((await sendForJson(user, id, "Hello again?")).content).toBe("Hello.");
  });
});

describe("a message", () => {
  it.each([
    ["50 KB", "Übung macht den Meister. ".repeat(2000)],
    ["emoji, families and flags included", "🎹👩‍👩‍👧‍👦🏳️‍🌈 é é \u{1F1E9}\u{1F1EA}"],
    ["right-to-left text", "\u202Bאיך אני מתאמן? كيف أتدرب؟\u202C"],
    ["Markdown and code", '# Title\n\n```js\nconst a = b[0];\r\n```\n- *x* | y \\ "quoted" </script> \u2028'],
    ["blanks at both ends", "  \n question \t\n"],
  ])("of %s goes through unharmed, to the model and back", async (_what, content) => {
    const user = newUser();
    const { id } = await newSession(user);
    const requests = scriptModel(user, () => saying(...content.split(/(?<=\s)/)));
    const events = await eventsOf(await send(user, id, content));
    expect(requests[0]?.messages.at(-1)).toEqual({ role: "user", content });
    const session = await readSession(user, id);
    expect(session.messages[0]?.content).toBe(content);
    expect(textOf(events)).toBe(content);
    expect(session.messages[1]?.content).toBe(textOf(events));
  });

  it("of exactly the limit is taken, and one byte more is 413", async () => {
    const user = newUser();
    const { id } = await newSession(user);
    scriptModel(user, () => saying("Long."));
    expect((await sendForJson(user, id, "a".repeat(MAX_MESSAGE_BYTES))).content).toBe("Long.");
    const problem = await problemOf(await send(user, id, `${"a".repeat(MAX_MESSAGE_BYTES - 1)}é`));
    expect(problem).toMatchObject({ status: 413, error: "PAYLOAD_TOO_LARGE" });
  });

  it.each([
    ["is empty", { content: "" }],
    ["is blank", { content: " \n\t" }],
    ["is missing", {}],
    ["is there twice", { content: "a", message: "b" }],
    ["is half a character", { content: "\ud800" }],
    ["has a NUL", { content: "a\0b" }],
    ["has a field that nobody knows", { content: "a", model: "x" }],
  ])("that %s is refused", async (_what, body) => {
    const user = newUser();
    const { id } = await newSession(user);
    const problem = await problemOf(
      await ask(user, "/api/v1/chat", json("POST", { session_id: id, ...body })),
    );
    expect(problem).toMatchObject({ status: 400, error: "VALIDATION_ERROR" });
    expect((await readSession(user, id)).messages).toEqual([]);
  });
});
