import { PERCEPTUAL_SCALES, RemoteAnalysisSchema } from "@crescendai/contracts";
import fc from "fast-check";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { askRemote } from "../src/analysers/remote/ask-remote.ts";
import { readRemoteConfiguration } from "../src/analysers/remote/configuration.ts";
import { RETRY_POLICY } from "../src/analysers/remote/policy.ts";
import { MAX_ANSWER_BYTES } from "../src/analysers/remote/read-answer.ts";
import { REMOTE_ANSWER } from "./support/analyses.ts";
import {
  AUDIO,
  BYTES,
  breaksConnection,
  configured,
  hangs,
  IMPATIENT_MS,
  NOW,
  otherSide,
  RECORDING,
  type Reply,
  says,
  status,
  streams,
} from "./support/remote.ts";

const NEVER = new AbortController().signal;

async function ask(side: ReturnType<typeof otherSide>, budgetMs?: number, cancelled = NEVER) {
  return await askRemote(configured(budgetMs), RECORDING, AUDIO, side.surroundings, cancelled);
}

describe("what is sent", () => {
  test("is the file as it is stored, with what the protocol says, and the token nowhere but in its header", async () => {
    const side = otherSide(says());
    expect(await ask(side)).toEqual({ ok: true, value: REMOTE_ANSWER });
    expect(side.requests).toHaveLength(1);
    const { url, init } = side.requests[0] ?? { url: "", init: {} };
    expect(url).toBe("https://analyser.test/v1/analyse");
    expect(init).toMatchObject({
      method: "POST",
      redirect: "manual",
      headers: {
        authorization: "Bearer a-secret",
        "content-type": "audio/wav",
        accept: "application/json",
        "recording-id": RECORDING.id,
        "recording-duration": "12.5",
      },
    });
    expect(new Uint8Array(await new Response(init.body).arrayBuffer())).toEqual(BYTES);
    expect(JSON.stringify(init.headers)).not.toContain("alice");
  });
});

describe("an answer that is in order", () => {
  test.each([
    ["without uncertainties", { ...REMOTE_ANSWER, perception_uncertainty: undefined }],
    ["with more than is known", { ...REMOTE_ANSWER, took_ms: 12 }],
  ])("%s is taken", async (_, body) => {
    const answer = await ask(otherSide(says(body)));
    expect(answer.ok && answer.value.perception).toEqual(REMOTE_ANSWER.perception);
  });

  test("says its type with parameters, in any case", async () => {
    const side = otherSide(says(REMOTE_ANSWER, { "content-type": "Application/JSON; charset=utf-8" }));
    expect((await ask(side)).ok).toBe(true);
  });
});

describe("faults that may pass", () => {
  test.each([
    ["500 three times", [status(500), status(502), status(503), says()], [500, 1000, 2000]],
    ["429 with Retry-After", [status(429, { "retry-after": "3" }), says()], [3000]],
    [
      "503 with Retry-After as a date",
      [status(503, { "retry-after": new Date(NOW + 4000).toUTCString() }), says()],
      [4000],
    ],
    ["a Retry-After shorter than the back-off", [status(429, { "retry-after": "0" }), says()], [500]],
    ["a Retry-After that makes no sense", [status(503, { "retry-after": "soon" }), says()], [500]],
    ["a connection that breaks", [breaksConnection, says()], [500]],
    [
      "a connection that breaks in the answer",
      [streams((sent) => (sent > 3 ? null : Uint8Array.of(32))), says()],
      [500],
    ],
  ] satisfies [string, Reply[], number[]][])("%s: asked again, in time", async (_, replies, waits) => {
    const side = otherSide(...replies);
    expect(await ask(side)).toEqual({ ok: true, value: REMOTE_ANSWER });
    expect(side.waits).toEqual(waits);
  });

  test("that don't pass: given up after a few times", async () => {
    for (const reply of [status(500), breaksConnection, status(429, { "retry-after": "1" })]) {
      const side = otherSide(reply);
      expect(await ask(side)).toMatchObject({ ok: false, error: { kind: "unavailable" } });
      expect(side.requests).toHaveLength(RETRY_POLICY.attempts);
    }
  });

  test("a Retry-After that nobody waits for: given up at once", async () => {
    const side = otherSide(status(429, { "retry-after": "3600" }), says());
    expect(await ask(side)).toMatchObject({ ok: false, error: { kind: "unavailable" } });
    expect(side.requests).toHaveLength(1);
  });
});

