import type { Step } from "@crescendai/worker-testing/scripted-provider";
import { beforeAll, describe, expect, test } from "vitest";
import { complete } from "../src/complete.ts";
import { RETRY_POLICY } from "../src/policy.ts";
import { stream } from "../src/streaming/stream.ts";
import {
  chunk,
  DONE,
  event,
  refusal,
  speaks,
  streams,
  USAGE_CHUNK,
  whole,
  wireCall,
} from "./support/answers.ts";
import { readEvents, wordsOf } from "./support/events.ts";
import { migrateDatabase, question, setUp } from "./support/orchestrator.ts";

beforeAll(migrateDatabase);

const HELLO = [speaks(["Play ", "slowly."])];

/** Begins a tool call whose arguments are not complete. */
const HALF_A_CALL = [
  chunk({ role: "assistant", content: null }),
  chunk({ tool_calls: [{ index: 0, ...wireCall("call_1", "search_knowledge_base", '{"que') }] }),
];

describe("where nothing was said yet", () => {
  test.each<[string, Step]>([
    ["500", refusal(500)],
    ["503", refusal(503)],
    ["408", refusal(408)],
    ["409", refusal(409)],
    ["429 without a time", refusal(429)],
    ["an error as its only event", streams([event({ error: { message: "overloaded" } })])],
    ["an event of type error", streams(['event: error\ndata: {"message":"overloaded"}\n\n'])],
    ["JSON that is broken", streams(['data: {"choices": [{"delta"\n\n'])],
    ["JSON of another form", streams([event({ choices: "none" })])],
    ["a stream that is cut before an event is complete", streams(['data: {"choices":[{"index":0,"de'])],
    ["a connection that breaks in the middle of an event", streams(['data: {"choices":[{"ind'], "break")],
    ["a connection that breaks in a tool call's arguments", streams(HALF_A_CALL, "break")],
    ["a stream that is cut in a tool call's arguments", streams(HALF_A_CALL)],
    ["a tool call that ends with half its arguments", streams([...HALF_A_CALL, chunk({}, "length"), DONE])],
    ["an end without a word", speaks([])],
    ["nothing but blanks without end", streams([chunk({ role: "assistant", content: "" })])],
    ["an end for an unknown reason", streams([chunk({}, "bored"), DONE])],
    ["no event at all", streams([])],
  ])("a stream of %s is asked for again, and the reader sees only what is whole", async (_, fault) => {
    const { orchestrator, seen, waits } = await setUp([[fault, ...HELLO]]);
    const events = await readEvents(await stream(orchestrator, question()));
    expect(wordsOf(events)).toBe("Play slowly.");
    expect(events.at(-1)).toMatchObject({ type: "done", finish_reason: "stop" });
    expect((await seen()).requests).toHaveLength(2);
    expect(waits).toHaveLength(1);
  });

  test.each<[string, Step]>([
    ["500", refusal(500)],
    ["429 without a time", refusal(429)],
    ["broken JSON", { headers: { "content-type": "application/json" }, pieces: ['{"choices": [{'] }],
    ["something that isn't JSON", { headers: { "content-type": "text/html" }, pieces: ["<html>"] }],
    ["JSON of another form", { headers: { "content-type": "application/json" }, pieces: ["[1]"] }],
    ["an empty answer", whole({ content: "" })],
    ["a body that breaks off", { ...whole({ content: "x" }), pieces: ['{"choi'], end: "break" }],
    ["a tool call of half an object", whole({ tool_calls: [wireCall("c", "t", '{"a":')] }, "tool_calls")],
    ["an end for an unknown reason", whole({ content: "x" }, "bored")],
  ])("a whole answer of %s is asked for again", async (_, fault) => {
    const { orchestrator, seen } = await setUp([[fault, whole({ content: "Slowly." })]]);
    expect(await complete(orchestrator, question())).toMatchObject({
      ok: true,
      value: { content: "Slowly.", finish_reason: "stop", cached: false },
    });
    expect((await seen()).requests).toHaveLength(2);
  });

  test("500 thrice is an error that says to try again, after growing waits by chance", async () => {
    const { orchestrator, seen, waits } = await setUp([[refusal(500)]]);
    const answer = await stream(orchestrator, question());
    expect(answer).toMatchObject({ ok: false, error: { code: "AI_SERVICE_ERROR" } });
    expect((await seen()).requests).toHaveLength(3);
    expect(waits).toEqual([RETRY_POLICY.firstBackoffMs, 2 * RETRY_POLICY.firstBackoffMs]);
  });

  test("Retry-After is waited for, as long as anybody waits", async () => {
    const patient = await setUp([[refusal(429, { "retry-after": "2" }), ...HELLO]]);
    expect(wordsOf(await readEvents(await stream(patient.orchestrator, question())))).toBe("Play slowly.");
    expect(patient.waits).toEqual([2000]);
    const impatient = await setUp([[refusal(429, { "retry-after": "60" })]]);
    expect(await stream(impatient.orchestrator, question())).toMatchObject({
      ok: false,
      error: { code: "RATE_LIMIT_EXCEEDED", retryAfter: 60 },
    });
    expect(impatient.waits).toEqual([]);
  });

  test.each([401, 402, 403])("%i is a fault of the configuration, and asked only once", async (status) => {
    const { orchestrator, seen } = await setUp([[refusal(status)], HELLO]);
    const answer = await stream(orchestrator, question());
    expect(answer).toMatchObject({ ok: false, error: { code: "CONFIGURATION_ERROR" } });
    expect((await seen()).requests).toHaveLength(1);
  });

  test.each([400, 404, 422])("%i isn't asked of the same model again", async (status) => {
    const { orchestrator, seen } = await setUp([[refusal(status), ...HELLO]]);
    expect(await stream(orchestrator, question())).toMatchObject({
      ok: false,
      error: { code: "AI_SERVICE_ERROR" },
    });
    expect((await seen()).requests).toHaveLength(1);
  });

  test("an answer that is withheld says so", async () => {
    const { orchestrator } = await setUp([[speaks([], "content_filter")]]);
    const answer = await stream(orchestrator, question());
    expect(answer).toMatchObject({ ok: false, error: { code: "AI_SERVICE_ERROR" } });
    expect(answer.ok ? "" : answer.error.message).toContain("withheld");
  });

  test.each<[string, Step]>([
    ["before the headers", { end: "silence" }],
    ["after the headers", streams([], "hang")],
    ["after a comment that keeps the connection open", streams([": ping\n\n"], "hang")],
  ])("silence %s ends in time, and its request with it", async (_, silence) => {
    const { orchestrator, seen } = await setUp([[silence, ...HELLO]], { impatient: true });
    expect(wordsOf(await readEvents(await stream(orchestrator, question())))).toBe("Play slowly.");
    expect((await seen()).requests).toHaveLength(2);
  });

  test("silence thrice is an error that says that it took too long", async () => {
    const { orchestrator, seen } = await setUp([[{ end: "silence" }]], { impatient: true });
    const answer = await stream(orchestrator, question());
    expect(answer).toMatchObject({ ok: false, error: { code: "AI_SERVICE_ERROR" } });
    expect(answer.ok ? "" : answer.error.message).toContain("too long");
    expect((await seen()).requests).toHaveLength(3);
  });

  test("silence in place of a whole answer ends in time, and it is asked for again", async () => {
    const { orchestrator, seen } = await setUp([[{ end: "silence" }, whole({ content: "Slowly." })]], {
      impatient: true,
    });
    expect(await complete(orchestrator, question())).toMatchObject({
      ok: true,
      value: { content: "Slowly." },
    });
    expect((await seen()).requests).toHaveLength(2);
  });

  test("a whole answer has a limit of time over all attempts", async () => {
    const setup = await setUp([[{ end: "silence" }]]);
    const orchestrator = {
      ...setup.orchestrator,
      limits: { firstByteMs: 30, idleMs: 30, wholeMs: 100, totalMs: 60 },
    };
    const answer = await complete(orchestrator, question());
    expect(answer).toMatchObject({ ok: false, error: { code: "AI_SERVICE_ERROR" } });
    expect((await setup.seen()).requests).toHaveLength(1);
  });

  test("the next model is asked, and names itself", async () => {
    const { orchestrator, seen, model } = await setUp([[refusal(500)], HELLO]);
    expect(wordsOf(await readEvents(await stream(orchestrator, question())))).toBe("Play slowly.");
    const fallback = orchestrator.configuration.models[1] ?? "";
    expect([(await seen(model)).requests.length, (await seen(fallback)).requests.length]).toEqual([3, 1]);
  });
});

