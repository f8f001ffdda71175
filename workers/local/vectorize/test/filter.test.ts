import { reset } from "cloudflare:test";
import { beforeEach, describe, expect, it } from "vitest";
import { idsOf, index, vectorOf } from "./support.ts";

beforeEach(async () => {
  await reset();
  await index.upsert([
    { id: "a", values: vectorOf(1, 0), metadata: { level: "beginner", revision: 1 } },
    { id: "b", values: vectorOf(1, 1), metadata: { level: "advanced", revision: 2, author: "Czerny" } },
    { id: "c", values: vectorOf(1, 2), metadata: { level: "all", revision: 3, author: "Hanon" } },
    { id: "d", values: vectorOf(1, 3) },
    { id: "e", values: vectorOf(1, 4), metadata: { level: 7, revision: "3" } },
  ]);
});

async function found(filter: VectorizeVectorMetadataFilter): Promise<string> {
  return idsOf(await index.query(vectorOf(1), { filter })).join("");
}

describe("a filter", () => {
  it("by a value, or $eq, keeps what has it", async () => {
    expect(await found({ level: "beginner" })).toBe("a");
    expect(await found({ level: { $eq: "advanced" } })).toBe("b");
    expect(await found({ level: "nowhere" })).toBe("");
    expect(await found({ revision: 3 })).toBe("c");
  });

  it("by $ne keeps the others, also what has no such property", async () => {
    expect(await found({ level: { $ne: "beginner" } })).toBe("bcde");
  });

  it("by null, $eq null and $ne null tells what has a property from what has none", async () => {
    expect(await found({ author: null })).toBe("ade");
    expect(await found({ author: { $ne: null } })).toBe("bc");
  });

  it("by $in and $nin takes several values", async () => {
    expect(await found({ level: { $in: ["beginner", "all"] } })).toBe("ac");
    expect(await found({ level: { $nin: ["beginner", "all"] } })).toBe("bde");
  });

  it("by bounds keeps what lies between them, of numbers and of strings", async () => {
    expect(await found({ revision: { $gt: 1 } })).toBe("bc");
    expect(await found({ revision: { $gte: 1, $lt: 3 } })).toBe("ab");
    expect(await found({ revision: { $lte: 2 } })).toBe("ab");
    expect(await found({ author: { $gte: "D" } })).toBe("c");
  });

  it("on several properties wants all of them", async () => {
    expect(await found({ level: { $ne: "all" }, author: { $in: ["Czerny", "Hanon"] } })).toBe("b");
  });

  it("sees only values of the index's type: a level that is a number has none", async () => {
    expect(await found({ level: 7 })).toBe("");
    expect(await found({ level: null })).toBe("de");
  });

  it("is applied before the matches are counted", async () => {
    const { matches } = await index.query(vectorOf(1), { topK: 1, filter: { author: "Hanon" } });
    expect(matches.map(({ id }) => id)).toEqual(["c"]);
  });

  it("follows a change of the metadata", async () => {
    await index.upsert([{ id: "a", values: vectorOf(1), metadata: { level: "advanced" } }]);
    expect(await found({ level: "advanced" })).toBe("ab");
    expect(await found({ level: "beginner" })).toBe("");
  });
});
