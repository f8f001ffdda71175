import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  asUser,
  jsonRequest,
  recordingsOf,
  sendUpload,
  UNKNOWN_ID,
  uploadAs,
  uploadForm,
} from "../support/client.ts";
import { type Mesh, startMesh } from "../support/mesh.ts";
import { expectProblem, expectSafeHeaders } from "../support/problem.ts";
import { shortTake } from "../support/wav.ts";

const USER = "clara";
/** Uploads a user has in a minute, and how many are tried at once. */
const LIMIT = 20;
const TRIED = 40;

const remainingOf = (answer: Response) => Number(/;r=(\d+)/.exec(answer.headers.get("ratelimit") ?? "")?.[1]);

describe("40 uploads at once by one user", () => {
  let mesh: Mesh;
  let answers: Response[];
  let other: { readonly status: number; readonly remaining: number };

  beforeAll(async () => {
    mesh = await startMesh();
    // Wakes every worker, so that the uploads do arrive at once.
    await uploadAs(mesh, "somebody-before", shortTake(99));
    const uploads = Array.from({ length: TRIED }, (_, take) =>
      sendUpload(mesh, USER, uploadForm(shortTake(take))),
    );
    const meanwhile = await sendUpload(mesh, "robert", uploadForm(shortTake(50)));
    other = { status: meanwhile.status, remaining: remainingOf(meanwhile) };
    answers = await Promise.all(uploads);
  });
  afterAll(() => mesh.close());

  it("let exactly 20 pass", async () => {
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(LIMIT);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(TRIED - LIMIT);
    expect(await recordingsOf(mesh, USER)).toHaveLength(LIMIT);
  });

  it("are told what is left, each another number", () => {
    const left = answers.filter(({ status }) => status === 200).map(remainingOf);
    expect(left.toSorted((a, b) => a - b)).toEqual(Array.from({ length: LIMIT }, (_, count) => count));
    for (const answer of answers) {
      expect(answer.headers.get("ratelimit-policy")).toBe('"upload";q=20;w=60');
      expect(answer.headers.get("ratelimit")).toMatch(/^"upload";r=\d+;t=\d+$/);
    }
  });

  it("are refused with when to try again", async () => {
    const refused = answers.filter(({ status }) => status === 429);
    for (const answer of refused) {
      const seconds = Number(answer.headers.get("retry-after"));
      expect(seconds).toBeGreaterThanOrEqual(1);
      expect(seconds).toBeLessThanOrEqual(60);
      expect(remainingOf(answer)).toBe(0);
      expectSafeHeaders(answer);
      const { message } = await expectProblem(answer, "RATE_LIMIT_EXCEEDED");
      expect(message).toContain(`Try again in ${seconds} s`);
    }
  });

  it("don't touch another user", () => {
    expect(other).toEqual({ status: 200, remaining: LIMIT - 1 });
  });

  it("don't touch what else the user does", async () => {
    const answer = await mesh.fetch("/api/v1/recordings", asUser(USER));
    expect(answer.status).toBe(200);
    expect(answer.headers.get("ratelimit-policy")).toBe('"read";q=300;w=60');
    const put = await mesh.fetch("/api/v1/context", jsonRequest("PUT", USER, {}));
    expect(put.status).toBe(200);
    expect(put.headers.get("ratelimit-policy")).toBe('"write";q=60;w=60');
  });

  it("count whether they succeed or not, so that bad requests don't come for free", async () => {
    const refused = await sendUpload(mesh, "fanny", new FormData());
    expect(refused.status).toBe(400);
    expect(remainingOf(refused)).toBe(LIMIT - 1);
    const missing = await mesh.fetch(`/api/v1/recordings/${UNKNOWN_ID}`, asUser("fanny"));
    expect(missing.status).toBe(404);
    expect(remainingOf(missing)).toBe(299);
  });
});
