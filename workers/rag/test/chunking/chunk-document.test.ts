import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chunkDocument, MAX_TOKENS, TARGET_TOKENS } from "../../src/chunking/chunk-document.ts";
import { estimateTokens } from "../../src/chunking/tokens.ts";
import { readMarkdown } from "../../src/reading/markdown.ts";

/** Printed with every failure, so that it can be had again. */
const SEED = 20261128;

function chunksOf(markdown: string) {
  const read = readMarkdown(markdown);
  if (!read.ok) throw new Error(read.error.message);
  return { text: read.value.text, chunks: chunkDocument(read.value) };
}

const words = fc.array(
  fc.constantFrom("thumb", "wrist", "légato", "Op. 10", "练习", "🎹", "don't", "well-known"),
  {
    minLength: 1,
    maxLength: 60,
  },
);
const sentence = words.map((some) => `${some.join(" ")}.`);
const paragraph = fc.array(sentence, { minLength: 1, maxLength: 12 }).map((some) => some.join(" "));
const list = fc
  .array(sentence, { minLength: 1, maxLength: 6 })
  .map((some) => some.map((item) => `- ${item}`).join("\n"));
const heading = fc
  .tuple(fc.integer({ min: 1, max: 6 }), words)
  .map(([level, some]) => `${"#".repeat(level)} ${some.join(" ")}`);
const giant = fc.oneof(
  fc.integer({ min: 1, max: 9000 }).map((length) => "a".repeat(length)),
  fc.integer({ min: 1, max: 900 }).map((length) => "👩‍👩‍👧".repeat(length)),
  fc.integer({ min: 1, max: 900 }).map((length) => "e\u0301".repeat(length)),
  fc.integer({ min: 1, max: 3000 }).map((length) => "word ".repeat(length)),
);
const anyDocument = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: paragraph },
      list,
      heading,
      giant,
      fc.string({ unit: "grapheme", maxLength: 300 }),
    ),
    {
      maxLength: 25,
    },
  )
  .chain((blocks) =>
    fc.constantFrom("\n\n", "\r\n\r\n", "\n", "\n \t\n").map((between) => blocks.join(between)),
  )
  .filter((text) => readMarkdown(text).ok);

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });
const wordSegments = new Intl.Segmenter("en", { granularity: "word" });

describe("chunks of any document", () => {
  it("are its own characters, rising, without white space at the ends", () => {
    fc.assert(
      fc.property(anyDocument, (markdown) => {
        const { text, chunks } = chunksOf(markdown);
        chunks.forEach((chunk, index) => {
          expect(chunk.text).toBe(text.slice(chunk.start, chunk.end));
          expect(chunk.text.trim()).toBe(chunk.text);
          const before = chunks[index - 1];
          if (before !== undefined) {
            expect(chunk.start).toBeGreaterThan(before.start);
            expect(chunk.end).toBeGreaterThan(before.end);
          }
        });
      }),
      { seed: SEED, numRuns: 150 },
    );
  });

  it("leave nothing out but white space", () => {
    fc.assert(
      fc.property(anyDocument, (markdown) => {
        const { text, chunks } = chunksOf(markdown);
        let covered = 0;
        let left = "";
        for (const { start, end } of chunks) {
          left += text.slice(covered, Math.max(covered, start));
          covered = end;
        }
        expect((left + text.slice(covered)).trim()).toBe("");
      }),
      { seed: SEED, numRuns: 150 },
    );
  });

  it("fit the model that embeds them", () => {
    fc.assert(
      fc.property(anyDocument, (markdown) => {
        for (const { text } of chunksOf(markdown).chunks)
          expect(estimateTokens(text)).toBeLessThanOrEqual(MAX_TOKENS);
      }),
      { seed: SEED, numRuns: 150 },
    );
  });

  it("are never cut within a character, nor within a word that fits a chunk", () => {
    fc.assert(
      fc.property(anyDocument, (markdown) => {
        const { text, chunks } = chunksOf(markdown);
        const boundaries = new Set(Array.from(graphemes.segment(text), ({ index }) => index)).add(
          text.length,
        );
        const inside = new Set<number>();
        for (const { index, segment } of wordSegments.segment(text)) {
          if (estimateTokens(segment) > TARGET_TOKENS) continue;
          for (let at = index + 1; at < index + segment.length; at += 1) inside.add(at);
        }
        for (const { start, end } of chunks) {
          expect(boundaries.has(start)).toBe(true);
          expect(boundaries.has(end)).toBe(true);
          expect(inside.has(start)).toBe(false);
          expect(inside.has(end)).toBe(false);
        }
      }),
      { seed: SEED, numRuns: 100 },
    );
  });
});

