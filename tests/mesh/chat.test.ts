import { ChatSessionListSchema } from "@crescendai/contracts";
import * as v from "valibot";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  asUser,
  beginSession,
  feedbackOn,
  freshUsers,
  jsonRequest,
  sessionOf,
  uploadAs,
} from "../support/client.ts";
import { EventReader } from "../support/event-reader.ts";
import { type Mesh, startMesh } from "../support/mesh.ts";
import { expectProblem } from "../support/problem.ts";
import { sendRaw } from "../support/raw-http.ts";
import { MINUET } from "../support/samples.ts";

/*
 * A conversation as the web client has it, through the gateway: with the language model's stand-in, through the real SDK.
 */

const newUser = freshUsers("pupil");

/** The dimensions that single out something to practise (workers/feedback, standing.ts), as the coach calls them. */
const SOME_DIMENSIONS = (
  [
    "rhythmic_precision",
    "dynamics_control",
    "articulation_quality",
    "pedaling_technique",
    "tone_quality",
    "phrasing",
    "expressiveness",
    "musical_interpretation",
  ] as const
).map((name) => ({ name, topic: name.replaceAll("_", " ") }));

let mesh: Mesh;
beforeAll(async () => {
  mesh = await startMesh();
});
afterAll(() => mesh.close());

/** Asks the coach; its events, from the chunks in which they came. */
async function ask(user: string, sessionId: string, content: string) {
  const answer = await mesh.fetch(
    "/api/v1/chat",
    jsonRequest("POST", user, { session_id: sessionId, content }),
  );
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toContain("text/event-stream");
  const reader = new EventReader();
  const chunks: Uint8Array[] = [];
  for await (const chunk of answer.body ?? []) {
    chunks.push(chunk);
    reader.push(chunk);
  }
  const text = reader.events.map(({ event }) => (event?.type === "token" ? event.content : "")).join("");
  return { events: reader.events, chunks, text };
}

