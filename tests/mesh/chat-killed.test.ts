import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asUser, beginSession, jsonRequest, sessionOf } from "../support/client.ts";
import { EventReader } from "../support/event-reader.ts";
import {
  HALF_ANSWER,
  type LanguageModelServer,
  startLanguageModelServer,
  WHOLE_ANSWER,
} from "../support/language-model-server.ts";
import { type Mesh, startMesh } from "../support/mesh.ts";
import { runtimeProcess } from "../support/runtime-process.ts";

/*
 * The runtime dies in the middle of an answer, without a word (kill -9), and is started again on the same data; and a client
 * that leaves in the middle of one. The model is a server of ours, through the real SDK.
 */

const USER = "dora";

let model: LanguageModelServer;
let mesh: Mesh;
beforeAll(async () => {
  model = await startLanguageModelServer();
  mesh = await startMesh({
    environment: { DEDALUS_API_KEY: "a-key-for-tests", DEDALUS_BASE_URL: model.url },
  });
});
afterAll(async () => {
  await mesh.close();
  model.close();
});

function ask(sessionId: string, content: string): Promise<Response> {
  return mesh.fetch("/api/v1/chat", jsonRequest("POST", USER, { session_id: sessionId, content }));
}

/** What an answer says to whoever listens to its end. */
async function whole(answer: Response): Promise<string> {
  const events = new EventReader();
  events.push(new Uint8Array(await answer.arrayBuffer()));
  return events.events.map(({ event }) => (event?.type === "token" ? event.content : "")).join("");
}

/** Listens until the first words have come; whoever calls it still holds the connection. */
async function firstWords(answer: Response): Promise<ReadableStreamDefaultReader<Uint8Array>> {
  const reader = answer.body?.getReader();
  if (reader === undefined) throw new Error("there is no body");
  const events = new EventReader();
  while (events.events.length === 0) events.push((await reader.read()).value ?? new Uint8Array());
  return reader;
}

describe.skipIf(process.platform !== "linux")("a runtime that is killed in the middle of an answer", () => {
  it("has the question and what was said after its restart, says so, and goes on with the next turn", async () => {
    const id = await beginSession(mesh, USER);
    model.hang(true);
    await firstWords(await ask(id, "How far do you come?"));
    process.kill(runtimeProcess(), "SIGKILL");
    model.hang(false);
    await mesh.restart();
    const session = await sessionOf(mesh, USER, id);
    expect(session.last_turn?.status).toBe("interrupted");
    expect(session.messages).toMatchObject([
      { role: "user", content: "How far do you come?" },
      { role: "assistant", content: HALF_ANSWER, status: "interrupted" },
    ]);
    expect(await whole(await ask(id, "And now?"))).toBe(WHOLE_ANSWER);
    expect((await sessionOf(mesh, USER, id)).messages).toHaveLength(4);
  }, 120_000);
});

describe("a client that leaves in the middle of an answer", () => {
  it("can stop it from elsewhere, and finds what was said", async () => {
    const id = await beginSession(mesh, USER);
    model.hang(true);
    const reader = await firstWords(await ask(id, "How far?"));
    await reader.cancel();
    expect((await sessionOf(mesh, USER, id)).last_turn?.status).toBe("running");
    const stopped = await mesh.fetch(`/api/v1/chat/sessions/${id}/stop`, asUser(USER, "POST"));
    expect(await stopped.json()).toMatchObject({ stopped: true });
    model.hang(false);
    const session = await sessionOf(mesh, USER, id);
    expect(session.last_turn?.status).toBe("stopped");
    expect(session.messages.at(-1)).toMatchObject({ content: HALF_ANSWER, status: "stopped" });
    expect(await whole(await ask(id, "And now?"))).toBe(WHOLE_ANSWER);
  });
});
