import { env } from "cloudflare:workers";
import { captureLog } from "@crescendai/worker-testing/captured-log";
import { overriding } from "@crescendai/worker-testing/overriding";
import { beforeAll, describe, expect, it } from "vitest";
import { foundByWord, nearestChunks, traces } from "./support/found.ts";
import {
  ask,
  chunksOf,
  DOCUMENTS,
  documentOf,
  migrate,
  postText,
  problemOf,
  ragOn,
  readDocument,
  remove,
  stored,
  sweepAt,
} from "./support/service.ts";

beforeAll(migrate);

const SECRET = "upstream 10.0.0.7 refused the token";
const outage = () => Promise.reject(new Error(SECRET));
const HOUR_MS = 3_600_000;

const withoutModel: RagEnv = { ...env, AI: overriding(env.AI, { run: outage }) };
const withoutIndex: RagEnv = {
  ...env,
  VECTORIZE: overriding(env.VECTORIZE, { upsert: outage, deleteByIds: outage, query: outage }),
};
const withoutStorage: RagEnv = {
  ...env,
  DOCUMENTS: overriding(env.DOCUMENTS, { put: outage, get: outage, delete: outage, head: outage }),
};
const readOnly: RagEnv = { ...env, DB: overriding(env.DB, { batch: outage }) };

describe.each([
  ["a model", withoutModel, "quintuplets"],
  ["an index", withoutIndex, "septuplets"],
])("%s that doesn't answer", (_what, bindings, word) => {
  it("leaves a document found by its words, marked, and tried again until it is whole", async () => {
    captureLog();
    const answer = await postText(`On ${word}.`, {}, bindings);
    const { id, status, error, searchable, embedding_model } = await documentOf(answer, 202);
    expect({ status, searchable, embedding_model }).toEqual({
      status: "processing",
      searchable: true,
      embedding_model: null,
    });
    expect(error).toMatch(/tried again/);
    expect(error).not.toContain(SECRET);
    expect(await foundByWord(word)).toEqual([id]);

    await sweepAt(Date.now() + HOUR_MS, bindings);
    expect((await readDocument(id)).status).toBe("processing");
    // Not sooner than it is due: a model that is down isn't asked every minute by every document.
    await sweepAt(Date.now());
    expect((await readDocument(id)).status).toBe("processing");
    await sweepAt(Date.now() + HOUR_MS);
    expect(await readDocument(id)).toMatchObject({
      status: "ready",
      error: null,
      embedding_model: env.EMBEDDING_MODEL,
    });
    const [chunk] = await chunksOf(id);
    expect(await nearestChunks(word)).toContain(chunk?.chunk_id);
  });

  it("in the middle of a new version lets search see the new one by its words, and no mixture", async () => {
    captureLog();
    const { id } = await stored(`Old text of ${word}ish.`, { title: word });
    const old = await chunksOf(id);
    const renamed = await postText(`Old text of ${word}ish.`, { title: `Other ${word}` }, bindings);
    expect((await documentOf(renamed, 202)).title).toBe(`Other ${word}`);
    expect(await foundByWord(`${word}ish`)).toEqual([id]);
    await sweepAt(Date.now() + HOUR_MS);
    expect((await readDocument(id)).status).toBe("ready");
    expect(await env.VECTORIZE.getByIds(old.map(({ chunk_id }) => chunk_id))).toEqual([]);
  });
});

it("a batch of vectors that succeeded isn't asked for again when a later one failed", async () => {
  captureLog();
  const text = Array.from(
    { length: 130 },
    (_, index) => `## Part ${index}\n\n${`Listen to bar ${index}. `.repeat(30)}`,
  ).join("\n\n");
  let calls = 0;
  const tiring: RagEnv = {
    ...env,
    AI: overriding(env.AI, {
      run: (model: string, input: Record<string, unknown>) => {
        calls += 1;
        return calls === 1 ? env.AI.run(model, input) : outage();
      },
    }),
  };
  const { id, chunk_count } = await documentOf(await postText(text, { title: "Long" }, tiring), 202);
  expect(chunk_count).toBeGreaterThan(100);
  let texts = 0;
  const counting: RagEnv = {
    ...env,
    AI: overriding(env.AI, {
      run: (model: string, input: { text: string[] }) => {
        texts += input.text.length;
        return env.AI.run(model, input);
      },
    }),
  };
  await sweepAt(Date.now() + HOUR_MS, counting);
  expect((await readDocument(id)).status).toBe("ready");
  expect(texts).toBe(chunk_count - 100);
});

