import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  analyse,
  beginSession,
  feedbackOn,
  jsonRequest,
  recordingsOf,
  sendUpload,
  uploadAs,
  uploadForm,
} from "../support/client.ts";
import {
  documentedOperations,
  filledPath,
  neededQuery,
  type Operation,
} from "../support/documented-operations.ts";
import { type Mesh, startMesh } from "../support/mesh.ts";
import { expectProblem, expectSafeHeaders } from "../support/problem.ts";
import { sendRaw } from "../support/raw-http.ts";
import { shortTake } from "../support/wav.ts";

const USER = "clara";
const TAKE = shortTake(1);
const ALLOWED_ORIGIN = "http://localhost:5173";
const FOREIGN_ORIGIN = "https://evil.example";

let mesh: Mesh;
let operations: Operation[];
let id: string;
let jobId: string;
let sessionId: string;

beforeAll(async () => {
  mesh = await startMesh();
  operations = await documentedOperations(mesh);
  id = await uploadAs(mesh, USER, TAKE);
  await feedbackOn(mesh, USER, id);
  jobId = await analyse(mesh, USER, id);
  sessionId = await beginSession(mesh, USER);
});
afterAll(() => mesh.close());

const pathOf = ({ path }: Pick<Operation, "path">) =>
  filledPath(path, { id, job_id: jobId, session_id: sessionId });
const asUser = (method: string, headers: Record<string, string> = {}): RequestInit => ({
  method,
  headers: { "x-user-id": USER, ...headers },
});
/** The documented paths, each once, with the methods it takes. */
const methodsByPath = () => Object.entries(Object.groupBy(operations, pathOf));

describe("a path", () => {
  it.each([
    "/",
    "/api",
    "/api/v2/upload",
    "/api/v1/recording",
    "/api/v1/recordings/a/b/c",
    "/.env",
    "/api/v1//upload",
  ])("that isn't there is 404: %s", async (path) => {
    const answer = await mesh.fetch(path, asUser("GET"));
    await expectProblem(answer, "NOT_FOUND");
    expectSafeHeaders(answer);
  });

  it("that is there is 405 for another method, with those it takes in Allow", async () => {
    for (const [path, known = []] of methodsByPath()) {
      const methods = known.map(({ method }) => method);
      const expected = [...methods, ...(methods.includes("GET") ? ["HEAD"] : []), "OPTIONS"];
      for (const method of ["PATCH", "DELETE", "POST", "PUT", "GET"]) {
        if (methods.includes(method)) continue;
        const answer = await mesh.fetch(path, asUser(method));
        await expectProblem(answer, "METHOD_NOT_ALLOWED");
        expect(answer.headers.get("allow")?.split(", ").toSorted()).toEqual(expected.toSorted());
        expectSafeHeaders(answer);
      }
    }
  });
});

describe("OPTIONS", () => {
  const preflight = (path: string, headers: Record<string, string>) =>
    mesh.fetch(path, { method: "OPTIONS", headers });

  it("lets a page of an allowed origin send what each path takes", async () => {
    for (const [path, known = []] of methodsByPath()) {
      const answer = await preflight(path, {
        origin: ALLOWED_ORIGIN,
        "access-control-request-method": known[0]?.method ?? "GET",
        "access-control-request-headers": "content-type,x-user-id,idempotency-key",
      });
      expect(answer.status).toBe(204);
      expect(answer.headers.get("access-control-allow-origin")).toBe(ALLOWED_ORIGIN);
      const methods = answer.headers.get("access-control-allow-methods")?.split(", ");
      expect(methods).toEqual(expect.arrayContaining(known.map(({ method }) => method)));
      const headers = answer.headers.get("access-control-allow-headers")?.toLowerCase().split(", ");
      expect(headers).toEqual(
        expect.arrayContaining(["content-type", "x-user-id", "idempotency-key", "authorization", "range"]),
      );
      expectSafeHeaders(answer);
    }
  });

  it.each([
    { what: "a foreign origin", headers: { origin: FOREIGN_ORIGIN } },
    { what: "no origin", headers: {} },
  ])("tells $what the methods, and allows it nothing", async ({ headers }) => {
    const answer = await preflight("/api/v1/recordings", headers);
    expect(answer.status).toBe(204);
    expect(answer.headers.get("allow")).toBe("GET, HEAD, OPTIONS");
    const cors = [...answer.headers.keys()].filter((name) => name.startsWith("access-control-"));
    expect(cors).toEqual([]);
    expectSafeHeaders(answer);
  });

  it("of a path that isn't there is 404", async () => {
    await expectProblem(await preflight("/api/v1/nothing", { origin: ALLOWED_ORIGIN }), "NOT_FOUND");
  });
});

