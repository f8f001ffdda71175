import { ChatSessionListSchema } from "@crescendai/contracts";
import * as v from "valibot";
import { beforeAll, describe, expect, it } from "vitest";
import {
  ask,
  json,
  migrate,
  newRecording,
  newSession,
  newUser,
  problemOf,
  readSession,
  sendForJson,
} from "./support/chat.ts";
import { saying, scriptModel } from "./support/scripts.ts";

beforeAll(migrate);

async function list(user: string, query = "") {
  const answer = await ask(user, `/api/v1/chat/sessions${query}`);
  expect(answer.status).toBe(200);
  return v.parse(ChatSessionListSchema, await answer.json());
}

describe("a session", () => {
  it("begins empty, on a recording of one's own, with the id twice as the web client reads it", async () => {
    const user = newUser();
    const recording = await newRecording(user);
    const session = await newSession(user, { recording_id: recording, title: "  Minuet " });
    expect(session).toMatchObject({ title: "Minuet", recording_id: recording, message_count: 0 });
    expect(session.session_id).toBe(session.id);
    expect(await readSession(user, session.id)).toEqual({ ...session, messages: [], last_turn: null });
  });

  it("needs no body, and takes its title from the first question, once", async () => {
    const user = newUser();
    const begun = await ask(user, "/api/v1/chat/sessions", { method: "POST" });
    const { id } = v.parse(v.object({ id: v.string() }), await begun.json());
    scriptModel(user, () => saying("Slowly."));
    await sendForJson(user, id, "How do I learn the left hand of the Minuet? It is so hard.\nReally.");
    await sendForJson(user, id, "And the right?");
    expect((await readSession(user, id)).title).toBe("How do I learn the left hand of the Minuet?");
  });

  it.each([
    ["an empty title", { title: " " }],
    ["a title of two lines", { title: "a\nb" }],
    ["a recording that is no id", { recording_id: "1" }],
    ["a field that nobody knows", { model: "x" }],
  ])("with %s is refused", async (_what, body) => {
    const problem = await problemOf(await ask(newUser(), "/api/v1/chat/sessions", json("POST", body)));
    expect(problem.error).toBe("VALIDATION_ERROR");
  });

  it("is listed by pages, the one last talked in first", async () => {
    const user = newUser();
    scriptModel(user, () => saying("Yes."));
    const made = [];
    for (const title of ["one", "two", "three"]) made.push(await newSession(user, { title }));
    await sendForJson(user, made[0]?.id ?? "", "Is this first now?");
    const first = await list(user, "?limit=2");
    expect(first.pagination).toEqual({ page: 1, limit: 2, total: 3, total_pages: 2 });
    expect(first.sessions[0]).toMatchObject({ title: "one", message_count: 2 });
    const second = await list(user, "?limit=2&page=2");
    const titles = [...first.sessions, ...second.sessions].map(({ title }) => title);
    expect(titles.toSorted()).toEqual(["one", "three", "two"]);
  });

  it("is deleted with what was said, by 200 and a body, once", async () => {
    const user = newUser();
    const { id } = await newSession(user);
    scriptModel(user, () => saying("Yes."));
    await sendForJson(user, id, "Anything?");
    const deleted = await ask(user, `/api/v1/chat/sessions/${id}`, { method: "DELETE" });
    expect(deleted.status).toBe(200);
    expect(await deleted.json()).toEqual({ message: expect.any(String), session_id: id });
    for (const method of ["GET", "DELETE"]) {
      const gone = await ask(user, `/api/v1/chat/sessions/${id}`, { method });
      expect((await problemOf(gone)).error).toBe("NOT_FOUND");
    }
    expect((await list(user)).sessions).toEqual([]);
  });
});
