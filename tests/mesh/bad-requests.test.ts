import type { ErrorCode } from "@crescendai/contracts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  analyse,
  asUser,
  beginSession,
  freshUsers,
  jsonRequest,
  UNKNOWN_ID,
  uploadAs,
} from "../support/client.ts";
import { allowedHeaders, documentedOperations, filledPath } from "../support/documented-operations.ts";
import { type Mesh, startMesh } from "../support/mesh.ts";
import { expectProblem } from "../support/problem.ts";
import { sendRaw } from "../support/raw-http.ts";
import { shortTake } from "../support/wav.ts";

/** Every case has a user of its own, so that no limit and no leftover of another case is in its way. */
const newUser = freshUsers("caller");

/** The same in version 1 and version 7, and of a variant that isn't RFC 9562's. */
const OTHER_VERSIONS = [
  "0b6ce0f5-5b5c-1f3a-9d7e-2f6c3f1d2a4b",
  "0b6ce0f5-5b5c-7f3a-9d7e-2f6c3f1d2a4b",
  "0b6ce0f5-5b5c-4f3a-cd7e-2f6c3f1d2a4b",
  "00000000-0000-0000-0000-000000000000",
];

const JSON_ROUTES = [
  { method: "PUT", path: "/api/v1/context" },
  { method: "POST", path: "/api/v1/analyze" },
  { method: "POST", path: `/api/v1/feedback/${UNKNOWN_ID}` },
  { method: "POST", path: "/api/v1/chat/sessions" },
] as const;

interface BadBody {
  readonly what: string;
  readonly body: BodyInit;
  readonly type?: string;
  readonly code: ErrorCode;
  readonly says: RegExp;
}

const BAD_BODIES: readonly BadBody[] = [
  {
    what: "an unknown field",
    body: `{"id":"${UNKNOWN_ID}","is_admin":true}`,
    code: "VALIDATION_ERROR",
    says: /not a known field/,
  },
  { what: "a list", body: "[]", code: "VALIDATION_ERROR", says: /body/ },
  { what: "null", body: "null", code: "VALIDATION_ERROR", says: /body/ },
  { what: "text that isn't JSON", body: "{goals: none}", code: "VALIDATION_ERROR", says: /not valid JSON/ },
  {
    what: "bytes that aren't UTF-8",
    body: Uint8Array.of(0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d),
    code: "VALIDATION_ERROR",
    says: /not valid UTF-8/,
  },
  {
    what: "JSON nested 10,000 deep",
    body: `{"goals":${"[".repeat(10_000)}${"]".repeat(10_000)}}`,
    code: "VALIDATION_ERROR",
    says: /body/,
  },
  {
    what: "lists nested 10,000 deep, left open",
    body: "[".repeat(10_000),
    code: "VALIDATION_ERROR",
    says: /not valid JSON/,
  },
  {
    what: "more than 1 MB",
    body: JSON.stringify({ goals: "a".repeat(1024 * 1024) }),
    code: "PAYLOAD_TOO_LARGE",
    says: /larger than 1 MB/,
  },
  {
    what: "another content type",
    body: "{}",
    type: "text/plain",
    code: "UNSUPPORTED_MEDIA_TYPE",
    says: /Content-Type: application\/json/,
  },
  {
    what: "a form",
    body: "goals=none",
    type: "application/x-www-form-urlencoded",
    code: "UNSUPPORTED_MEDIA_TYPE",
    says: /Content-Type: application\/json/,
  },
];

let mesh: Mesh;
beforeAll(async () => {
  mesh = await startMesh();
});
afterAll(() => mesh.close());

describe.each(JSON_ROUTES)("$method $path", ({ method, path }) => {
  it.each(BAD_BODIES)(
    "refuses $what, and says so",
    async ({ body, type = "application/json", code, says }) => {
      const answer = await mesh.fetch(path, {
        method,
        body,
        headers: { "x-user-id": newUser(), "content-type": type },
      });
      expect((await expectProblem(answer, code)).message).toMatch(says);
    },
  );

  it("refuses more than 1 MB that comes in chunks, without a length claimed before", async () => {
    const chunk = "a".repeat(64 * 1024);
    const chunks = Array.from({ length: 17 }, () => `${chunk.length.toString(16)}\r\n${chunk}\r\n`).join("");
    const answer = await sendRaw(mesh.url, {
      head: [
        `${method} ${path} HTTP/1.1`,
        "Content-Type: application/json",
        "Transfer-Encoding: chunked",
        `X-User-ID: ${newUser()}`,
      ],
      body: `${chunks}0\r\n\r\n`,
    });
    expect((await expectProblem(answer, "PAYLOAD_TOO_LARGE")).message).toMatch(/larger than 1 MB/);
  });
});

