import { env } from "cloudflare:workers";
import { ProblemDetailsSchema } from "@crescendai/contracts";
import { captureLog } from "@crescendai/worker-testing/captured-log";
import { overriding } from "@crescendai/worker-testing/overriding";
import { SignJWT } from "jose";
import * as v from "valibot";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { applyMigrations, call, callAs, callWith, jsonBody } from "./support/mesh.ts";

const KEYS = { ENVIRONMENT: "production", ALLOWED_API_KEYS: "app-key,admin:admin-key" };
const PAGE = "http://localhost:5173";

async function problemOf(answer: Response): Promise<v.InferOutput<typeof ProblemDetailsSchema>> {
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  return v.parse(ProblemDetailsSchema, await answer.json());
}

function unreachable(): never {
  throw new Error("connection to 10.0.0.7 refused");
}

beforeAll(applyMigrations);

/** Lines of the log go to the test that looks at them, or nowhere. */
let log: ReturnType<typeof captureLog> = [];
beforeEach(() => {
  log = captureLog();
});

describe("a path and a method", () => {
  test.each(["/", "/api/v1", "/api/v1/recording", "/API/V1/RECORDINGS", "/.env", "/api/v1/context/x"])(
    "there is nothing at %s",
    async (path) => {
      const answer = await call(path);
      expect(answer.status).toBe(404);
      expect(await problemOf(answer)).toMatchObject({ error: "NOT_FOUND" });
    },
  );

  test.each([
    ["DELETE", "/health", "GET, HEAD, OPTIONS"],
    ["POST", "/api/v1/context", "GET, PUT, HEAD, OPTIONS"],
    ["GET", "/api/v1/upload", "POST, OPTIONS"],
    ["PATCH", "/api/v1/recordings/1", "GET, DELETE, HEAD, OPTIONS"],
    ["HEAD", "/api/v1/analyze", "POST, OPTIONS"],
  ])("%s %s isn't possible, and Allow says what is", async (method, path, allow) => {
    const answer = await call(path, { method });
    expect(answer.status).toBe(405);
    expect(answer.headers.get("allow")).toBe(allow);
  });

  test.each(["/health", "/api/v1/context", "/nowhere", "/api/v1/recordings/1"])(
    "HEAD %s is answered like GET, without a body",
    async (path) => {
      const [head, get] = [await call(path, { method: "HEAD" }), await call(path)];
      expect(head.status).toBe(get.status);
      expect(head.headers.get("content-type")).toBe(get.headers.get("content-type"));
      expect(await head.text()).toBe("");
      expect(await get.text()).not.toBe("");
    },
  );

  test("OPTIONS tells a page of an allowed origin what it may send", async () => {
    const answer = await call("/api/v1/recordings/1", { method: "OPTIONS", headers: { origin: PAGE } });
    expect(answer.status).toBe(204);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      allow: "GET, DELETE, HEAD, OPTIONS",
      "access-control-allow-origin": PAGE,
      "access-control-allow-methods": "GET, DELETE, HEAD, OPTIONS",
      "access-control-allow-headers": expect.stringContaining("X-User-ID"),
    });
  });

  test.each(["https://evil.example", "null", "http://localhost:5173.evil.example"])(
    "OPTIONS tells a page of %s nothing that lets it in",
    async (origin) => {
      const answer = await call("/api/v1/context", { method: "OPTIONS", headers: { origin } });
      expect(answer.status).toBe(204);
      expect([...answer.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
    },
  );

  test("OPTIONS of a path that there isn't is 404", async () => {
    expect((await call("/nowhere", { method: "OPTIONS" })).status).toBe(404);
  });

  test("an answer to an allowed page can be read by it, errors included", async () => {
    for (const path of ["/health", "/nowhere", "/api/v1/recordings?page=0"]) {
      const answer = await call(path, { headers: { origin: PAGE } });
      expect(answer.headers.get("access-control-allow-origin")).toBe(PAGE);
      expect(answer.headers.get("vary")).toContain("Origin");
    }
  });
});

