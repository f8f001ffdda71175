import { SearchAnswerSchema, StatusSchema } from "@crescendai/contracts";
import * as v from "valibot";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seedLocalLibrary } from "../../scripts/local/seed.ts";
import { readLibraryFiles } from "../../scripts/seed/library-files.ts";
import { asUser, jsonRequest } from "../support/client.ts";
import { type Mesh, startMesh } from "../support/mesh.ts";
import { expectProblem } from "../support/problem.ts";

let mesh: Mesh;
beforeAll(async () => {
  mesh = await startMesh();
  await seedLocalLibrary(mesh.runtime);
});
afterAll(() => mesh.close());

const texts = new Map(readLibraryFiles().map(({ source_key, text }) => [source_key, text]));

async function search(query: Record<string, string>) {
  const answer = await mesh.fetch(`/api/v1/knowledge/search?${new URLSearchParams(query)}`, asUser("clara"));
  expect(answer.status).toBe(200);
  return v.parse(SearchAnswerSchema, await answer.json());
}

describe("a pianist's question", () => {
  it.each<[string, RegExp]>([
    ["How should I practice scales effectively?", /^technique\/scales-/],
    ["my left hand drowns the melody", /^technique\/left-hand-balance\.md$/],
    ["pedal sounds muddy in Chopin", /^technique\/pedal-muddy\.md$|^style\/pedalling-romantic-music\.md$/],
    ["wrists hurt after octaves", /^health\/wrists-hurt-after-octaves\.md$/],
    ["memory slips on stage", /^performance\/memory-slips-on-stage\.md$/],
    ["warm-up for ten minutes", /^practice\/warm-up-ten-minutes\.md$/],
    ["Bach ornaments", /^style\/bach-ornaments\.md$/],
    ["pieno technicue", /technique/],
  ])("%s finds the right document among the first three, and cites it word for word", async (q, right) => {
    const { results, mode } = await search({ q });
    expect(mode).toBe("hybrid+reranked");
    const sources = results.map(({ source }) => source);
    expect(
      sources.slice(0, 3).some((source) => right.test(source)),
      sources.join(", "),
    ).toBe(true);
    for (const { source, excerpt, relevance } of results) {
      expect(texts.get(source), source).toContain(excerpt);
      expect(relevance).toBeGreaterThan(0);
    }
  });

  it("that is vague but to the point finds something", async () => {
    expect((await search({ q: "my fingers are slow" })).results.length).toBeGreaterThan(0);
  });

  it.each(["best mortgage rate", "how do I file my tax returns", "how to cook pasta", "football results"])(
    "that is none finds nothing: %s",
    async (q) => {
      expect((await search({ q })).results).toEqual([]);
    },
  );

  it("with a filter finds nothing outside of it", async () => {
    const { results } = await search({ q: "pedal", document_type: "style" });
    expect(results.length).toBeGreaterThan(1);
    expect(results.every(({ source }) => source.startsWith("style/"))).toBe(true);
  });
});

const INVALIDATE = "/api/v1/admin/cache/invalidate";

/** A request of whoever sits at the machine, who names no user. */
function asOperator(body: unknown): RequestInit {
  return { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

describe("the caches", () => {
  const status = async () => v.parse(StatusSchema, await (await mesh.fetch("/api/status")).json());

  it("are counted in the status, and the count leaves the mesh nowhere else", async () => {
    await search({ q: "trills in Mozart" });
    const before = (await status()).caches["search"];
    const answer = await mesh.fetch("/api/v1/knowledge/search?q=trills+in+Mozart");
    expect([...answer.headers.keys()].filter((name) => name.startsWith("x-crescendai"))).toEqual([]);
    const after = (await status()).caches["search"];
    expect(after?.hits).toBe((before?.hits ?? 0) + 1);
    expect(after?.misses).toBe(before?.misses);
  });

  it("are emptied by an administrator, and by nobody else", async () => {
    await search({ q: "trills in Haydn" });
    const body = { caches: ["search"] };
    await expectProblem(await mesh.fetch(INVALIDATE, jsonRequest("POST", "clara", body)), "FORBIDDEN");
    const before = (await status()).caches["search"];
    const answer = await mesh.fetch(INVALIDATE, asOperator(body));
    expect(await answer.json()).toMatchObject({ caches: ["search"] });
    await search({ q: "trills in Haydn" });
    expect((await status()).caches["search"]?.misses).toBe((before?.misses ?? 0) + 1);
  });

  it("that don't exist can't be emptied", async () => {
    const answer = await mesh.fetch(INVALIDATE, asOperator({ caches: ["everything"] }));
    await expectProblem(answer, "VALIDATION_ERROR");
  });
});
