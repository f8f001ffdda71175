import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ModelArray, readModelFile, writeModelFile } from "../../src/judgement/model-file.ts";

describe("a model file", () => {
  it("gives back the arrays and the header that were written, whatever their lengths", () => {
    fc.assert(
      fc.property(
        fc.array(fc.int8Array({ maxLength: 9 }), { maxLength: 4 }),
        fc.array(fc.array(fc.integer({ min: -32_768, max: 32_767 }), { maxLength: 9 }), { maxLength: 4 }),
        fc.array(fc.float32Array({ maxLength: 9, noNaN: true }), { maxLength: 4 }),
        fc.stringMatching(/^[ -~]*$/u),
        (bytes, shorts, floats, note) => {
          const arrays = new Map<string, ModelArray>([
            ...bytes.map((array, index) => [`bytes ${index}`, array] as const),
            ...shorts.map((array, index) => [`shorts ${index}`, Int16Array.from(array)] as const),
            ...floats.map((array, index) => [`floats ${index}`, array] as const),
          ]);
          const read = readModelFile(writeModelFile({ note }, arrays));
          expect(read.header.note).toBe(note);
          expect([...read.arrays.keys()]).toEqual([...arrays.keys()]);
          for (const [name, array] of arrays) expect(read.arrays.get(name)).toEqual(array);
        },
      ),
      { seed: 7 },
    );
  });

  it("is not taken for one when it is something else", () => {
    expect(() => readModelFile(new Uint8Array(64))).toThrow("not a model file");
  });

  it("is refused where the end of its numbers is missing, or something follows them", () => {
    const file = writeModelFile({}, new Map([["numbers", Float32Array.of(1, 2, 3)]]));
    expect(() => readModelFile(file.subarray(0, -4))).toThrow("cut off");
    expect(() => readModelFile(Uint8Array.from([...file, 0, 0, 0, 0]))).toThrow("too long");
  });
});
