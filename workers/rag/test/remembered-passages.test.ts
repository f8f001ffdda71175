import { env } from "cloudflare:workers";
import { createLogger, openDatabase } from "@crescendai/worker-kit";
import { overriding } from "@crescendai/worker-testing/overriding";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { passagesOf } from "../src/search/remembered-passages.ts";
import { chunksOf, migrate, remove, stored } from "./support/service.ts";

const read: string[] = [];
const database = openDatabase(
  overriding(env.DB, {
    prepare: (text: string) => {
      read.push(text);
      return env.DB.prepare(text);
    },
  }),
  createLogger("test"),
);

beforeAll(migrate);

/** A document's only passage: the ids of both. */
async function passage(text: string) {
  const { id } = await stored(text);
  const [chunk] = await chunksOf(id);
  return { document: id, chunk: chunk?.chunk_id ?? "" };
}

async function textsOf(generation: number, ids: readonly string[], total = 100_000) {
  const passages = await passagesOf(database, { generation, total }, ids);
  if (!passages.ok) throw new Error(passages.error.message);
  return passages.value.map(({ text }) => text);
}

describe("the passages of a search", () => {
  it("come in the order that they are asked for, read or remembered, without what isn't there", async () => {
    const [one, other] = [await passage("Thumb under."), await passage("Hand over.")];
    expect(await textsOf(1, [one.chunk])).toEqual(["Thumb under."]);
    expect(await textsOf(1, [other.chunk, "unknown", one.chunk])).toEqual(["Hand over.", "Thumb under."]);
    expect(await textsOf(1, [one.chunk, other.chunk])).toEqual(["Thumb under.", "Hand over."]);
  });

  it("are read once a generation, so that what is deleted is gone with the next", async () => {
    const { document, chunk } = await passage("A trill begins on the note above.");
    expect(await textsOf(2, [chunk])).toEqual(["A trill begins on the note above."]);
    const before = read.length;
    expect(await textsOf(2, [chunk])).toEqual(["A trill begins on the note above."]);
    expect(read.length).toBe(before);
    await remove(document);
    expect(await textsOf(3, [chunk])).toEqual([]);
    expect(read.length).toBe(before + 1);
  });

  const many = Array.from({ length: 1000 }, (_, index) => `unknown ${index}`);

  it("are all read behind an answer once a library that fits has been asked for many", async () => {
    // More than are read in one call.
    const text = Array.from(
      { length: 450 },
      (_, index) => `## Étude ${index}\n\n${"Play it. ".repeat(60)}`,
    ).join("\n\n");
    const { id } = await stored(text);
    const chunks = (await Promise.all([1, 2, 3, 4, 5].map((page) => chunksOf(id, page)))).flat();
    expect(chunks.length).toBeGreaterThan(400);
    await textsOf(4, many, chunks.length);
    await vi.waitUntil(async () => {
      const before = read.length;
      await textsOf(4, [chunks.at(-1)?.chunk_id ?? ""]);
      return read.length === before;
    });
    const before = read.length;
    expect(
      await textsOf(
        4,
        chunks.map(({ chunk_id }) => chunk_id),
      ),
    ).toEqual(chunks.map((chunk) => chunk.text));
    expect(read.length).toBe(before);
  });

  it("are forgotten after an hour, and all of them read again once that is worth it", async () => {
    const { chunk } = await passage("A tremolo comes out of the forearm.");
    const readWhole = () => read.filter((text) => text.includes("seq > ?")).length;
    const clock = vi.spyOn(Date, "now");
    try {
      const now = Date.now();
      const begun = readWhole();
      await textsOf(6, [chunk], 10_000);
      await textsOf(6, many, 10_000);
      await vi.waitUntil(() => readWhole() > begun);
      const before = readWhole();
      clock.mockReturnValue(now + 61 * 60 * 1000);
      const reads = read.length;
      await textsOf(6, [chunk], 10_000);
      expect(read.length).toBe(reads + 1);
      await textsOf(6, many, 10_000);
      await vi.waitUntil(() => readWhole() > before);
    } finally {
      clock.mockRestore();
    }
  });

  it("of a library that doesn't fit are read as they are asked for, however many", async () => {
    const { chunk } = await passage("A mordent goes down and comes back.");
    await textsOf(5, many);
    const before = read.length;
    await textsOf(5, many);
    expect(read.slice(before)).toHaveLength(1);
    expect(await textsOf(5, [chunk])).toEqual(["A mordent goes down and comes back."]);
    expect(read.slice(before)).toHaveLength(2);
  });
});