describe("chunks of a document with headings", () => {
  const filler = (name: string, sentences: number) =>
    Array.from(
      { length: sentences },
      (_, index) => `Sentence ${index} on ${name} says what the hand does next.`,
    ).join(" ");

  it("know the headings above them", () => {
    const { chunks } = chunksOf(
      `Before.\n\n# Scales\n\n${filler("scales", 15)}\n\n## Thumbs\n\n${filler("thumbs", 15)}\n\n# Chords\n\n${filler("chords", 15)}`,
    );
    expect(chunks.map(({ path }) => path)).toEqual([[], ["Scales", "Thumbs"], ["Chords"]]);
    expect(chunks[1]?.text.startsWith("## Thumbs")).toBe(true);
  });

  it("don't take number signs in code for headings", () => {
    const { chunks } = chunksOf(`## Real\n\n\`\`\`\n# not one\n\`\`\`\n\n${filler("x", 15)}`);
    expect(chunks.map(({ path }) => path)).toEqual([["Real"]]);
  });

  it("of a long section are about as long as they should be, and repeat a little of each other in whole sentences", () => {
    const { text, chunks } = chunksOf(`## Practice\n\n${filler("practice", 100)}`);
    expect(chunks.length).toBeGreaterThan(2);
    for (const [index, chunk] of chunks.slice(0, -1).entries()) {
      expect(estimateTokens(chunk.text)).toBeGreaterThan(TARGET_TOKENS * 0.8);
      const next = chunks[index + 1];
      if (next === undefined) throw new Error("there is one more");
      const repeated = text.slice(next.start, chunk.end);
      expect(repeated).toMatch(/^Sentence \d+ .*\.$/);
      expect(estimateTokens(repeated)).toBeLessThanOrEqual(50);
    }
  });

  it("rather end with a paragraph than in the middle of one", () => {
    const { chunks } = chunksOf(
      [20, 8, 20, 8, 20].map((sentences, index) => filler(`part ${index}`, sentences)).join("\n\n"),
    );
    for (const { text } of chunks.slice(0, -1)) expect(text).toMatch(/next\.$/);
    expect(chunks[0]?.text).toMatch(/on part 0 says what the hand does next\.$/);
  });
});

describe("a sentence", () => {
  it("isn't ended by an abbreviation, nor by the end of a line", () => {
    const sentenceOf = (name: string) =>
      `In Op. 10 No. 3 by Mr. Chopin the ${name}\nmelody sings over ${"la ".repeat(24)}end.`;
    const { text, chunks } = chunksOf(
      Array.from({ length: 30 }, (_, index) => sentenceOf(`n${index}`)).join(" "),
    );
    expect(chunks.length).toBeGreaterThan(1);
    for (const { start, end } of chunks) {
      expect(text.slice(start)).toMatch(/^In Op\. 10/);
      expect(text.slice(0, end)).toMatch(/end\.$/);
    }
  });
});

describe("the estimate of tokens", () => {
  it.each([
    ["", 0],
    ["   \n", 0],
    ["the thumb", 2],
    ["practising", 2],
    ["don't", 3],
    ["练习", 2],
  ])("of %j is %i", (text, tokens) => {
    expect(estimateTokens(text)).toBe(tokens);
  });
});
