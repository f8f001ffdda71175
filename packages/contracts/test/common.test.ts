import fc from "fast-check";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { maxCharacters, Sha256Schema, UserIdSchema, UuidSchema, wholeNumber } from "../src/index.ts";
import { SEED } from "./seed.ts";

const ID = "0b6a2f8e-7a51-4a0d-8c53-6f5f0f0e9a11";

describe("an id", () => {
  test("is a UUID of version 4, in either case, and in lower case once read", () => {
    expect(v.parse(UuidSchema, ID.toUpperCase())).toBe(ID);
  });

  test("what crypto.randomUUID makes is one", () => {
    for (let made = 0; made < 200; made += 1) expect(v.is(UuidSchema, crypto.randomUUID())).toBe(true);
  });

  test("a UUID passes exactly if its version is 4", () => {
    const versions = [1, 2, 3, 4, 5, 6, 7, 8] as const;
    const uuids = fc
      .constantFrom(...versions)
      .chain((version) => fc.tuple(fc.constant(version), fc.uuid({ version: [version] })));
    fc.assert(
      fc.property(uuids, ([version, uuid]) => {
        expect(v.is(UuidSchema, uuid)).toBe(version === 4);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  test.each([
    ["of version 1", "0b6a2f8e-7a51-1a0d-8c53-6f5f0f0e9a11"],
    ["of version 7", "019aa2f8-7a51-7a0d-8c53-6f5f0f0e9a11"],
    ["of another variant", "0b6a2f8e-7a51-4a0d-cc53-6f5f0f0e9a11"],
    ["of zeros", "00000000-0000-0000-0000-000000000000"],
    ["of ones", "ffffffff-ffff-ffff-ffff-ffffffffffff"],
    ["without hyphens", ID.replaceAll("-", "")],
    ["in braces", `{${ID}}`],
    ["as a URN", `urn:uuid:${ID}`],
    ["with a line break after it", `${ID}\n`],
    ["with a space before it", ` ${ID}`],
    ["with a letter that isn't hex", ID.replace("a", "g")],
    ["with digits of another script", ID.replace("0", "０")],
    ["that is cut off", ID.slice(0, -1)],
    ["that is nothing", ""],
  ])("is refused %s", (_, text) => {
    expect(v.is(UuidSchema, text)).toBe(false);
  });
});

describe("a SHA-256", () => {
  const DIGEST = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  test("is 64 hex digits in either case, and in lower case once read", () => {
    expect(v.parse(Sha256Schema, DIGEST.toUpperCase())).toBe(DIGEST);
  });

  test.each([
    "",
    DIGEST.slice(1),
    `${DIGEST}0`,
    DIGEST.replace("e", "z"),
    `${DIGEST}\n`,
    `0x${DIGEST.slice(2)}`,
  ])("isn't %j", (text) => {
    expect(v.is(Sha256Schema, text)).toBe(false);
  });
});

describe("a whole number in a query", () => {
  test("is read exactly if it is within its bounds, both included", () => {
    const schema = wholeNumber(1, 100);
    fc.assert(
      fc.property(fc.integer({ min: -50, max: 1_000_000_000 }), (number) => {
        expect(v.is(schema, String(number))).toBe(number >= 1 && number <= 100);
      }),
      { seed: SEED, numRuns: 300 },
    );
    expect([v.parse(schema, "1"), v.parse(schema, "100")]).toEqual([1, 100]);
    expect([v.is(schema, "0"), v.is(schema, "101")]).toEqual([false, false]);
  });

  test.each(["", " 1", "1.0", "1e1", "+1", "0x1", "١", "NaN", "1_0", "99999999999999999999", "1\n"])(
    "isn't %j",
    (text) => {
      expect(v.is(wholeNumber(0, 1_000_000), text)).toBe(false);
    },
  );
});

describe("a length in characters", () => {
  test("counts code points, as JSON Schema's maxLength does", () => {
    const texts = fc.string({ unit: "binary", maxLength: 40 });
    fc.assert(
      fc.property(texts, fc.integer({ min: 0, max: 40 }), (text, maximum) => {
        const schema = v.pipe(v.string(), maxCharacters(maximum));
        expect(v.is(schema, text)).toBe([...text].length <= maximum);
      }),
      { seed: SEED, numRuns: 500 },
    );
  });
});

describe("a user id", () => {
  test.each([
    "default_user",
    "auth0|5f7c8ec7c33c6c004bbafe82",
    "clara@example.org",
    ID,
    "key_0123456789abcdef",
    "x".repeat(128),
  ])("may be %s", (id) => {
    expect(v.is(UserIdSchema, id)).toBe(true);
  });

  test.each([
    ["nothing", ""],
    ["too long", "x".repeat(129)],
    ["a path upwards", "../admin"],
    ["a path", "a/b"],
    ["a backslash", "a\\b"],
    ["a space", "clara schumann"],
    ["a NUL", "clara\0"],
    ["a line break", "clara\n"],
    ["a tab", "clara\t"],
    ["an escape", "\u001b[2J"],
    ["a delete", "clara\u007f"],
    ["letters beyond ASCII", "klára"],
    ["an emoji", "🎹"],
    ["a dot first", ".clara"],
    ["a quote", 'clara"'],
    ["a percent sign", "clara%00"],
  ])("isn't %s", (_, id) => {
    expect(v.is(UserIdSchema, id)).toBe(false);
  });

  test("that is accepted is harmless in a storage key, in a header and in a line of the log", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary-ascii", minLength: 1, maxLength: 8 }), (id) => {
        if (v.is(UserIdSchema, id)) expect(id).toMatch(/^[!-~]+$/);
        if (v.is(UserIdSchema, id)) expect(id).not.toMatch(/["'/\\%<>?*#&\s]|^\./);
      }),
      { seed: SEED, numRuns: 3000 },
    );
  });
});