describe("a storage that doesn't answer", () => {
  it("refuses a document, and leaves nothing of it that stays", async () => {
    captureLog();
    const before = await traces();
    const problem = await problemOf(await postText("Never stored.", {}, withoutStorage));
    expect(problem.error).toBe("STORAGE_ERROR");
    expect(problem.message).not.toContain(SECRET);
    await sweepAt(Date.now() + HOUR_MS);
    // The trace of the object goes with time, which no test waits for; nothing else is there.
    expect({ ...(await traces()), unclaimed_objects: 0 }).toEqual({ ...before, unclaimed_objects: 0 });
  });

  it("lets a document be ingested again later, while search goes on with what it had", async () => {
    captureLog();
    const { id } = await stored("Glissandi are played with the nail.");
    const answer = await ask(`${DOCUMENTS}/${id}/reingest`, { method: "POST" }, withoutStorage);
    expect((await documentOf(answer, 202)).error).toMatch(/original/);
    expect(await foundByWord("glissandi")).toEqual([id]);
    await sweepAt(Date.now() + HOUR_MS);
    expect(await readDocument(id)).toMatchObject({ status: "ready", error: null, revision: 2 });
    expect(await foundByWord("glissandi")).toEqual([id]);
  });

  it("without the original says so, and search goes on with what it had", async () => {
    const { id } = await stored("Tremolandi need a loose forearm.");
    for (const { key } of (await env.DOCUMENTS.list()).objects) await env.DOCUMENTS.delete(key);
    const answer = await ask(`${DOCUMENTS}/${id}/reingest`, { method: "POST" });
    expect(await documentOf(answer, 200)).toMatchObject({ status: "failed", searchable: true });
    expect(await foundByWord("tremolandi")).toEqual([id]);
    expect((await remove(id)).status).toBe(200);
    expect(await foundByWord("tremolandi")).toEqual([]);
  });

  it("shows in the service's health", async () => {
    expect(await ragOn(withoutStorage).health()).toMatchObject({
      status: "degraded",
      dependencies: { DB: "ok", DOCUMENTS: "failing" },
    });
  });
});

describe("a deletion while something doesn't answer", () => {
  it.each([
    ["the index", withoutIndex, "appoggiatura"],
    ["the storage", withoutStorage, "acciaccatura"],
  ])(
    "hides the document at once where %s fails, and is finished by the sweep",
    async (_what, bindings, word) => {
      captureLog();
      const before = await traces();
      const { id } = await stored(`On the ${word}.`);
      const ids = (await chunksOf(id)).map(({ chunk_id }) => chunk_id);
      expect((await remove(id, bindings)).status).toBe(200);
      expect((await ask(`${DOCUMENTS}/${id}`)).status).toBe(404);
      expect(await foundByWord(word)).toEqual([]);
      const left = await traces();
      expect(left).not.toEqual(before);
      expect(left["chunks_fts"]).toBe(before["chunks_fts"]);
      await sweepAt(Date.now());
      expect(await traces()).toEqual(before);
      expect(await env.VECTORIZE.getByIds(ids)).toEqual([]);
    },
  );

  it("changes nothing if it can't be written down", async () => {
    captureLog();
    const { id } = await stored("On the mordent.");
    expect((await problemOf(await remove(id, readOnly))).error).toBe("DATABASE_ERROR");
    expect(await foundByWord("mordent")).toEqual([id]);
  });
});

it("a document deleted while it is being embedded leaves no vectors behind", async () => {
  const before = await traces();
  let ids: string[] = [];
  const racing: RagEnv = {
    ...env,
    VECTORIZE: overriding(env.VECTORIZE, {
      upsert: async (vectors: VectorizeVector[]) => {
        ids = vectors.map(({ id }) => id);
        const [row] = (
          await env.DB.prepare("SELECT document_id FROM chunks WHERE id = ?")
            .bind(ids[0])
            .all<{ document_id: string }>()
        ).results;
        await remove(row?.document_id ?? "");
        return await env.VECTORIZE.upsert(vectors);
      },
    }),
  };
  const answer = await postText("Gone before it was there.", {}, racing);
  expect(answer.status).toBe(404);
  expect(ids).not.toEqual([]);
  expect(await env.VECTORIZE.getByIds(ids)).toEqual([]);
  expect(await traces()).toEqual(before);
});

it("a revision whose worker died is finished by the sweep", async () => {
  captureLog();
  const answer = await postText(
    "Left half-way by a crash.",
    {},
    {
      ...env,
      DB: overriding(env.DB, {
        batch: (statements: D1PreparedStatement[]) => {
          batches += 1;
          return batches > 2 ? outage() : env.DB.batch(statements);
        },
      }),
    },
  );
  expect(await documentOf(answer, 202)).toMatchObject({ status: "pending", searchable: false });
  await sweepAt(Date.now() + HOUR_MS);
  const [id] = await foundByWord("crash");
  expect(await readDocument(id ?? "")).toMatchObject({ status: "ready", revision: 1 });
});
let batches = 0;

it("a document that ends whoever reads it, time after time, is given up at last, and holds up no other", async () => {
  captureLog();
  const { id } = await stored("Readable at first: on the schwebung.");
  await ask(`${DOCUMENTS}/${id}/reingest`, { method: "POST" }, withoutStorage);
  const dying = env.DB.prepare("UPDATE revisions SET attempts = 12 WHERE document_id = ? AND revision = 2");
  await dying.bind(id).run();
  const other = await documentOf(await postText("Waits beside it.", {}, withoutModel), 202);
  await sweepAt(Date.now() + HOUR_MS);
  expect(await readDocument(id)).toMatchObject({ status: "failed", searchable: true });
  expect((await readDocument(id)).error).toMatch(/many attempts/);
  expect(await foundByWord("schwebung")).toEqual([id]);
  expect((await readDocument(other.id)).status).toBe("ready");
});

it("the log holds nothing of what a document says", async () => {
  const lines = captureLog();
  const { id } = await documentOf(
    await postText("Unutterable secrets.", { title: "Secret title" }, withoutModel),
    202,
  );
  await remove(id, withoutIndex);
  expect(lines.length).toBeGreaterThan(0);
  for (const { text } of lines) expect(text).not.toMatch(/unutterable|secret title/i);
});
