import { reset } from "cloudflare:test";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { DIMENSIONS, idsOf, index, vectorOf } from "./support.ts";

afterEach(() => reset());

describe("a query", () => {
  it("gives five matches if it doesn't say how many, by falling cosine", async () => {
    await index.upsert(Array.from({ length: 8 }, (_, i) => ({ id: `v${i}`, values: vectorOf(1, i) })));
    const { matches, count } = await index.query(vectorOf(2));
    expect(count).toBe(5);
    expect(matches.map(({ id }) => id)).toEqual(["v0", "v1", "v2", "v3", "v4"]);
    expect(matches[1]?.score).toBeCloseTo(Math.SQRT1_2, 6);
    expect(matches[0]).toEqual({ id: "v0", score: 1 });
  });

  it("gives nothing of an empty index", async () => {
    expect(await index.query(vectorOf(1))).toEqual({ matches: [], count: 0 });
  });

  it("gives values and metadata as asked: all of them, or what the metadata indexes hold", async () => {
    const metadata = { level: "x".repeat(70), revision: 3, author: 5, text: "not indexed" };
    await index.upsert([{ id: "a", values: vectorOf(1), namespace: "n", metadata }]);
    const ask = async (options: VectorizeQueryOptions) =>
      (await index.query(vectorOf(1), options)).matches[0];
    expect(await ask({})).toEqual({ id: "a", score: 1, namespace: "n" });
    expect(await ask({ returnValues: true })).toMatchObject({ values: vectorOf(1) });
    expect((await ask({ returnMetadata: "all" }))?.metadata).toEqual(metadata);
    expect((await ask({ returnMetadata: "indexed" }))?.metadata).toEqual({
      level: "x".repeat(64),
      revision: 3,
    });
  });

  it("by id takes that vector, which is itself its nearest", async () => {
    await index.upsert([1, 2, 3].map((i) => ({ id: `v${i}`, values: vectorOf(1, i) })));
    expect(idsOf(await index.queryById("v3", { topK: 2 }))).toEqual(["v3", "v2"]);
  });

  it("looks only in the namespace it names", async () => {
    await index.upsert([
      { id: "a", values: vectorOf(1), namespace: "one" },
      { id: "b", values: vectorOf(1), namespace: "two" },
      { id: "c", values: vectorOf(1) },
    ]);
    expect(idsOf(await index.query(vectorOf(1), { namespace: "two" }))).toEqual(["b"]);
    expect(idsOf(await index.query(vectorOf(1), { namespace: "three" }))).toEqual([]);
    expect(idsOf(await index.query(vectorOf(1)))).toEqual(["a", "b", "c"]);
  });

  it("no longer finds a vector in a namespace that it left, though that was all there is", async () => {
    for (const namespace of ["one", "two"]) await index.upsert([{ id: "a", values: vectorOf(1), namespace }]);
    expect(idsOf(await index.query(vectorOf(1), { namespace: "one" }))).toEqual([]);
    expect(idsOf(await index.query(vectorOf(1), { namespace: "two" }))).toEqual(["a"]);
    await index.deleteByIds(["a"]);
    expect(idsOf(await index.query(vectorOf(1), { namespace: "two" }))).toEqual([]);
  });

  it("treats a vector of zeros as having nothing to do with any", async () => {
    await index.upsert([
      { id: "zero", values: vectorOf() },
      { id: "opposite", values: vectorOf(-1) },
    ]);
    expect((await index.query(vectorOf(1))).matches).toEqual([
      { id: "zero", score: 0 },
      { id: "opposite", score: -1 },
    ]);
  });
});

describe("the matches are those of a comparison with every vector in full precision", () => {
  it("whatever the vectors: spread, in clusters, tiny, repeated", { timeout: 180_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 1000 }),
        fc.integer({ min: 1, max: 100 }),
        fc.constantFrom(1, 0.1, 0.001),
        fc.integer(),
        async (count, topK, spread, seed) => {
          await reset();
          const random = gaussianOf(seed);
          const centres = Array.from({ length: 3 }, () => randomVector(random, 1));
          const vectors = Array.from({ length: count }, (_, i) => {
            const centre = centres[i % centres.length] ?? [];
            const noise = randomVector(random, spread);
            return { id: `v${i}`, values: noise.map((value, k) => value + (centre[k] ?? 0)) };
          });
          await index.upsert(vectors);
          const query = randomVector(random, spread).map((value, k) => value + (centres[0]?.[k] ?? 0));
          const { matches } = await index.query(query, { topK });
          const expected = vectors
            .map(({ id, values }) => ({ id, score: cosineOf(query, values) }))
            .toSorted((one, other) => other.score - one.score || (one.id < other.id ? -1 : 1))
            .slice(0, topK);
          expect(matches).toEqual(expected);
        },
      ),
      { seed: 20261128, numRuns: 25 },
    );
  });
});

function cosineOf(one: readonly number[], other: readonly number[]): number {
  // The index keeps 32 bits of every value.
  const a = Float32Array.from(one);
  const b = Float32Array.from(other);
  let product = 0;
  let squaresA = 0;
  let squaresB = 0;
  for (let i = 0; i < a.length; i += 1) {
    product += a[i] * b[i];
    squaresA += a[i] * a[i];
    squaresB += b[i] * b[i];
  }
  return product / (Math.sqrt(squaresA) * Math.sqrt(squaresB));
}

function randomVector(random: () => number, spread: number): number[] {
  return Array.from({ length: DIMENSIONS }, () => random() * spread);
}

/** Normally distributed numbers by Box and Muller, from a linear congruential generator (Numerical Recipes' constants). */
function gaussianOf(seed: number): () => number {
  let state = seed >>> 0;
  const uniform = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}
