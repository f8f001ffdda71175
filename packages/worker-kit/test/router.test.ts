import { type Caller, failed, ok } from "@crescendai/contracts";
import { describe, expect, test } from "vitest";
import {
  callerHeaders,
  createServiceRouter,
  jsonResponse,
  readCaller,
  type ServiceRoute,
} from "../src/index.ts";
import { captureLog } from "./captured-log.ts";

interface Env {
  readonly PLACE: string;
}

const CALLER: Caller = {
  userId: "clara",
  role: "user",
  requestId: "request-1",
  traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
};

const ROUTES: ServiceRoute<Env>[] = [
  {
    method: "GET",
    path: "/pieces/:id",
    handler: async (_request, { env, caller, params, query }) =>
      ok(jsonResponse({ place: env.PLACE, user: caller.userId, params, query })),
  },
  {
    method: "PUT",
    path: "/pieces/:id",
    handler: async (request, { log }) => {
      await request.text();
      log.info("piece written", { route: "/pieces/:id" });
      return failed({ code: "CONFLICT", message: "It is there already." });
    },
  },
  {
    method: "GET",
    path: "/broken",
    handler: async () => {
      throw new Error("no such table: secrets");
    },
  },
  {
    method: "GET",
    path: "/broken/at-once",
    handler: () => {
      throw "a text, thrown";
    },
  },
];

const router = createServiceRouter("pieces", ROUTES);

function call(path: string, init: RequestInit = {}, headers = callerHeaders(CALLER)): Promise<Response> {
  return router(new Request(`https://mesh.test${path}`, { ...init, headers }), { PLACE: "Leipzig" });
}

describe("a service", () => {
  test("hands a request to its handler, with the caller that the gateway established", async () => {
    const answer = await call("/pieces/7?page=2");
    expect(await answer.json()).toEqual({
      place: "Leipzig",
      user: "clara",
      params: { id: "7" },
      query: { page: "2" },
    });
  });

  test.each([
    ["no caller at all", {}],
    ["a caller that isn't JSON", { "x-crescendai-caller": "clara" }],
    ["a caller of JSON that is nobody", { "x-crescendai-caller": "null" }],
    ["a caller without a role", { "x-crescendai-caller": '{"userId":"clara"}' }],
    [
      "a caller with a name that the gateway would not give",
      callerHeaders({ ...CALLER, userId: "../clara" }),
    ],
    [
      "a caller of a role that there isn't",
      { "x-crescendai-caller": JSON.stringify({ ...CALLER, role: "root" }) },
    ],
    ["a caller with more than one has", { "x-crescendai-caller": JSON.stringify({ ...CALLER, sudo: true }) }],
  ])("answers 401 to %s, whatever the path", async (_, headers: Record<string, string>) => {
    for (const path of ["/pieces/7", "/nowhere", "/broken"]) {
      const answer = await call(path, {}, headers);
      expect(answer.status).toBe(401);
      expect(await answer.json()).toMatchObject({ error: "UNAUTHORIZED" });
    }
  });

  test("answers 404 and 405 with the request's id", async () => {
    const unknown = await call("/nowhere");
    expect(unknown.status).toBe(404);
    expect(await unknown.json()).toMatchObject({ error: "NOT_FOUND", request_id: "request-1" });
    const wrong = await call("/pieces/7", { method: "POST" });
    expect(wrong.status).toBe(405);
    expect(wrong.headers.get("allow")).toBe("GET, PUT, HEAD, OPTIONS");
  });

  test("turns an error that a handler returns into its problem", async () => {
    captureLog();
    const answer = await call("/pieces/7", { method: "PUT", body: "{}" });
    expect(answer.status).toBe(409);
    expect(await answer.json()).toMatchObject({ error: "CONFLICT", message: "It is there already." });
  });

  test.each(["/broken", "/broken/at-once"])("keeps to itself what %s throws, and logs it", async (path) => {
    const lines = captureLog();
    const answer = await call(path);
    expect(answer.status).toBe(500);
    const text = await answer.text();
    expect(text).not.toMatch(/secrets|thrown|router\.ts/);
    expect(JSON.parse(text)).toMatchObject({ error: "INTERNAL_ERROR", request_id: "request-1" });
    expect(lines).toHaveLength(1);
    expect(lines[0]?.stream).toBe("error");
    expect(JSON.parse(lines[0]?.text ?? "")).toMatchObject({
      level: "error",
      service: "pieces",
      event: "handler threw",
      request_id: "request-1",
      traceparent: CALLER.traceparent,
      user: "clara",
      route: path,
      cause: expect.stringMatching(/no such table|a text, thrown/),
    });
  });

  test("logs neither body nor credentials", async () => {
    const lines = captureLog();
    await call(
      "/pieces/7",
      { method: "PUT", body: '{"diary":"dear Robert"}' },
      {
        ...callerHeaders(CALLER),
        authorization: "Bearer hunter2",
        "x-api-key": "hunter2",
      },
    );
    expect(lines).toHaveLength(1);
    expect(lines[0]?.text).not.toMatch(/Robert|hunter2/);
  });
});

describe("the caller in a header", () => {
  test("is read as it was written", () => {
    const request = new Request("https://mesh.test/", { headers: callerHeaders(CALLER) });
    expect(readCaller(request)).toEqual({ ok: true, value: CALLER });
  });
});
