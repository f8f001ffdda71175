import { mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keptNumbers } from "../../src/data/kept-numbers.ts";

describe("kept numbers", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "kept-"));
  });
  afterAll(() => rm(folder, { recursive: true }));
  const of =
    (...numbers: readonly number[]) =>
    async () =>
      Float32Array.from(numbers);
  const never = () => Promise.reject(new Error("made twice"));

  it("are made once, in folders that needn't be there yet, and read from then on", async () => {
    const path = join(folder, "new", "one.f32");
    expect(await keptNumbers(path, [], of(1, 2.5))).toEqual(Float32Array.of(1, 2.5));
    expect(await keptNumbers(path, [], never)).toEqual(Float32Array.of(1, 2.5));
    expect(await readdir(join(folder, "new"))).toEqual(["one.f32"]);
  });

  it("aren't there where they couldn't be made", async () => {
    const path = join(folder, "two.f32");
    await expect(keptNumbers(path, [], () => Promise.reject(new Error("unheard")))).rejects.toThrow(
      "unheard",
    );
    expect(await keptNumbers(path, [], of(3))).toEqual(Float32Array.of(3));
  });

  it("are made anew where what they are made from was written since, and stay where it is gone", async () => {
    const path = join(folder, "three.f32");
    const source = join(folder, "source");
    await writeFile(source, "heard");
    await utimes(source, 1000, 1000);
    await keptNumbers(path, [source], of(4));
    expect(await keptNumbers(path, [source], never)).toEqual(Float32Array.of(4));
    await utimes(path, 1000, 1000);
    await utimes(source, 2000, 2000);
    expect(await keptNumbers(path, [source], of(5))).toEqual(Float32Array.of(5));
    await rm(source);
    expect(await keptNumbers(path, [source], never)).toEqual(Float32Array.of(5));
  });
});
