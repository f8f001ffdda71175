import { env } from "cloudflare:workers";
import { type CompletionEvent, ok, type ServiceError } from "@crescendai/contracts";
import { createLogger } from "@crescendai/worker-kit";
import { callerOf } from "@crescendai/worker-testing/caller";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { RetrievedPassages } from "../src/answer/passages.ts";
import { findFault } from "../src/prompt/find-fault.ts";
import { openServices, type Services } from "../src/services.ts";
import { callTools, readCalls } from "../src/tools/call-tools.ts";
import {
  ask,
  eventsOf,
  json,
  migrate,
  newSession,
  newUser,
  problemOf,
  readSession,
  send,
  sendForJson,
  textOf,
} from "./support/chat.ts";
import {
  type Answer,
  calling,
  done,
  type Model,
  saying,
  scriptLibrary,
  scriptModel,
  token,
  toolCall,
} from "./support/scripts.ts";

beforeAll(migrate);

const unauthorised: ServiceError = {
  code: "CONFIGURATION_ERROR",
  message: "The model's key is not accepted.",
};
const limited: ServiceError = { code: "RATE_LIMIT_EXCEEDED", message: "Too many.", retryAfter: 7 };
const failing: ServiceError = { code: "AI_SERVICE_ERROR", message: "The model failed." };

function errorEvent(error: ServiceError): CompletionEvent {
  const { code, message } = error;
  return { type: "error", error: { code, message } };
}

const endless: Model = () => calling(toolCall("get_user_context", {}));

/** What the model does, and whether an answer or an error comes of it. */
const FAULTS: readonly (readonly [name: string, model: Model, outcome: "answer" | ServiceError["code"]])[] = [
  ["refuses our key", () => unauthorised, "CONFIGURATION_ERROR"],
  ["wants to be left alone", () => limited, "RATE_LIMIT_EXCEEDED"],
  ["fails before a word", () => failing, "AI_SERVICE_ERROR"],
  ["fails after some words", () => [token("So far "), errorEvent(failing)], "AI_SERVICE_ERROR"],
  ["ends in the middle", () => [token("So far ")], "AI_SERVICE_ERROR"],
  ["is cut in the middle of an event", () => [token("So far "), '{"type":"tok'], "AI_SERVICE_ERROR"],
  [
    "is cut in the middle of a tool's arguments",
    () => [token("So far "), '{"type":"tool_call","tool_call":{"id":"x"'],
    "AI_SERVICE_ERROR",
  ],
  ["says what is no JSON", () => ["nonsense\n", done()], "AI_SERVICE_ERROR"],
  ["says nothing at all", () => [], "AI_SERVICE_ERROR"],
  ["gives an empty answer", () => [done()], "AI_SERVICE_ERROR"],
  ["gives a blank answer", () => saying(" \n"), "AI_SERVICE_ERROR"],
  ["calls a tool that doesn't exist", once(calling(toolCall("play_piano", {}))), "answer"],
  ["calls a tool by an impossible name", once(calling(toolCall("a b\n", {}))), "answer"],
  [
    "calls a tool with arguments that are no JSON",
    once(calling(toolCall("search_knowledge_base", '{"query": "x'))),
    "answer",
  ],
  ["calls a tool with wrong arguments", once(calling(toolCall("search_knowledge_base", { q: 1 }))), "answer"],
  ["calls a tool with a list for arguments", once(calling(toolCall("get_user_context", "[1]"))), "answer"],
  [
    "gives two calls one id",
    once(calling(toolCall("get_user_context", {}, "x"), toolCall("get_user_context", {}, "x"))),
    "answer",
  ],
  [
    "calls forty tools at once",
    once(calling(...Array.from({ length: 40 }, () => toolCall("get_user_context", {})))),
    "answer",
  ],
  ["calls tools without end", endless, "AI_SERVICE_ERROR"],
  [
    "fails after a round of tools",
    (_request, call) => (call === 0 ? calling(toolCall("get_user_context", {})) : failing),
    "AI_SERVICE_ERROR",
  ],
  [
    "breaks off after a round of tools",
    (_request, call) => (call === 0 ? calling(toolCall("get_user_context", {})) : [token("Half")]),
    "AI_SERVICE_ERROR",
  ],
];

function once(first: Answer): Model {
  return (_request, call) => (call === 0 ? first : saying("A whole answer."));
}

