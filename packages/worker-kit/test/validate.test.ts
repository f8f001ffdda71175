import type { Result } from "@crescendai/contracts";
import fc from "fast-check";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { validate } from "../src/index.ts";
import { SEED } from "./seed.ts";

const PieceSchema = v.strictObject({
  title: v.pipe(v.string(), v.maxLength(10, "must be at most 10 characters")),
  bars: v.optional(v.number()),
  level: v.optional(v.picklist(["easy", "hard"])),
  movements: v.optional(v.array(v.strictObject({ name: v.string() }))),
});

/** What is wrong with a piece, as the caller reads it. */
function faultsOf(input: unknown, schema: v.GenericSchema = PieceSchema) {
  const result: Result<unknown> = validate(schema, input, "body");
  return result.ok ? null : result.error;
}

describe("validation", () => {
  test("gives the typed value of what is valid", () => {
    expect(validate(PieceSchema, { title: "Minuet", bars: 32 }, "body")).toEqual({
      ok: true,
      value: { title: "Minuet", bars: 32 },
    });
  });

  test.each([
    ["a missing field", {}, "title", "is missing", "body: title is missing."],
    [
      "a field of the wrong type",
      { title: "Minuet", bars: "many" },
      "bars",
      'must be number, but is "many"',
      'body: bars must be number, but is "many".',
    ],
    [
      "a choice that there isn't",
      { title: "Minuet", level: "medium" },
      "level",
      'must be ("easy" | "hard"), but is "medium"',
      'body: level must be ("easy" | "hard"), but is "medium".',
    ],
    [
      "an unknown field",
      { title: "Minuet", tempo: 96 },
      "tempo",
      "is not a known field",
      "body: tempo is not a known field.",
    ],
    [
      "a fault deep inside",
      { title: "Suite", movements: [{ name: "Prelude" }, { name: 2 }] },
      "movements.1.name",
      "must be string, but is 2",
      "body: movements.1.name must be string, but is 2.",
    ],
    [
      "a rule of its own",
      { title: "x".repeat(11) },
      "title",
      "must be at most 10 characters",
      "body: title must be at most 10 characters.",
    ],
  ])("names %s with its path and what to do", (_, input, path, fault, message) => {
    expect(faultsOf(input)).toEqual({
      code: "VALIDATION_ERROR",
      message,
      errors: [{ path, message: fault }],
    });
  });

  test.each([
    ["null", null, "null"],
    ["a text", "Minuet", '"Minuet"'],
    ["a number", 7, "7"],
  ])("speaks of the whole if it is %s", (_, input, received) => {
    expect(faultsOf(input)?.errors).toEqual([{ path: "", message: `must be Object, but is ${received}` }]);
    expect(faultsOf(input)?.message).toBe(`body must be Object, but is ${received}.`);
  });

  test("a list isn't an object, not even an empty one where every field is optional", () => {
    const optional = v.strictObject({ note: v.optional(v.string()) });
    expect(faultsOf([], optional)?.message).toBe("body must be an object, but is a list.");
    expect(faultsOf({}, optional)).toBeNull();
  });

  test("names every fault, up to twenty", () => {
    const schema = v.array(v.number());
    expect(faultsOf(["a", 1, "b"], schema)?.errors?.map(({ path }) => path)).toEqual(["0", "2"]);
    expect(faultsOf(Array(1000).fill("a"), schema)?.errors).toHaveLength(20);
  });

  test.each([
    ["a long text", { title: 1, bars: "x".repeat(100_000) }],
    ["a field with a long name", { title: "Minuet", ["x".repeat(100_000)]: 1 }],
    ["a long choice", { title: "Minuet", level: "x".repeat(100_000) }],
  ])("quotes little of %s", (_, input) => {
    expect(JSON.stringify(faultsOf(input)).length).toBeLessThan(600);
  });

  test.each([
    ["whole emoji", { title: "Minuet", bars: "🎹".repeat(100) }],
    ["half an emoji", { title: "Minuet", bars: "\ud83c" }],
    ["half an emoji in a name", { title: "Minuet", "a\udfb9": 1 }],
  ])("quotes %s as well-formed text", (_, input) => {
    expect(faultsOf(input)?.message.isWellFormed()).toBe(true);
  });

  test("whatever comes in, either a value or a short, well-formed sentence comes out", () => {
    fc.assert(
      fc.property(
        fc.anything({ maxDepth: 3, withBigInt: true, withDate: true, withSparseArray: true }),
        (input) => {
          const fault = faultsOf(input);
          if (fault === null) return;
          expect(fault.code).toBe("VALIDATION_ERROR");
          expect(fault.message.length).toBeLessThan(300);
          expect(fault.message.endsWith(".")).toBe(true);
          expect(fault.errors?.length).toBeGreaterThan(0);
        },
      ),
      { seed: SEED, numRuns: 1000 },
    );
  });
});
