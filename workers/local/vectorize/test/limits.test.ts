import { reset } from "cloudflare:test";
import { afterEach, describe, expect, it } from "vitest";
import { DIMENSIONS, index, refusalOf, vectorOf } from "./support.ts";

afterEach(() => reset());

const values = vectorOf(1);

describe("what is to be stored is refused", () => {
  it("if it has other dimensions than the index, and nothing of its batch is stored", async () => {
    const batch = [
      { id: "good", values },
      { id: "bad", values: [1, 2, 3] },
    ];
    const reason = `invalid vector for id="bad", expected ${DIMENSIONS} dimensions, and got 3 dimensions`;
    expect(await refusalOf(index.upsert(batch))).toBe(`VECTOR_UPSERT_ERROR (code = 40012): ${reason}`);
    expect(await refusalOf(index.insert(batch))).toBe(`VECTOR_INSERT_ERROR (code = 40012): ${reason}`);
    expect((await index.describe()).vectorCount).toBe(0);
  });

  it("if a value is no number", async () => {
    expect(await refusalOf(index.upsert([{ id: "a", values: vectorOf(Number.NaN) }]))).toContain(
      "(code = 40023)",
    );
  });

  it("if its id has more than 64 bytes, not characters", async () => {
    expect(await refusalOf(index.upsert([{ id: "é".repeat(32), values }]))).toBe("");
    expect(await refusalOf(index.upsert([{ id: "é".repeat(33), values }]))).toBe(
      "VECTOR_UPSERT_ERROR (code = 40008): id too long; max is 64 bytes, got 66 bytes",
    );
    expect(await refusalOf(index.upsert([{ id: "", values }]))).toContain("(code = 40023)");
  });

  it("if its namespace has more than 64 bytes", async () => {
    expect(await refusalOf(index.upsert([{ id: "a", values, namespace: "n".repeat(64) }]))).toBe("");
    expect(await refusalOf(index.upsert([{ id: "a", values, namespace: "n".repeat(65) }]))).toContain(
      "namespace",
    );
  });

  it("if its metadata have more than 10 KiB as JSON, or a key that a filter can't name", async () => {
    const frame = JSON.stringify({ text: "" }).length;
    const largest = { text: "x".repeat(10 * 1024 - frame) };
    expect(await refusalOf(index.upsert([{ id: "a", values, metadata: largest }]))).toBe("");
    expect(
      await refusalOf(index.upsert([{ id: "a", values, metadata: { text: `${largest.text}x` } }])),
    ).toContain("metadata too large");
    for (const key of ["", "a.b", 'a"b', "$a"]) {
      expect(await refusalOf(index.upsert([{ id: "a", values, metadata: { [key]: 1 } }]))).toContain(
        "metadata key",
      );
    }
  });

  it("if there are more than 1,000 at once", async () => {
    const many = Array.from({ length: 1001 }, (_, i) => ({ id: `v${i}`, values }));
    expect(await refusalOf(index.upsert(many))).toContain("max is 1000, got 1001");
    expect(await refusalOf(index.upsert(many.slice(1)))).toBe("");
  });
});

describe("ids are refused", () => {
  it("if there are more than 20 to get, or 1,000 to delete", async () => {
    const ids = Array.from({ length: 1001 }, (_, i) => `v${i}`);
    expect(await refusalOf(index.getByIds(ids.slice(0, 20)))).toBe("");
    expect(await refusalOf(index.getByIds(ids.slice(0, 21)))).toMatch(
      /^VECTOR_GET_ERROR .* max is 20, got 21$/,
    );
    expect(await refusalOf(index.deleteByIds(ids.slice(1)))).toBe("");
    expect(await refusalOf(index.deleteByIds(ids))).toMatch(/^VECTOR_DELETE_ERROR .* max is 1000, got 1001$/);
  });
});

describe("a query is refused", () => {
  it("if its vector has other dimensions than the index", async () => {
    expect(await refusalOf(index.query([1, 2]))).toBe(
      `VECTOR_QUERY_ERROR (code = 40006): invalid query vector, expected ${DIMENSIONS} dimensions, and got 2 dimensions`,
    );
  });

  it("if it asks for more than 100 matches, or than 20 with values or all metadata", async () => {
    expect(await refusalOf(index.query(values, { topK: 100, returnMetadata: "indexed" }))).toBe("");
    expect(await refusalOf(index.query(values, { topK: 101 }))).toContain("(code = 40025)");
    for (const content of [
      { returnValues: true },
      { returnMetadata: "all" },
      { returnMetadata: true },
    ] as const) {
      expect(await refusalOf(index.query(values, { topK: 20, ...content }))).toBe("");
      expect(await refusalOf(index.query(values, { topK: 21, ...content }))).toContain(
        "max top K is 20, but got 21",
      );
    }
    for (const topK of [0, -1, 1.5, Number.NaN]) {
      expect(await refusalOf(index.query(values, { topK }))).toContain("invalid top K");
    }
  });

  it("if returnMetadata is false, as by the real index: it knows only levels, and true for all", async () => {
    expect(await refusalOf(index.query(values, { returnMetadata: false }))).toContain("(code = 40026)");
  });

  it("if its filter is not one, or names what has no metadata index", async () => {
    const refused = [
      {},
      { unindexed: 1 },
      { level: {} },
      { level: { $in: [] } },
      { level: { $eq: "a", $ne: "b" } },
      { level: { $gt: "a", $gte: "b" } },
      { level: "x".repeat(2048) },
      { $level: "a" },
      { "": "a" },
    ];
    for (const filter of refused) {
      expect(await refusalOf(index.query(values, { filter })), JSON.stringify(filter)).toContain("filter");
    }
  });

  it("if it is by the id of a vector that isn't there", async () => {
    expect(await refusalOf(index.queryById("nobody"))).toContain('id="nobody" not found');
  });
});
