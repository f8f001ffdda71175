import { evictDurableObject, reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it } from "vitest";
import { DIMENSIONS, idsOf, index, vectorOf } from "./support.ts";

afterEach(() => reset());

describe("what is stored", () => {
  it("can be found as soon as the mutation is answered", async () => {
    await index.upsert([{ id: "a", values: vectorOf(1) }]);
    expect(idsOf(await index.query(vectorOf(1)))).toEqual(["a"]);
  });

  it("comes back as it was given, in 32 bits", async () => {
    const metadata = { level: "beginner", nested: { deep: 1 }, tags: ["a", "b"], on: true };
    await index.upsert([{ id: "a", values: vectorOf(0.1, -2.5), namespace: "school", metadata }]);
    await index.upsert([{ id: "b", values: new Float32Array(vectorOf(3)) }]);
    expect(await index.getByIds(["a", "b", "c"])).toEqual([
      { id: "a", values: [...Float32Array.from(vectorOf(0.1, -2.5))], namespace: "school", metadata },
      { id: "b", values: vectorOf(3) },
    ]);
  });

  it("is kept by an insert and replaced by an upsert", async () => {
    await index.insert([{ id: "a", values: vectorOf(1) }]);
    await index.insert([
      { id: "a", values: vectorOf(2) },
      { id: "b", values: vectorOf(3) },
    ]);
    expect((await index.getByIds(["a"]))[0]?.values).toEqual(vectorOf(1));
    await index.upsert([{ id: "a", values: vectorOf(0, 4) }]);
    expect((await index.getByIds(["a"]))[0]?.values).toEqual(vectorOf(0, 4));
    expect(idsOf(await index.query(vectorOf(0, 1), { topK: 1 }))).toEqual(["a"]);
    expect((await index.describe()).vectorCount).toBe(2);
  });

  it("of a batch with one id twice is the last with upsert, the first with insert", async () => {
    const twice = [
      { id: "a", values: vectorOf(1) },
      { id: "a", values: vectorOf(0, 1) },
    ];
    await index.insert(twice);
    expect((await index.getByIds(["a"]))[0]?.values).toEqual(vectorOf(1));
    await index.upsert(twice);
    expect((await index.getByIds(["a"]))[0]?.values).toEqual(vectorOf(0, 1));
  });

  it("is gone at once when it is deleted, and its place is used again", async () => {
    await index.upsert(["a", "b", "c"].map((id, i) => ({ id, values: vectorOf(1, i) })));
    await index.deleteByIds(["b", "unknown"]);
    expect(idsOf(await index.query(vectorOf(1)))).toEqual(["a", "c"]);
    expect(await index.getByIds(["b"])).toEqual([]);
    await index.upsert([
      { id: "d", values: vectorOf(-1) },
      { id: "e", values: vectorOf(-1, 0.1) },
    ]);
    expect(idsOf(await index.query(vectorOf(1)))).toEqual(["a", "c", "e", "d"]);
  });

  it("outlives the object's memory, holes and all", async () => {
    await index.upsert(
      ["a", "b", "c", "d"].map((id, i) => ({ id, values: vectorOf(1, i), metadata: { level: id } })),
    );
    await index.deleteByIds(["b"]);
    const before = await index.query(vectorOf(1, 2), { returnMetadata: "all" });
    await evictDurableObject(env.INDEX.getByName(`${env.INDEX_NAME}-${env.DIMENSIONS}`));
    expect(await index.query(vectorOf(1, 2), { returnMetadata: "all" })).toEqual(before);
    expect(idsOf(await index.query(vectorOf(1, 2), { filter: { level: "d" } }))).toEqual(["d"]);
    await index.upsert([{ id: "e", values: vectorOf(0, 1) }]);
    expect(idsOf(await index.query(vectorOf(0, 1)))).toEqual(["e", "d", "c", "a"]);
  });
});

describe("describe", () => {
  it("counts vectors, and mutations by the number that each is answered with", async () => {
    expect(await index.describe()).toEqual({
      vectorCount: 0,
      dimensions: DIMENSIONS,
      processedUpToDatetime: 0,
      processedUpToMutation: 0,
    });
    const first = await index.upsert([{ id: "a", values: vectorOf(1) }]);
    const second = await index.deleteByIds(["a"]);
    expect([first.mutationId, second.mutationId]).toEqual(["1", "2"]);
    const after = await index.describe();
    expect(after).toMatchObject({ vectorCount: 0, processedUpToMutation: 2 });
    expect(after.processedUpToDatetime).toBeGreaterThan(0);
  });
});