describe("a context that isn't one", () => {
  const DEFAULTS = { goals: [], constraints: [], repertoire: [], experience_level: null };

  it.each([
    { what: "a goal of 501 characters", context: { goals: "a".repeat(501) }, path: "goals" },
    { what: "51 pieces", context: { repertoire: Array(51).fill("Minuet in G") }, path: "repertoire" },
    { what: "an empty name of a piece", context: { repertoire: [" "] }, path: "repertoire.0" },
    { what: "a level there isn't", context: { experience_level: "virtuoso" }, path: "experience_level" },
    { what: "a number for a goal", context: { goals: 7 }, path: "goals" },
    { what: "half a character", context: { goals: "a\ud800b" }, path: "goals" },
    { what: "a control character", context: { constraints: ["small\u0007hands"] }, path: "constraints.0" },
    { what: "somebody else's name", context: { user_id: "robert" }, path: "user_id" },
  ])(
    "($what) is refused with the place of the fault, and nothing is kept of it",
    async ({ context, path }) => {
      const user = newUser();
      const answer = await mesh.fetch("/api/v1/context", jsonRequest("PUT", user, context));
      const { errors = [] } = await expectProblem(answer, "VALIDATION_ERROR");
      expect(errors.map((error) => error.path)).toContain(path);
      const kept = await mesh.fetch("/api/v1/context", asUser(user));
      expect(await kept.json()).toMatchObject({ ...DEFAULTS, updated_at: null });
    },
  );
});

describe("a list of recordings", () => {
  it.each([
    "page=0",
    "page=-1",
    "page=1.5",
    "page=1e3",
    "page=",
    "page=99999999999999999999",
    "limit=0",
    "limit=101",
    "limit=1000",
    "limit=ten",
    "sort_by=user_id;--",
    "sort_by=user_id",
    "sort_by=created_at%20DESC",
    "order=sideways",
    "status=lost",
    "date_from=yesterday",
    "date_from=2026-02-30",
    "date_to=2026-13-01",
    "date_to=2026-11-23T25:00:00Z",
    "date_to=2026-11-23T10:00:00",
    "user_id=robert",
    "__proto__=1",
  ])("refuses ?%s and names the parameter", async (query) => {
    const answer = await mesh.fetch(`/api/v1/recordings?${query}`, asUser(newUser()));
    const { errors = [] } = await expectProblem(answer, "VALIDATION_ERROR");
    expect([...new Set(errors.map(({ path }) => path))]).toEqual([query.slice(0, query.indexOf("="))]);
  });

  it.each(["limit=0", "limit=501", "user_id=%01", "user_id="])(
    "(the audit log) refuses ?%s",
    async (query) => {
      const answer = await mesh.fetch(`/api/v1/audit?${query}`, asUser(newUser()));
      await expectProblem(answer, "VALIDATION_ERROR");
    },
  );
});

describe("an id that isn't one of ours", () => {
  it.each([...OTHER_VERSIONS, "1", "..%2f..%2fetc", "%00", "%ff", `${UNKNOWN_ID}%20`])(
    "(%s) is refused on every route that takes an id, before anything is looked for",
    async (id) => {
      const user = newUser();
      for (const operation of await documentedOperations(mesh)) {
        const { method, path, parameters } = operation;
        if (!parameters.some((parameter) => parameter.in === "path")) continue;
        const answer = await mesh.fetch(filledPath(path, { id, job_id: id, session_id: id }), {
          method,
          headers: allowedHeaders(operation, user),
        });
        const { message } = await expectProblem(answer, "VALIDATION_ERROR");
        expect(message).toMatch(/UUID of version 4/);
      }
    },
  );

  it("is refused in a body, too", async () => {
    for (const id of OTHER_VERSIONS) {
      const answer = await mesh.fetch("/api/v1/analyze", jsonRequest("POST", newUser(), { id }));
      expect((await expectProblem(answer, "VALIDATION_ERROR")).message).toMatch(/UUID of version 4/);
    }
  });

  it("is found in upper case as in lower case", async () => {
    const user = newUser();
    const id = await uploadAs(mesh, user, shortTake(3));
    const answer = await mesh.fetch(`/api/v1/recordings/${id.toUpperCase()}`, asUser(user));
    expect(answer.status).toBe(200);
  });
});

describe("a query parameter that a route doesn't know", () => {
  it("is refused on every route that isn't public", async () => {
    const user = newUser();
    const id = await uploadAs(mesh, user, shortTake(4));
    const jobId = await analyse(mesh, user, id);
    const ids = { id, job_id: jobId, session_id: await beginSession(mesh, user) };
    const accepted: string[] = [];
    for (const operation of await documentedOperations(mesh)) {
      const { method, path, isPublic } = operation;
      if (isPublic || method !== "GET") continue;
      const answer = await mesh.fetch(`${filledPath(path, ids)}?surprise=1`, {
        headers: allowedHeaders(operation, user),
      });
      if (answer.status === 400) await expectProblem(answer, "VALIDATION_ERROR");
      else accepted.push(`${path} ${answer.status}`);
    }
    expect(accepted).toEqual([]);
  });
});