describe("a page of another origin", () => {
  it.each(["/health", "/api/v1/recordings", "/api/v1/nothing"])(
    "may read %s only if it is allowed",
    async (path) => {
      const allowed = await mesh.fetch(path, asUser("GET", { origin: ALLOWED_ORIGIN }));
      expect(allowed.headers.get("access-control-allow-origin")).toBe(ALLOWED_ORIGIN);
      expect(allowed.headers.get("access-control-expose-headers")?.toLowerCase()).toMatch(
        /ratelimit.*retry-after.*x-request-id/,
      );
      for (const origin of [
        FOREIGN_ORIGIN,
        `${ALLOWED_ORIGIN}.evil.example`,
        "null",
        "http://localhost:5174",
      ]) {
        const foreign = await mesh.fetch(path, asUser("GET", { origin }));
        expect(foreign.headers.get("access-control-allow-origin")).toBeNull();
      }
    },
  );
});

describe("HEAD", () => {
  /** Of each answer another, by its nature. */
  const PASSING = ["connection", "content-length", "date", "ratelimit", "transfer-encoding", "x-request-id"];

  it("says what GET says, without the body, on every route that has a GET", async () => {
    for (const operation of operations.filter(({ method }) => method === "GET")) {
      const path = pathOf(operation);
      const get = await mesh.fetch(path, asUser("GET"));
      const head = await mesh.fetch(path, asUser("HEAD"));
      expect(head.status, path).toBe(get.status);
      const stable = ({ headers }: Response) => [...headers].filter(([name]) => !PASSING.includes(name));
      expect(stable(head), path).toEqual(stable(get));
      expect((await head.arrayBuffer()).byteLength, path).toBe(0);
      expectSafeHeaders(head);
    }
  });

  it("of a recording's audio says how long it is", async () => {
    const head = await mesh.fetch(`/api/v1/recordings/${id}/audio`, asUser("HEAD"));
    expect(head.headers.get("content-length")).toBe(String(TAKE.length));
    const raw = await sendRaw(mesh.url, {
      head: [`HEAD /api/v1/recordings/${id}/audio HTTP/1.1`, `X-User-ID: ${USER}`],
    });
    expect(raw.body.length).toBe(0);
  });

  it("of what isn't there is 404, and of what has no GET 405", async () => {
    expect((await mesh.fetch("/api/v1/nothing", asUser("HEAD"))).status).toBe(404);
    expect((await mesh.fetch("/api/v1/upload", asUser("HEAD"))).status).toBe(405);
  });
});

