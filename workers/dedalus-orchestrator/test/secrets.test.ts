import { env } from "cloudflare:workers";
import { captureLog } from "@crescendai/worker-testing/captured-log";
import type { Step } from "@crescendai/worker-testing/scripted-provider";
import { beforeAll, describe, expect, test } from "vitest";
import { complete } from "../src/complete.ts";
import { readConfiguration } from "../src/configuration.ts";
import { openOrchestrator } from "../src/open-orchestrator.ts";
import { stream } from "../src/streaming/stream.ts";
import { chunk, event, refusal, streams } from "./support/answers.ts";
import { KEY, migrateDatabase, question, setUp } from "./support/orchestrator.ts";

beforeAll(migrateDatabase);

describe("the key", () => {
  test.each<[string, Step]>([
    ["401", refusal(401, { "x-key": KEY }, { message: `Incorrect API key provided: ${KEY}` })],
    ["429", refusal(429, {}, { message: KEY })],
    ["400", refusal(400, {}, { message: KEY, param: KEY })],
    ["500", { status: 500, pieces: [KEY] }],
    ["an error in the stream", streams([event({ error: { message: KEY } })])],
    ["an error after the first word", streams([chunk({ content: "a" }), event({ error: { message: KEY } })])],
    ["JSON that is broken after the first word", streams([chunk({ content: "a" }), `data: {${KEY}\n\n`])],
    ["JSON that is broken", { headers: { "content-type": "application/json" }, pieces: [`{${KEY}`] }],
    ["a connection that breaks", streams([chunk({ content: "a" })], "break")],
  ])("shows in no answer and in no line of the log when the provider quotes it in %s", async (_, step) => {
    const log = captureLog();
    const { orchestrator } = await setUp([[step]]);
    const streamed = await stream(orchestrator, question());
    const events = streamed.ok ? await new Response(streamed.value).text() : JSON.stringify(streamed);
    const answer = JSON.stringify(await complete(orchestrator, question()));
    expect(events).toContain("error");
    expect(log.length).toBeGreaterThan(0);
    for (const text of [events, answer, ...log.map((line) => line.text)]) expect(text).not.toContain(KEY);
  });

  test.each(["", "two words", "line\nbreak", "ключ"])(
    "%j is a fault of the configuration, and quoted nowhere",
    (key) => {
      const log = captureLog();
      const opened = openOrchestrator({ ...env, DEDALUS_API_KEY: key }, () => undefined, question());
      expect(opened).toMatchObject({ ok: false, error: { code: "CONFIGURATION_ERROR" } });
      expect(log[0]?.text).toContain("DEDALUS_API_KEY");
      if (key !== "") expect(JSON.stringify([opened, log])).not.toContain(JSON.stringify(key).slice(1, -1));
    },
  );
});

describe("the configuration", () => {
  const settings = {
    DEDALUS_BASE_URL: "https://api.dedaluslabs.ai",
    DEDALUS_API_KEY: "k",
    MODEL: "openai/gpt-5-nano",
    FALLBACK_MODELS: "",
    DAILY_BUDGET_MICRODOLLARS: "250000",
  };

  test.each([
    ["", ["openai/gpt-5-nano"]],
    [" a/b ,, c/d", ["openai/gpt-5-nano", "a/b", "c/d"]],
    ["a/b,a/b,openai/gpt-5-nano", ["openai/gpt-5-nano", "a/b"]],
  ])("takes %j as models to fall back on", (fallbacks, models) => {
    const read = readConfiguration({ ...settings, FALLBACK_MODELS: fallbacks });
    expect(read).toMatchObject({ ok: true, value: { models } });
  });

  test.each([
    { DEDALUS_BASE_URL: "dedalus" },
    { DEDALUS_BASE_URL: "ftp://dedalus.test" },
    { DEDALUS_BASE_URL: "https://user:secret@dedalus.test" },
    { MODEL: " " },
    { DAILY_BUDGET_MICRODOLLARS: "" },
    { DAILY_BUDGET_MICRODOLLARS: "-1" },
    { DAILY_BUDGET_MICRODOLLARS: "a dollar" },
  ])("with %j is refused, with nothing secret in the reason", (changes) => {
    const read = readConfiguration({ ...settings, ...changes });
    expect(read.ok).toBe(false);
    expect(JSON.stringify(read)).not.toContain("secret");
  });
});