describe("a conversation", () => {
  it("comes through the gateway in whole events, is listed, read and deleted as the web client does it", async () => {
    const user = newUser();
    const id = await beginSession(mesh, user);
    const { events, chunks, text } = await ask(user, id, "How do I play scales evenly?");
    expect(text).not.toBe("");
    expect(events.slice(-2).map(({ event }) => event?.type ?? "[DONE]")).toEqual(["message", "[DONE]"]);
    const texts = chunks.map((chunk) => new TextDecoder().decode(chunk));
    for (const chunk of texts) expect(chunk).toMatch(/^(id|:)[\s\S]*\n\n$/);
    const session = await sessionOf(mesh, user, id);
    expect(session.messages.map(({ role }) => role)).toEqual(["user", "assistant"]);
    expect(session.messages[1]?.content).toBe(text);
    const list = await mesh.fetch("/api/v1/chat/sessions?limit=5", asUser(user));
    expect(v.parse(ChatSessionListSchema, await list.json())).toMatchObject({
      sessions: [{ id, session_id: id, title: "How do I play scales evenly?" }],
      pagination: { total: 1 },
    });
    const deleted = await mesh.fetch(`/api/v1/chat/sessions/${id}`, asUser(user, "DELETE"));
    expect(deleted.status).toBe(200);
    expect(await deleted.json()).toMatchObject({ session_id: id });
    const gone = await mesh.fetch(`/api/v1/chat/sessions/${id}`, asUser(user));
    await expectProblem(gone, "NOT_FOUND");
  });

  it("is sent one event a chunk, however quickly they come, for clients that take a chunk for an event", async () => {
    const user = newUser();
    const content = "How do I play scales evenly?";
    const body = JSON.stringify({ session_id: await beginSession(mesh, user), content });
    const { chunks } = await sendRaw(mesh.url, {
      head: [
        "POST /api/v1/chat HTTP/1.1",
        `X-User-ID: ${user}`,
        "Content-Type: application/json",
        `Content-Length: ${body.length}`,
      ],
      body,
    });
    expect(chunks.length).toBeGreaterThan(10);
    for (const chunk of chunks) {
      expect(new TextDecoder().decode(chunk)).toMatch(/^(id: \S+\ndata: .+|: ping)\n\n$/);
    }
  });

  it("on an analysed recording knows it, the player's goals and the library, and says what it doesn't know", async () => {
    const user = newUser();
    const onDimensions = SOME_DIMENSIONS.map(({ name, topic }) => ({
      text: `# Practising ${topic}\n\nTo improve your ${topic}, practise four bars slowly and listen for ${topic} alone.`,
      metadata: { title: `Practising ${topic}`, author: "A. Teacher", dimensions: [name] },
    }));
    const onGaps = {
      text: "# Stops and hesitations\n\nPlay across the gap: the end of one bar and the next downbeat, five times.",
      metadata: { title: "Stops and hesitations: join the bars", author: "A. Teacher" },
    };
    for (const body of [...onDimensions, onGaps]) {
      const stored = await mesh.fetch("/api/v1/knowledge/documents", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      expect(stored.status).toBeLessThan(300);
    }
    await mesh.fetch("/api/v1/context", jsonRequest("PUT", user, { goals: "play at my sister's wedding" }));
    const recording = await uploadAs(mesh, user, MINUET.WAV.bytes);
    const { dimension_scores } = (await feedbackOn(mesh, user, recording)).overall_assessment;
    const [weakest] = SOME_DIMENSIONS.toSorted(
      (one, other) => (dimension_scores[one.name] ?? 100) - (dimension_scores[other.name] ?? 100),
    );
    const id = await beginSession(mesh, user, { recording_id: recording });
    const first = await ask(user, id, "What should I work on first?");
    // What comes first of all, as in feedback, is the hesitation that is in the recording; what reads lowest is named besides.
    expect(first.text).toContain("Work on this first: Continuity. A gap");
    expect(first.text.toLowerCase()).toContain(`${weakest?.topic} reads lowest`);
    const exercise = first.events.find(({ event }) => event?.type === "citation")?.event;
    expect(exercise).toMatchObject({ title: "Stops and hesitations: join the bars" });
    expect(first.text).toContain("play at my sister's wedding");
    const second = await ask(user, id, "How do I fix it?");
    const cited = second.events.find(({ event }) => event?.type === "citation")?.event;
    expect(cited).toMatchObject({ number: 1, title: "Stops and hesitations: join the bars" });
    expect(second.text).toContain("[1]");
    const third = await ask(user, id, "How do I file my income tax return?");
    expect(third.text).toMatch(/don't know/);
    expect(third.events.some(({ event }) => event?.type === "citation")).toBe(false);

    await mesh.fetch(`/api/v1/recordings/${recording}`, asUser(user, "DELETE"));
    const session = await sessionOf(mesh, user, id);
    expect(session.recording_id).toBeNull();
    const results = session.messages.flatMap(({ tool_calls }) => tool_calls ?? []);
    expect(results.length).toBeGreaterThan(0);
    expect(JSON.stringify(results)).not.toContain(recording);
  });

  it("is exported and erased with its user", async () => {
    const user = newUser();
    const id = await beginSession(mesh, user, { title: "to be erased" });
    await ask(user, id, "Hello?");
    const exported = await mesh.fetch("/api/v1/me/export", asUser(user));
    expect(await exported.text()).toContain("to be erased");
    await mesh.fetch("/api/v1/me", asUser(user, "DELETE"));
    const gone = await mesh.fetch(`/api/v1/chat/sessions/${id}`, asUser(user));
    await expectProblem(gone, "NOT_FOUND");
  });
});

describe("the limit of thirty questions a minute", () => {
  it("counts questions, and nothing else of a conversation", async () => {
    const user = newUser();
    const id = await beginSession(mesh, user);
    const statuses: number[] = [];
    for (let question = 0; question < 31; question += 1) {
      // Refused before anything is asked of anybody: what counts is the request.
      const answer = await mesh.fetch(
        "/api/v1/chat",
        jsonRequest("POST", user, { session_id: id, content: "" }),
      );
      statuses.push(answer.status);
    }
    expect(statuses).toEqual([...Array.from({ length: 30 }, () => 400), 429]);
    expect((await sessionOf(mesh, user, id)).messages).toEqual([]);
  });
});
