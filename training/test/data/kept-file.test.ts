import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keptFile } from "../../src/data/kept-file.ts";

describe("a kept file", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "kept-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("is made once, in folders that needn't be there yet, and read from then on", async () => {
    const path = join(folder, "new", "one.f32");
    expect([...(await keptFile(path, async () => Uint8Array.of(1, 2)))]).toEqual([1, 2]);
    const again = await keptFile(path, () => Promise.reject(new Error("made twice")));
    expect([...again]).toEqual([1, 2]);
    expect(await readdir(join(folder, "new"))).toEqual(["one.f32"]);
  });

  it("isn't there where it couldn't be made", async () => {
    const path = join(folder, "two.f32");
    await expect(keptFile(path, () => Promise.reject(new Error("unheard")))).rejects.toThrow("unheard");
    expect([...(await keptFile(path, async () => Uint8Array.of(3)))]).toEqual([3]);
  });
});
