import { env } from "cloudflare:workers";
import { createLogger, openDatabase } from "@crescendai/worker-kit";
import { overriding } from "@crescendai/worker-testing/overriding";
import { beforeAll, describe, expect, it } from "vitest";
import { readSearchState } from "../src/tables/search-state.ts";
import { foundByWord, generation, nearestChunks } from "./support/found.ts";
import { ask, chunksOf, migrate, readDocument, stored, sweepAt } from "./support/service.ts";

beforeAll(migrate);

const database = openDatabase(env.DB, createLogger("test"));

/** The mesh with another embedding model: the same numbers under another name. */
const OTHER = "@other/model";
const withOtherModel: RagEnv = {
  ...env,
  EMBEDDING_MODEL: OTHER,
  AI: overriding(env.AI, {
    run: (_model: string, input: Record<string, unknown>) => env.AI.run(env.EMBEDDING_MODEL, input),
  }),
};

async function vectorsComplete(model: string): Promise<boolean> {
  const state = await readSearchState(database, model);
  if (!state.ok) throw new Error(state.error.message);
  return state.value.vectorsComplete;
}

describe("another embedding model", () => {
  it("never meets vectors of the one before, and has its own after the next sweep", async () => {
    const { id } = await stored("Trills are practised slowly, with even fingers.");
    const [chunk] = await chunksOf(id);
    expect(await vectorsComplete(env.EMBEDDING_MODEL)).toBe(true);
    expect(await vectorsComplete(OTHER)).toBe(false);
    expect(await nearestChunks("even trills", OTHER)).toEqual([]);

    await sweepAt(Date.now() + 1000, withOtherModel);
    expect((await readDocument(id)).embedding_model).toBe(OTHER);
    expect(await vectorsComplete(OTHER)).toBe(true);
    expect(await nearestChunks("even trills", OTHER)).toContain(chunk?.chunk_id);
    expect(await nearestChunks("even trills")).not.toContain(chunk?.chunk_id);

    await sweepAt(Date.now() + 1000);
    expect((await readDocument(id)).embedding_model).toBe(env.EMBEDDING_MODEL);
    expect(await nearestChunks("even trills", OTHER)).toEqual([]);
  });
});

describe("the index made anew", () => {
  it("finds the same as before, by words and by vectors, whatever had become of it", async () => {
    const texts = [
      "Octaves from a free wrist.",
      "Voicing the melody above chords.",
      "Half pedal in Debussy.",
    ];
    for (const text of texts) await stored(text, { title: text.slice(0, 12), topics: ["craft"] });
    const questions = ["octaves wrist", "melody voicing", "pedal"];
    const found = async () => ({
      words: await Promise.all(["wrist", "melody", "debussy", "craft"].map(foundByWord)),
      vectors: await Promise.all(questions.map((question) => nearestChunks(question))),
    });
    const before = await found();
    expect(before.words.every((ids) => ids.length > 0)).toBe(true);

    // What a restored backup has: the tables, and neither index.
    await env.DB.prepare("DELETE FROM chunks_fts").run();
    await env.VECTORIZE.deleteByIds((before.vectors[0] ?? []).slice());
    expect(await foundByWord("wrist")).toEqual([]);
    expect(await nearestChunks("pedal")).toEqual([]);

    const generationBefore = await generation();
    const answer = await ask("/api/v1/knowledge/rebuild", { method: "POST" });
    expect(await answer.json()).toMatchObject({ documents: 4, chunks: 4 });
    expect(await found()).toEqual(before);
    expect(await generation()).toBeGreaterThan(generationBefore);
  });
});
