import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findApiKey, parseApiKeys } from "../../src/pipeline/api-keys.ts";
import { SEED } from "../support/seed.ts";

describe("the configured keys", () => {
  test.each([
    ["one", "abc", [{ key: "abc", role: "user" }]],
    [
      "several, with spaces and line breaks around them",
      " abc ,\n def\t",
      [
        { key: "abc", role: "user" },
        { key: "def", role: "user" },
      ],
    ],
    [
      "an administrator's among others",
      "abc,admin:def",
      [
        { key: "abc", role: "user" },
        { key: "def", role: "admin" },
      ],
    ],
    ["an administrator's with a space behind the prefix", "admin: def", [{ key: "def", role: "admin" }]],
    ["commas too many", ",,abc,", [{ key: "abc", role: "user" }]],
    [
      "one that only begins like an administrator's",
      "administrator",
      [{ key: "administrator", role: "user" }],
    ],
  ])("are read: %s", (_, configured, keys) => {
    expect(parseApiKeys(configured)).toEqual(keys);
  });

  test.each([undefined, "", "   ", ",", " , ,", "admin:", "admin: ,admin:"])(
    "are none if nothing is configured: %j",
    (configured) => {
      expect(parseApiKeys(configured)).toEqual([]);
    },
  );

  test("never have an empty one, that an empty header would fit", () => {
    const configurations = fc.string({
      unit: fc.constantFrom("a", " ", ",", ":", "admin:", "\n"),
      maxLength: 30,
    });
    fc.assert(
      fc.property(configurations, (configured) => {
        for (const { key } of parseApiKeys(configured)) expect(key).toBe(key.trim());
        expect(parseApiKeys(configured).filter(({ key }) => key === "")).toEqual([]);
      }),
      { seed: SEED, numRuns: 1000 },
    );
  });
});

describe("finding a key", () => {
  const keys = parseApiKeys("first-key,admin:second-key,third-key");

  test.each([
    ["first-key", "user"],
    ["second-key", "admin"],
    ["third-key", "user"],
  ])("%s is found with its role", async (key, role) => {
    expect(await findApiKey(keys, key)).toEqual({ key, role });
  });

  test.each([
    "",
    "first",
    "first-key ",
    "FIRST-KEY",
    "first-keys",
    "admin:second-key",
    "first-key,admin:second-key",
  ])("%j isn't found", async (presented) => {
    expect(await findApiKey(keys, presented)).toBeNull();
  });

  test("there is none to find among none", async () => {
    expect(await findApiKey([], "anything")).toBeNull();
  });
});