describe("faults that another time won't mend", () => {
  test.each([
    ["wrong credentials", "misconfigured", status(401)],
    ["no permission", "misconfigured", status(403)],
    ["nothing there", "misconfigured", status(404)],
    ["another method", "misconfigured", status(405)],
    ["a redirect", "misconfigured", status(302, { location: "https://elsewhere.test/" })],
    ["a permanent redirect", "misconfigured", status(308, { location: "http://169.254.169.254/" })],
    ["no content", "misconfigured", () => new Response(null, { status: 204 })],
    ["a file too large", "refused", status(413)],
    ["a format that it doesn't read", "refused", status(415)],
    ["a recording that it can't judge", "refused", status(422)],
  ] satisfies [string, string, Reply][])("%s: %s, asked once", async (_, kind, reply) => {
    const side = otherSide(reply);
    expect(await ask(side)).toMatchObject({ ok: false, error: { kind } });
    expect(side.requests).toHaveLength(1);
  });
});

describe("an answer that is none", () => {
  const { perception } = REMOTE_ANSWER;
  const { music_fast_slow_paced: _, ...eighteen } = perception;
  const json = JSON.stringify(REMOTE_ANSWER);

  test.each([
    ["a page", says("<html>hello</html>", { "content-type": "text/html" })],
    ["of no type", () => new Response(new TextEncoder().encode(json))],
    ["empty", says("")],
    ["not JSON", says("perception: 1")],
    ["cut off", says(json.slice(0, -10))],
    ["with NaN", says(json.replace("0.6", "NaN"))],
    ["with an infinite number", says(json.replace("0.6", "1e999"))],
    [
      "with a number beyond 1",
      says({ ...REMOTE_ANSWER, perception: { ...perception, timbre_soft_loud: 1.01 } }),
    ],
    [
      "with a number below 0",
      says({ ...REMOTE_ANSWER, perception: { ...perception, timbre_soft_loud: -0.1 } }),
    ],
    [
      "with a number as a text",
      says({ ...REMOTE_ANSWER, perception: { ...perception, timbre_soft_loud: "0.5" } }),
    ],
    ["with null", says({ ...REMOTE_ANSWER, perception: { ...perception, timbre_soft_loud: null } })],
    ["with 18 scales", says({ ...REMOTE_ANSWER, perception: eighteen })],
    ["with 20 scales", says({ ...REMOTE_ANSWER, perception: { ...perception, beauty: 1 } })],
    ["of scales in a list", says({ ...REMOTE_ANSWER, perception: PERCEPTUAL_SCALES.map(() => 0.5) })],
    ["without a model", says({ perception })],
    ["of a model with a name for mischief", says({ ...REMOTE_ANSWER, model_version: "x\n<script>" })],
    ["a list", says([REMOTE_ANSWER])],
    ["null", says("null")],
    [
      "not UTF-8",
      () => new Response(Uint8Array.of(0xff, 0xfe), { headers: { "content-type": "application/json" } }),
    ],
    ["too long", says(`${json}${" ".repeat(MAX_ANSWER_BYTES)}`)],
  ] satisfies [string, Reply][])("%s: not used, and not asked for again", async (_, reply) => {
    const side = otherSide(reply);
    const answer = await ask(side);
    expect(answer).toMatchObject({ ok: false, error: { kind: "unusable" } });
    expect(side.requests).toHaveLength(1);
    // What came over the wire has no business in the log.
    expect(JSON.stringify(answer)).not.toMatch(/script|beauty.*1\.01/);
  });

  test("that never ends is left after what an answer may have", async () => {
    let cancelled = false;
    const endless = streams(
      () => new Uint8Array(8192).fill(32),
      () => {
        cancelled = true;
      },
    );
    expect(await ask(otherSide(endless))).toMatchObject({ ok: false, error: { kind: "unusable" } });
    expect(cancelled).toBe(true);
  });

  test("whatever it is: never an exception, and taken only if it is of the schema", async () => {
    const anything = fc.oneof(
      fc.string(),
      fc.json(),
      fc.record({
        model_version: fc.constant("mert"),
        perception: fc.dictionary(fc.constantFrom(...PERCEPTUAL_SCALES), fc.double()),
      }),
    );
    const body = anything.map((value) => (typeof value === "string" ? value : JSON.stringify(value)));
    await fc.assert(
      fc.asyncProperty(body, async (text) => {
        const answer = await ask(otherSide(says(text)));
        if (answer.ok) expect(v.is(RemoteAnalysisSchema, JSON.parse(text))).toBe(true);
        else expect(answer.error.kind).toBe("unusable");
      }),
      { numRuns: 100, seed: 3 },
    );
  });
});