describe("when the model", () => {
  it.each(FAULTS)("%s, the turn ends clearly, and the next one works", async (_name, model, outcome) => {
    const user = newUser();
    const { id } = await newSession(user);
    scriptModel(user, model);
    const events = await eventsOf(await send(user, id, "What should I do?"));
    expect(events.at(-1)?.event).toBeNull();
    const errors = events.map(({ event }) => event).filter((event) => event?.type === "error");
    if (outcome === "answer") {
      expect(errors).toEqual([]);
      expect(textOf(events)).toBe("A whole answer.");
    } else {
      expect(errors).toEqual([expect.objectContaining({ error: outcome })]);
    }
    const session = await readSession(user, id);
    expect(session.last_turn?.status).toBe(outcome === "answer" ? "completed" : "failed");
    expect(session.messages[1]?.content ?? "").toBe(textOf(events));
    // The same as JSON is an answer or a problem.
    scriptModel(user, model);
    const whole = await ask(
      user,
      "/api/v1/chat",
      json("POST", { session_id: id, content: "And as JSON?", stream: false }),
    );
    if (outcome === "answer") expect(whole.status).toBe(200);
    else expect((await problemOf(whole)).error).toBe(outcome);
    const requests = scriptModel(user, () => saying("It works again."));
    expect((await sendForJson(user, id, "And now?")).content).toBe("It works again.");
    expect(findFault(requests[0]?.messages ?? [])).toBeNull();
    expect(requests[0]?.messages.filter(({ role }) => role === "user")).toHaveLength(3);
  });

  it("calls tools without end, it is asked four times with tools and once without", async () => {
    const user = newUser();
    const { id } = await newSession(user);
    const requests = scriptModel(user, ({ tools }) =>
      tools === undefined ? saying("That is all.") : calling(toolCall("get_user_context", {})),
    );
    expect((await sendForJson(user, id, "Go!")).content).toBe("That is all.");
    expect(requests.map(({ tools }) => tools !== undefined)).toEqual([true, true, true, true, false]);
    for (const { messages } of requests) expect(findFault(messages)).toBeNull();
  });

  it("wants to be left alone, the client is told for how long", async () => {
    const user = newUser();
    const { id } = await newSession(user);
    scriptModel(user, () => limited);
    const events = await eventsOf(await send(user, id, "Hello?"));
    expect(events[0]?.event).toMatchObject({ type: "error", retry_after: 7 });
    const answer = await ask(
      user,
      "/api/v1/chat",
      json("POST", { session_id: id, content: "?", stream: false }),
    );
    expect(answer.headers.get("retry-after")).toBe("7");
  });
});

describe("when a tool takes too long", () => {
  afterEach(() => vi.useRealTimers());

  it("it isn't waited for, and the others of its round have their results", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const log = createLogger("chat");
    const services: Services = {
      ...openServices(env, log),
      getContext: () => new Promise(() => undefined),
      listRecordings: async () => ok({ recordings: [], total: 0 }),
    };
    const context = {
      caller: callerOf(newUser()),
      services,
      passages: new RetrievedPassages(),
      readQuestions: async () => ok([]),
      question: "",
      saved: () => undefined,
      savedBefore: [],
      forgotten: () => undefined,
    };
    const wanted = ["get_user_context", "list_recordings"].map((name, index) => ({
      id: `call ${index}`,
      type: "function" as const,
      function: { name, arguments: "{}" },
    }));
    const called = callTools(readCalls(wanted, crypto.randomUUID(), 0), context, log);
    await vi.advanceTimersByTimeAsync(15_000);
    const [late, listed] = (await called).map(({ result }) => JSON.parse(result));
    expect(late).toMatchObject({ error: { code: "SERVICE_UNAVAILABLE" } });
    expect(listed).toMatchObject({ recordings: [], total: 0 });
  });
});

describe("when the library fails", () => {
  it("the model is told so, and the answer comes without it", async () => {
    const user = newUser();
    const { id } = await newSession(user);
    scriptLibrary(() => ({
      ok: false,
      error: { code: "DATABASE_ERROR", message: "The library is closed." },
    }));
    const requests = scriptModel(user, once(calling(toolCall("search_knowledge_base", { query: "x" }))));
    expect((await sendForJson(user, id, "Look it up.")).content).toBe("A whole answer.");
    expect(requests[1]?.messages.at(-1)).toMatchObject({
      role: "tool",
      content: JSON.stringify({ error: { code: "DATABASE_ERROR", message: "The library is closed." } }),
    });
  });
});