describe("every answer", () => {
  const shut = { success: false };
  const answers: [string, number, () => Promise<Response>][] = [
    ["a good one", 200, () => call("/api/v1/context")],
    ["health", 200, () => call("/health")],
    ["the page of the documentation", 200, () => call("/docs")],
    ["a preflight's", 204, () => call("/api/v1/context", { method: "OPTIONS", headers: { origin: PAGE } })],
    ["a mistake of the request's", 400, () => call("/api/v1/recordings?page=0")],
    ["a bad user id's", 400, () => callAs("a b", "/api/v1/context")],
    ["an unknown key's", 401, () => callWith(KEYS, "/api/v1/context", { headers: { "x-api-key": "x" } })],
    ["another's audit log's", 403, () => callAs("ann", "/api/v1/audit?user_id=bob")],
    ["a missing thing's", 404, () => call("/api/v1/recordings/0b6a2f8e-7a51-4a0d-8c53-6f5f0f0e9a11")],
    ["a missing path's", 404, () => call("/nowhere")],
    ["a wrong method's", 405, () => call("/health", { method: "POST" })],
    [
      "a body's that is too large",
      413,
      () => call("/api/v1/context", { ...jsonBody("PUT", "x".repeat(1024 * 1024)) }),
    ],
    ["an unknown format's", 415, () => call("/api/v1/context", { method: "PUT", body: "goals" })],
    [
      "an address's that the shield keeps away",
      429,
      () =>
        callWith(
          { ADDRESS_SHIELD: overriding(env.ADDRESS_SHIELD, { limit: async () => shut }) },
          "/api/v1/context",
          {
            headers: { "cf-connecting-ip": "192.0.2.1" },
          },
        ),
    ],
    ["a missing configuration's", 500, () => callWith({ ENVIRONMENT: "production" }, "/api/v1/context")],
    [
      "a service's that is down",
      503,
      () => callWith({ CONTEXT: overriding(env.CONTEXT, { fetch: unreachable }) }, "/api/v1/context"),
    ],
    [
      "a service's that can't be asked",
      503,
      () => callWith({ CONTEXT: overriding(env.CONTEXT, { exportUser: unreachable }) }, "/api/v1/me/export"),
    ],
    [
      "a fault's of our own",
      500,
      () => callWith({ METRICS: overriding(env.METRICS, { getByName: unreachable }) }, "/api/status"),
    ],
  ];

  test.each(answers)(
    "%s (%i) has the security headers and a request id, and shows nothing inside",
    async (_, status, ask) => {
      const answer = await ask();
      expect(answer.status).toBe(status);
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "no-referrer",
        "content-security-policy": expect.stringContaining("default-src 'none'"),
        "x-request-id": expect.stringMatching(/^[0-9a-f-]{36}$/),
        vary: expect.stringContaining("Origin"),
      });
      expect(answer.headers.has("x-crescendai-error")).toBe(false);
      expect(answer.headers.has("x-crescendai-caller")).toBe(false);
      const text = await answer.text();
      expect(text).not.toMatch(/10\.0\.0\.7|SQLITE|\.ts:\d/);
      if (status < 400) return;
      expect(v.parse(ProblemDetailsSchema, JSON.parse(text))).toMatchObject({
        status,
        request_id: answer.headers.get("x-request-id"),
      });
    },
  );

  test("of production demands HTTPS; a local one doesn't", async () => {
    expect((await callWith(KEYS, "/health")).headers.has("strict-transport-security")).toBe(true);
    expect((await call("/health")).headers.has("strict-transport-security")).toBe(false);
  });

  test("carries the caller's own request id, from the header to the body of an error and to the log", async () => {
    const headers = { "x-request-id": "practice-room-7" };
    const answer = await call("/api/v1/recordings?limit=1000", { headers });
    expect(answer.headers.get("x-request-id")).toBe("practice-room-7");
    expect(await problemOf(answer)).toMatchObject({ request_id: "practice-room-7" });
    expect(log.map(({ text }) => text).join()).toContain('"request_id":"practice-room-7"');
  });
});

describe("who is calling", () => {
  test("is what the gateway found, whatever a header from outside claims", async () => {
    await callAs("alice", "/api/v1/context", jsonBody("PUT", { goals: "hers" }));
    const forged = JSON.stringify({ userId: "alice", role: "admin", requestId: "forged-1", traceparent: "" });
    const answer = await callAs("mallory", "/api/v1/context", { headers: { "x-crescendai-caller": forged } });
    expect(await answer.json()).toMatchObject({ goals: [], updated_at: null });
    const audit = await callAs("mallory", "/api/v1/audit?user_id=alice", {
      headers: { "x-crescendai-caller": forged },
    });
    expect(audit.status).toBe(403);
  });

  test("reaches the service without the credentials that it was found by", async () => {
    const seen: Headers[] = [];
    const fetch = async (url: string, init: RequestInit) => {
      seen.push(new Request(url, init).headers);
      return new Response("{}");
    };
    await callWith({ ...KEYS, CONTEXT: overriding(env.CONTEXT, { fetch }) }, "/api/v1/context", {
      headers: {
        "x-api-key": "app-key",
        "x-user-id": "clara",
        cookie: "session=1",
        prefer: "wait=1",
        traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
      },
    });
    expect(seen).toHaveLength(1);
    const headers = Object.fromEntries(seen[0] ?? []);
    expect(Object.keys(headers).sort()).toEqual(["prefer", "traceparent", "x-crescendai-caller"]);
    expect(JSON.parse(headers["x-crescendai-caller"] ?? "")).toEqual({
      userId: "clara",
      role: "user",
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      traceparent: expect.stringMatching(/^00-4bf92f3577b34da6a3ce929d0e0e4736-(?!00f067aa0ba902b7)/),
    });
  });

  test("is a user of the key's application, or of the token", async () => {
    const token = await new SignJWT()
      .setProtectedHeader({ alg: "HS256" })
      .setSubject("robert")
      .sign(new TextEncoder().encode("a secret that is long enough for HS256"));
    const config = { ...KEYS, JWT_SECRET: "a secret that is long enough for HS256" };
    const callers: [Record<string, string>, string][] = [
      [{ "x-api-key": "app-key", "x-user-id": "clara" }, "clara"],
      [{ authorization: `Bearer ${token}` }, "robert"],
    ];
    for (const [headers, user] of callers) {
      const answer = await callWith(config, "/api/v1/me/export", { headers });
      expect(await answer.json()).toMatchObject({ user_id: user });
    }
  });

  test.each([
    ["no key", {}],
    ["a bad key", { "x-api-key": "guess" }],
    ["a bad bearer", { authorization: "Bearer guess" }],
  ])("is nobody with %s, on any route but the open ones", async (_, headers) => {
    for (const path of [
      "/api/v1/context",
      "/api/v1/recordings",
      "/api/status",
      "/api/v1/me/export",
      "/api/v1/audit",
    ]) {
      const answer = await callWith(KEYS, path, { headers });
      expect(answer.status).toBe(401);
      expect(answer.headers.get("www-authenticate")).toContain("Bearer");
    }
    expect((await callWith(KEYS, "/health", { headers })).status).toBe(200);
    expect((await callWith(KEYS, "/openapi.json", { headers })).status).toBe(200);
  });
});