describe("an answer that doesn't come", () => {
  test.each([
    ["not even a beginning", hangs],
    ["no body", streams("nothing")],
    ["a byte now and then", streams(() => Uint8Array.of(32))],
    ["though it would be tried again", status(500, { "retry-after": "0" })],
  ] satisfies [string, Reply][])("%s: given up when the time is over", async (_, reply) => {
    const side = otherSide(reply);
    const answer = await ask(side, IMPATIENT_MS);
    expect(answer).toMatchObject({ ok: false, error: { kind: "unavailable" } });
  });

  test("isn't waited for once nobody wants it, and the connection is let go", async () => {
    const cancel = new AbortController();
    const side = otherSide(hangs);
    const answer = ask(side, undefined, cancel.signal);
    await scheduler.wait(1);
    cancel.abort();
    expect(await answer).toMatchObject({ ok: false, error: { kind: "cancelled" } });
    expect(side.requests[0]?.init.signal?.aborted).toBe(true);
  });
});

describe("the configuration", () => {
  const settings = { ANALYSER_URL: "https://a.test/x", ANALYSER_TOKEN: "t", ANALYSER_TIMEOUT_SECONDS: "20" };

  test("of nothing is none", () => {
    expect(readRemoteConfiguration({ ...settings, ANALYSER_URL: "" })).toEqual({ ok: true, value: null });
  });

  test.each([
    ["https://analyser.example/v1?model=a", "20", 20_000],
    ["http://localhost:9000/", "1", 1000],
    ["http://127.0.0.1:9000/", "600", 600_000],
    ["http://[::1]:9000/", "0", 60_000],
    ["https://analyser.example", "601", 60_000],
    ["https://analyser.example", "", 60_000],
    ["https://analyser.example", "a minute", 60_000],
  ])("of %s and %j s is taken", (url, seconds, budgetMs) => {
    const read = readRemoteConfiguration({
      ...settings,
      ANALYSER_URL: url,
      ANALYSER_TIMEOUT_SECONDS: seconds,
    });
    expect(read).toMatchObject({ ok: true, value: { token: "t", budgetMs } });
    expect(read.ok && read.value?.url.href).toBe(new URL(url).href);
  });

  test.each([
    ["http://analyser.example/", "t"],
    ["http://localhost.example/", "t"],
    ["http://127.0.0.1.example/", "t"],
    ["ftp://localhost/", "t"],
    ["analyser.example", "t"],
    ["https://user:secret@analyser.example/", "t"],
    ["https://analyser.example/", ""],
    ["https://analyser.example/", undefined],
    ["https://analyser.example/", "two words"],
    ["https://analyser.example/", "secret\r\nX-Evil: 1"],
  ])("of %s with token %j is refused, with nothing secret in the reason", (url, token) => {
    const { ANALYSER_TOKEN: _, ...others } = settings;
    const env = { ...others, ANALYSER_URL: url, ...(token === undefined ? {} : { ANALYSER_TOKEN: token }) };
    const read = readRemoteConfiguration(env);
    expect(read.ok).toBe(false);
    expect(JSON.stringify(read)).not.toMatch(/secret|two words|Evil/);
  });
});