describe("where something was said already", () => {
  const begun = [chunk({ role: "assistant", content: "" }), chunk({ content: "Play " })];

  test.each<[string, Step, string]>([
    ["is cut", streams(begun), "not complete"],
    ["is cut in the middle of an event", streams([...begun, 'data: {"choi']), "not complete"],
    ["is cut in a tool call's arguments", streams([...begun, ...HALF_A_CALL]), "not complete"],
    ["breaks", streams(begun, "break"), "does not answer"],
    ["falls silent", streams(begun, "hang"), "too long"],
    ["says broken JSON", streams([...begun, "data: {{\n\n"]), "not complete"],
    ["reports an error", streams([...begun, event({ error: { message: "x" } })]), "does not answer"],
    ["ends for an unknown reason", streams([...begun, chunk({}, "bored")]), "not complete"],
  ])("a stream that %s ends in one error event, and isn't asked for again", async (_, step, words) => {
    const { orchestrator, seen } = await setUp([[step, ...HELLO]], { impatient: true });
    const events = await readEvents(await stream(orchestrator, question()));
    expect(wordsOf(events)).toBe("Play ");
    expect(events.filter(({ type }) => type === "done" || type === "error")).toHaveLength(1);
    const last = events.at(-1);
    expect(last).toMatchObject({ type: "error", error: { code: "AI_SERVICE_ERROR" } });
    expect(last?.type === "error" ? last.error.message : "").toContain(words);
    expect((await seen()).requests).toHaveLength(1);
  });

  test.each<[string, readonly string[], Step["end"]]>([
    ["without usage", [...begun, chunk({}, "stop"), DONE], "close"],
    ["without [DONE]", [...begun, chunk({}, "stop"), USAGE_CHUNK], "close"],
    ["with a break after its end", [...begun, chunk({}, "stop")], "break"],
    ["with silence after its end", [...begun, chunk({}, "stop")], "hang"],
    ["with rubbish after its end", [...begun, chunk({}, "stop"), event({ choices: 1 })], "close"],
    ["that says its end twice", [...begun, chunk({}, "stop"), chunk({}, "stop"), DONE], "close"],
  ])("a stream %s is complete", async (_, pieces, end) => {
    const { orchestrator } = await setUp([[streams(pieces, end)]], { impatient: true });
    const events = await readEvents(await stream(orchestrator, question()));
    expect(events.map(({ type }) => type)).toEqual(["token", "done"]);
  });
});
