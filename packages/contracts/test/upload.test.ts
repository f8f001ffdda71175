import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { IdempotencyKeySchema, UploadMetadataSchema } from "../src/index.ts";

const METADATA = { originalName: "minuet.wav", size: 12_345, type: "audio/wav" };
const DIGEST = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/** Where the metadata of an upload is wrong. */
function wrongFields(changes: object): (string | null)[] {
  const { issues = [] } = v.safeParse(UploadMetadataSchema, { ...METADATA, ...changes });
  return issues.map((issue) => v.getDotPath(issue));
}

describe("the metadata of an upload", () => {
  test("needs no hash, and has it in lower case if there is one", () => {
    expect(v.parse(UploadMetadataSchema, METADATA)).toEqual(METADATA);
    expect(v.parse(UploadMetadataSchema, { ...METADATA, hash: DIGEST.toUpperCase() }).hash).toBe(DIGEST);
  });

  test.each([
    ["emoji", "🎹 Übung № 1.wav"],
    ["a path, which is only a name here", "../../etc/passwd"],
    ["255 emoji", "🎹".repeat(255)],
    ["no extension", "minuet"],
    ["letters that combine", "U\u0308bung.mp3"],
    ["right-to-left script", "תרגיל.wav"],
  ])("takes a name with %s, as it is", (_, originalName) => {
    expect(v.parse(UploadMetadataSchema, { ...METADATA, originalName }).originalName).toBe(originalName);
  });

  test.each([
    ["nothing in it", ""],
    ["256 characters", "x".repeat(256)],
    ["10,000 characters", "x".repeat(10_000)],
    ["a NUL", "minuet\0.wav"],
    ["a line break", "minuet\r\nX-Injected: yes"],
    ["a control character of the second block", "minuet\u0085.wav"],
    ["half an emoji", "minuet \ud83c.wav"],
    ["the other half of an emoji", "\udfb9 minuet.wav"],
  ])("refuses a name with %s", (_, originalName) => {
    expect(new Set(wrongFields({ originalName }))).toEqual(new Set(["originalName"]));
  });

  test.each([
    ["too short", DIGEST.slice(1)],
    ["too long", `${DIGEST}00`],
    ["not hex", DIGEST.replace("e", "x")],
    ["base64", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="],
    ["empty", ""],
    ["null", null],
  ])("refuses a hash that is %s", (_, hash) => {
    expect(wrongFields({ hash })).toEqual(["hash"]);
  });

  test.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, "12345", null])(
    "refuses a size of %s",
    (size) => {
      expect(new Set(wrongFields({ size }))).toEqual(new Set(["size"]));
    },
  );

  test.each(["user_id", "id", "path", "constructor"])("refuses an unknown field: %s", (name) => {
    expect(wrongFields({ [name]: "x" })).toEqual([name]);
  });

  test.each(["originalName", "size", "type"])("needs %s", (name) => {
    expect(wrongFields({ [name]: undefined })).toEqual([name]);
  });
});

describe("an idempotency key", () => {
  test.each(["8e03978e-40d5-43dd-bc93-6894a57f9324", "!", "~".repeat(255), '"quoted"'])(
    "may be %s",
    (key) => {
      expect(v.is(IdempotencyKeySchema, key)).toBe(true);
    },
  );

  test.each([
    ["nothing", ""],
    ["256 characters", "k".repeat(256)],
    ["with a space", "a b"],
    ["with a control character", "a\u0001"],
    ["beyond ASCII", "schlüssel"],
  ])("isn't %s", (_, key) => {
    expect(v.is(IdempotencyKeySchema, key)).toBe(false);
  });
});
