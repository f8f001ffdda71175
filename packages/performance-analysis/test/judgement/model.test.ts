import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { formatListeningModel, parseListeningModel } from "../../src/judgement/model.ts";

describe("the shipped model", () => {
  const bytes = new Uint8Array(readFileSync(new URL("../../model/listening-model.bin", import.meta.url)));

  it("is, byte by byte, what its parts are written as", () => {
    expect(formatListeningModel(parseListeningModel(bytes))).toEqual(bytes);
  });

  it("leaves room in a worker: less than a megabyte", () => {
    expect(bytes.length).toBeLessThan(1_000_000);
  });
});