describe("the log", () => {
  test("has one line a request: route, status, user and time, and neither key nor body nor path", async () => {
    const id = "0b6a2f8e-7a51-4a0d-8c53-6f5f0f0e9a11";
    await callWith(KEYS, `/api/v1/recordings/${id}`, {
      headers: { "x-api-key": "app-key", "x-user-id": "clara", "user-agent": "hunter2" },
    });
    const lines = log.filter(({ text }) => text.includes('"service":"gateway"'));
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0]?.text ?? "")).toEqual({
      level: "info",
      service: "gateway",
      event: "request",
      request_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      traceparent: expect.stringMatching(/^00-/),
      user: "clara",
      method: "GET",
      route: "GET /api/v1/recordings/:id",
      status: 404,
      duration: expect.any(Number),
      code: "NOT_FOUND",
    });
  });
});

describe("a body", () => {
  const MEGABYTE = 1024 * 1024;

  /** JSON of exactly this many bytes: a context with spaces behind it. */
  function contextOf(bytes: number): RequestInit {
    const text = JSON.stringify({ goals: "play" }).padEnd(bytes, " ");
    return { method: "PUT", headers: { "content-type": "application/json" }, body: text };
  }

  test("of JSON may have one megabyte, and no byte more", async () => {
    expect((await call("/api/v1/context", contextOf(MEGABYTE))).status).toBe(200);
    const answer = await call("/api/v1/context", contextOf(MEGABYTE + 1));
    expect(answer.status).toBe(413);
    expect(await problemOf(answer)).toMatchObject({
      error: "PAYLOAD_TOO_LARGE",
      message: "The request is larger than 1 MB.",
    });
  });

  test("that doesn't say how long it is is counted as it arrives", async () => {
    const { readable, writable } = new IdentityTransformStream();
    const writer = writable.getWriter();
    void writer
      .write(new Uint8Array(MEGABYTE + 1).fill(32))
      .then(() => writer.close())
      .catch(() => undefined);
    const headers = { "content-type": "application/json" };
    const answer = await callWith({}, "/api/v1/context", { method: "PUT", headers, body: readable });
    expect(answer.status).toBe(413);
  });

  test("of a request that is refused changes nothing", async () => {
    await callAs("dora", "/api/v1/context", jsonBody("PUT", { goals: "before" }));
    for (const init of [
      jsonBody("PUT", { goals: "after", extra: 1 }),
      jsonBody("PUT", []),
      contextOf(2 * MEGABYTE),
    ]) {
      expect((await callAs("dora", "/api/v1/context", init)).ok).toBe(false);
    }
    expect(await (await callAs("dora", "/api/v1/context")).json()).toMatchObject({ goals: ["before"] });
  });
});

describe("a query", () => {
  test.each(["/api/v1/context?verbose=1", "/api/v1/me/export?user_id=bob", "/api/v1/recordings?user_id=bob"])(
    "that a route doesn't know is refused, not passed over: %s",
    async (path) => {
      const answer = await call(path);
      expect(answer.status).toBe(400);
      expect(await problemOf(answer)).toMatchObject({
        error: "VALIDATION_ERROR",
        errors: [{ message: "is not a known field" }],
      });
    },
  );

  test("of a monitor, that only means to be fresh, does no harm", async () => {
    expect((await call("/health?now=1")).status).toBe(200);
  });
});

describe("the documentation", () => {
  test("is open to anybody, as a document and as a page with a style of its own", async () => {
    const document = await callWith(KEYS, "/openapi.json");
    expect(document.headers.get("content-type")).toBe("application/json");
    expect(await document.json()).toMatchObject({ openapi: "3.1.0" });
    const page = await callWith(KEYS, "/docs");
    expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(page.headers.get("content-security-policy")).toContain("style-src 'unsafe-inline'");
  });
});
