import { AuditLogSchema } from "@crescendai/contracts";
import * as v from "valibot";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { UNKNOWN_ID, uploaded, uploadForm } from "../support/client.ts";
import { documentedOperations, filledPath } from "../support/documented-operations.ts";
import { type Mesh, startMesh } from "../support/mesh.ts";
import { expectProblem, expectSafeHeaders } from "../support/problem.ts";
import { sendRaw } from "../support/raw-http.ts";
import { shortTake } from "../support/wav.ts";

const APP_KEY = "app-key-7Yd2kQ";
const OTHER_APP_KEY = "other-app-key-Zp41xW";
const ADMIN_KEY = "admin-key-Lm93vB";

describe("where keys are configured", () => {
  let mesh: Mesh;
  beforeAll(async () => {
    mesh = await startMesh({
      environment: { ALLOWED_API_KEYS: `${APP_KEY}, ${OTHER_APP_KEY}, admin:${ADMIN_KEY}` },
    });
  });
  afterAll(() => mesh.close());

  const get = (path: string, headers: Record<string, string>) => mesh.fetch(path, { headers });

  it.each([
    { what: "no key", headers: {} },
    { what: "a user id only", headers: { "x-user-id": "clara" } },
    { what: "a key that isn't one", headers: { "x-api-key": "app-key-7Yd2kq" } },
    { what: "the beginning of a key", headers: { "x-api-key": "app-key" } },
    { what: "an empty key", headers: { "x-api-key": "" } },
    { what: "the admin key with its mark", headers: { "x-api-key": `admin:${ADMIN_KEY}` } },
    { what: "all keys at once", headers: { "x-api-key": `${APP_KEY}, ${OTHER_APP_KEY}` } },
    { what: "a bad bearer", headers: { authorization: "Bearer not-a-key" } },
    { what: "a key in the wrong scheme", headers: { authorization: `Basic ${APP_KEY}` } },
    {
      what: "a token that nobody signed",
      headers: { authorization: "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJjbGFyYSJ9." },
    },
    { what: "a bad bearer beside a good key", headers: { authorization: "Bearer no", "x-api-key": APP_KEY } },
  ])("$what opens no route but the public ones", async ({ headers }) => {
    for (const { method, path, isPublic } of await documentedOperations(mesh)) {
      const ids = { id: UNKNOWN_ID, job_id: UNKNOWN_ID, session_id: UNKNOWN_ID };
      const answer = await mesh.fetch(filledPath(path, ids), { method, headers });
      if (isPublic) {
        expect(answer.status, path).toBe(200);
        continue;
      }
      await expectProblem(answer, "UNAUTHORIZED");
      expect(answer.headers.get("www-authenticate")).toMatch(/^Bearer/);
      expectSafeHeaders(answer);
    }
  });

  it.each([
    { how: "in X-API-Key", headers: { "x-api-key": APP_KEY } },
    { how: "as a bearer", headers: { authorization: `Bearer ${APP_KEY}` } },
    { how: "as a bearer in lower case", headers: { authorization: `bearer ${APP_KEY}` } },
  ])("a key $how is let in", async ({ headers }) => {
    expect((await get("/api/v1/recordings", headers)).status).toBe(200);
  });

  it("an application acts for each of its users, who don't meet", async () => {
    const form = uploadForm(shortTake(1));
    const as = (user: string) => ({ "x-api-key": APP_KEY, "x-user-id": user });
    const answer = await mesh.fetch("/api/v1/upload", { method: "POST", body: form, headers: as("clara") });
    const { id } = await uploaded(answer);
    expect((await get(`/api/v1/recordings/${id}`, as("clara"))).status).toBe(200);
    for (const headers of [as("robert"), { "x-api-key": APP_KEY }, { "x-api-key": OTHER_APP_KEY }]) {
      await expectProblem(await get(`/api/v1/recordings/${id}`, headers), "NOT_FOUND");
    }
  });

  it("an application's key opens nothing that is for administrators, whomever it names", async () => {
    const operations = (await documentedOperations(mesh)).filter(({ isForAdmins }) => isForAdmins);
    expect(operations.length).toBeGreaterThan(0);
    for (const { method, path } of operations) {
      for (const headers of [{ "x-api-key": APP_KEY }, { "x-api-key": APP_KEY, "x-user-id": "admin" }]) {
        const answer = await mesh.fetch(filledPath(path, { id: UNKNOWN_ID }), { method, headers });
        await expectProblem(answer, "FORBIDDEN");
      }
    }
    expect((await get("/api/v1/knowledge/documents", { "x-api-key": ADMIN_KEY })).status).toBe(200);
  });

  it("two applications that name no user are two users", async () => {
    const put = await mesh.fetch("/api/v1/context", {
      method: "PUT",
      headers: { "x-api-key": APP_KEY, "content-type": "application/json" },
      body: JSON.stringify({ goals: "of the first application" }),
    });
    expect(put.status).toBe(200);
    const other = await get("/api/v1/context", { "x-api-key": OTHER_APP_KEY });
    expect(await other.json()).toMatchObject({ goals: [] });
  });

  it("an administrator reads a user's audit log; an application's key doesn't get at another's", async () => {
    const asPetra = { "x-api-key": APP_KEY, "x-user-id": "petra" };
    const put = await mesh.fetch("/api/v1/context", {
      method: "PUT",
      headers: { ...asPetra, "content-type": "application/json", "x-request-id": "petras-request-1" },
      body: JSON.stringify({ goals: "evenness" }),
    });
    expect(put.status).toBe(200);
    const log = await get("/api/v1/audit?user_id=petra", { "x-api-key": ADMIN_KEY });
    expect(v.parse(AuditLogSchema, await log.json()).entries).toMatchObject([
      { user_id: "petra", role: "user", action: "context.write", request_id: "petras-request-1" },
    ]);
    expect((await get("/api/v1/audit", asPetra)).status).toBe(200);
    for (const headers of [{ "x-api-key": APP_KEY }, { "x-api-key": APP_KEY, "x-user-id": "robert" }]) {
      await expectProblem(await get("/api/v1/audit?user_id=petra", headers), "FORBIDDEN");
    }
  });

  it.each([
    "cla\u0001ra",
    "cla\u007fra",
    "cl\u00e4ra",
    "../clara",
    "clara/robert",
    "clara robert",
    "a".repeat(129),
    "",
  ])("a user id that isn't one is refused: %j", async (user) => {
    const head = ["GET /api/v1/recordings HTTP/1.1", `X-API-Key: ${APP_KEY}`, `X-User-ID: ${user}`];
    const answer = await sendRaw(mesh.url, { head });
    expect((await expectProblem(answer, "VALIDATION_ERROR")).message).toMatch(/X-User-ID must be 1 to 128/);
  });

  it("no key, filename or body is ever in the log, and every request is", async () => {
    const user = "leonie";
    const headers = { "x-api-key": APP_KEY, "x-user-id": user };
    const form = uploadForm(shortTake(2), { originalName: "leonies-private-take.wav" });
    await mesh.fetch("/api/v1/upload", { method: "POST", body: form, headers });
    await mesh.fetch("/api/v1/context", {
      method: "PUT",
      headers: { ...headers, "content-type": "application/json", "x-request-id": "leonies-request" },
      body: JSON.stringify({ goals: "leonies-private-goal", unknown: "leonies-private-field" }),
    });
    await get("/api/v1/recordings?status=leonies-private-query", headers);
    await get("/api/v1/recordings", { "x-api-key": "a-wrong-key-1234" });
    await get("/api/v1/recordings", { authorization: `Bearer ${ADMIN_KEY}` });
    expect(mesh.logged.filter((line) => line.includes('"request_id":"leonies-request"')).join()).toMatch(
      /"route":"PUT \/api\/v1\/context","status":400/,
    );
    for (const secret of [APP_KEY, OTHER_APP_KEY, ADMIN_KEY, "a-wrong-key-1234", "leonies-private"]) {
      expect(mesh.logged.filter((line) => line.includes(secret))).toEqual([]);
    }
  });
});