describe("a request id", () => {
  it("of the caller's is kept if it is well-formed, on answers and on errors", async () => {
    for (const given of ["my-request-0001", "7f3c2b1a", "a.b:c_d-e.f:g_h"]) {
      for (const path of ["/health", "/api/v1/recordings", "/api/v1/nothing"]) {
        const answer = await mesh.fetch(path, asUser("GET", { "x-request-id": given }));
        expect(answer.headers.get("x-request-id")).toBe(given);
      }
    }
    const error = await mesh.fetch(
      "/api/v1/recordings?page=0",
      asUser("GET", { "x-request-id": "my-request-0002" }),
    );
    expect((await expectProblem(error, "VALIDATION_ERROR")).request_id).toBe("my-request-0002");
  });

  it.each([
    "short",
    "with space in it",
    '{"json":"in a log line"}',
    "a".repeat(129),
    "<script>alert</script>",
  ])("that isn't one is replaced: %s", async (given) => {
    const answer = await mesh.fetch("/api/v1/recordings", asUser("GET", { "x-request-id": given }));
    expect(answer.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("is a new one for every request otherwise", async () => {
    const ids = await Promise.all(
      Array.from({ length: 5 }, async () => (await mesh.fetch("/health")).headers.get("x-request-id")),
    );
    expect(new Set(ids).size).toBe(5);
  });
});

describe("a header that only the mesh itself may set", () => {
  it("changes nothing when it comes from outside", async () => {
    const forged = {
      "x-crescendai-caller": JSON.stringify({
        userId: USER,
        role: "admin",
        requestId: "forged-request",
        traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
      }),
      "x-crescendai-error": "INTERNAL_ERROR",
    };
    const headers = { "x-user-id": "mallory", ...forged };
    await expectProblem(await mesh.fetch(`/api/v1/recordings/${id}`, { headers }), "NOT_FOUND");
    await expectProblem(await mesh.fetch(`/api/v1/audit?user_id=${USER}`, { headers }), "FORBIDDEN");
    const list = await mesh.fetch("/api/v1/recordings", { headers });
    expect(await list.json()).toMatchObject({ total: 0 });
    expect(list.headers.get("x-request-id")).not.toBe("forged-request");
    expectSafeHeaders(list);
  });
});

describe("every answer", () => {
  /** Bodies without which a route answers nothing else than that. */
  const BODIES: Readonly<Record<string, () => unknown>> = {
    "/api/v1/analyze": () => ({ id }),
    "/api/v1/chat": () => ({ session_id: sessionId, content: "Which hand is louder?" }),
  };

  it("is of a documented status and content type", async () => {
    // What erases comes last, so that the others have something to answer.
    const order = operations
      .filter(({ isForAdmins }) => !isForAdmins)
      .toSorted((a, b) => Number(a.method === "DELETE") - Number(b.method === "DELETE"));
    for (const operation of order) {
      const { method, path, requestBody } = operation;
      const forms = requestBody !== undefined && "multipart/form-data" in requestBody.content;
      const body = BODIES[path]?.() ?? {};
      const answer = forms
        ? await sendUpload(mesh, USER, uploadForm(TAKE))
        : await mesh.fetch(
            `${pathOf(operation)}${neededQuery(operation)}`,
            requestBody === undefined ? asUser(method) : jsonRequest(method, USER, body),
          );
      const documented = operation.responses[String(answer.status)];
      expect(documented, `${method} ${path} answered ${answer.status}`).toBeDefined();
      const type = answer.headers.get("content-type")?.split(";")[0] ?? "";
      const patterns = Object.keys(documented?.content ?? {}).map((range) => range.replace("/*", "/"));
      expect(
        patterns.some((range) => type.startsWith(range)),
        `${method} ${path}: ${type}`,
      ).toBe(true);
      expectSafeHeaders(answer);
    }
    expect(await recordingsOf(mesh, USER)).toEqual([]);
  });

  it("carries the same safe headers when it is no success", async () => {
    const again = await uploadAs(mesh, USER, TAKE);
    const audio = `/api/v1/recordings/${again}/audio`;
    const etag = (await mesh.fetch(audio, asUser("HEAD"))).headers.get("etag") ?? "";
    const answers = [
      { status: 304, answer: await mesh.fetch(audio, asUser("GET", { "if-none-match": etag })) },
      { status: 206, answer: await mesh.fetch(audio, asUser("GET", { range: "bytes=0-9" })) },
      { status: 416, answer: await mesh.fetch(audio, asUser("GET", { range: "bytes=99999999-" })) },
      { status: 400, answer: await mesh.fetch("/api/v1/recordings?page=0", asUser("GET")) },
      { status: 401, answer: await mesh.fetch("/api/v1/recordings", asUser("GET", { "x-api-key": "x" })) },
      { status: 403, answer: await mesh.fetch("/api/v1/audit?user_id=robert", asUser("GET")) },
      {
        status: 413,
        answer: await mesh.fetch("/api/v1/context", jsonRequest("PUT", USER, "a".repeat(2 ** 21))),
      },
      { status: 415, answer: await mesh.fetch("/api/v1/upload", jsonRequest("POST", USER, {})) },
    ];
    for (const { status, answer } of answers) {
      expect(answer.status).toBe(status);
      expectSafeHeaders(answer);
    }
  });
});
