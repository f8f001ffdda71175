import { describe, expect, it } from "vitest";
import { facetsOf, foldFacet, resolveMetadata } from "../src/ingestion/metadata.ts";
import { embeddingText } from "../src/ingestion/new-chunks.ts";
import { delayAfter } from "../src/ingestion/policy.ts";

const MINUTE_MS = 60_000;

describe("what is known of a document", () => {
  it("is what its sender says before what it says of itself, entry by entry", () => {
    const resolved = resolveMetadata(
      { title: "Mine", topics: [] },
      { title: "Its", author: "A", topics: ["x"] },
      "f.md",
      "",
    );
    expect(resolved).toMatchObject({
      title: "Mine",
      author: "A",
      topics: [],
      document_type: "other",
      level: "all",
    });
  });

  it.each([
    ["its file's name", "My_Scales 2.pdf", "text", "My Scales 2"],
    ["its first line", null, "\n First line \nsecond", "First line"],
    [
      "the beginning of a first line that is long",
      null,
      "word ".repeat(100),
      `${"word ".repeat(16).trim()}…`,
    ],
    ["nothing in particular", null, "", "Untitled"],
    ["its first line where the name is all extension", ".html", "Hello", "Hello"],
  ])("as its title is %s, where nobody says one", (_what, filename, text, title) => {
    expect(resolveMetadata({}, {}, filename, text).title).toBe(title);
  });

  it("can be filtered by in any case and without its accents", () => {
    expect(foldFacet("  Frédéric  CHOPIN ")).toBe("frederic chopin");
    const facets = facetsOf(
      resolveMetadata(
        { author: "Dvořák", composers: ["Fauré"], topics: ["Légato"], dimensions: ["phrasing"] },
        {},
        null,
        "x",
      ),
    );
    expect(Object.fromEntries(facets)).toEqual({
      author: "dvorak",
      composer: "faure",
      topic: "legato",
      dimension: "phrasing",
      level: "all",
      document_type: "other",
    });
  });
});

describe("what is embedded of a passage", () => {
  it("says what the passage is from", () => {
    const chunk = { section: "Thumb › Left", text: "It moves early." };
    expect(embeddingText({ title: "Scales", author: "Czerny" }, chunk)).toBe(
      "Scales\nCzerny\nThumb › Left\n\nIt moves early.",
    );
    expect(embeddingText({ title: "Scales", author: null }, { ...chunk, section: "" })).toBe(
      "Scales\n\nIt moves early.",
    );
  });
});

describe("the wait after attempts in vain", () => {
  it("doubles from half a minute to an hour, and never ends", () => {
    expect([1, 2, 3, 7, 8, 100].map((attempts) => delayAfter(attempts) / MINUTE_MS)).toEqual([
      0.5, 1, 2, 32, 60, 60,
    ]);
  });
});
