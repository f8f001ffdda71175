import { describe, expect, it } from "vitest";
import { chunkDocument } from "../../src/chunking/chunk-document.ts";
import { readHtml } from "../../src/reading/html.ts";
import { readMarkdown } from "../../src/reading/markdown.ts";
import { mediaTypeOf } from "../../src/reading/media-type.ts";
import { readPdf } from "../../src/reading/pdf.ts";
import { readDocument } from "../../src/reading/read-document.ts";
import { LOCKED, pdfOf } from "../support/pdf.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

describe("Markdown", () => {
  it("has its headings, of both kinds, as sections with the path above them", () => {
    const read = readMarkdown(
      "Intro\n\n# One\n\na\n\n### Deep *down* [here](x) ##\n\nb\n\nTwo\n===\n\nc\n\n- item\n---\n",
    );
    expect(read).toMatchObject({
      value: {
        sections: [{ path: [] }, { path: ["One"] }, { path: ["One", "Deep down here"] }, { path: ["Two"] }],
      },
    });
  });

  it.each([
    `#${" ".repeat(100_000)}x`,
    `# ${"#".repeat(100_000)}x`,
    `## ${"[".repeat(100_000)}`,
    `---\n${" \n".repeat(50_000)}`,
    "\n\r ".repeat(50_000),
    "- ".repeat(100_000),
  ])("however odd is read in no time (%#)", (text) => {
    const started = performance.now();
    const read = readMarkdown(text);
    if (read.ok) chunkDocument(read.value);
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it("is the file's own text, from behind the front matter", () => {
    const text = "\r\nA *b* `c`\r\n\r\n> d";
    expect(readMarkdown(`---\r\ntitle: X\r\n---\r\n${text}`)).toMatchObject({
      value: { text, described: { title: "X" } },
    });
    expect(readMarkdown("---\n---\nbody")).toMatchObject({ value: { text: "body", described: {} } });
    expect(readMarkdown("text\n---\na: b\n---")).toMatchObject({ value: { described: {} } });
  });

  it.each(["---\n[1, 2]\n---\nx", "---\n: :\n  - {\n---\nx", `---\n${billionLaughs()}\n---\nx`])(
    "with front matter that is none is refused: %j",
    (text) => {
      expect(readMarkdown(text)).toMatchObject({ ok: false, error: { code: "VALIDATION_ERROR" } });
    },
  );

  it("is called by its first heading, which isn't repeated in every section", async () => {
    const read = await readDocument(bytes("# The thumb\n\n## Passing under\n\nText."), "text/markdown");
    expect(read).toMatchObject({
      value: { metadata: { title: "The thumb" }, sections: [{ path: [] }, { path: ["Passing under"] }] },
    });
  });
});

/** A small text that means a huge one (https://en.wikipedia.org/wiki/Billion_laughs_attack). */
function billionLaughs(): string {
  const lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"];
  for (let level = 1; level < 9; level += 1) {
    lines.push(
      `a${level}: &a${level} [${Array(9)
        .fill(`*a${level - 1}`)
        .join(", ")}]`,
    );
  }
  return lines.join("\n");
}

describe("HTML", () => {
  it("is what a reader sees, in paragraphs, with its headings as sections", () => {
    const read =
      readHtml(`<!doctype html><html><head><title> On  touch </title><meta name="Author" content="A. Teacher">
      <style>p { color: red }</style></head><body><nav>Home</nav>
      <h1>Touch &amp; tone</h1><p>Play <b>into</b> the key,
      not <i>at</i> it.<script>alert(1)</script></p>
      <ul><li>First<li><p>Second</p></ul><h2>Études</h2>text<br>next line<pre>a  b
  c</pre><div hidden>secret</div><table><tr><td>1<td>2</table></body>`);
    expect(read.text).toBe(
      "Touch & tone\n\nPlay into the key, not at it.\n\n- First\n\n- Second\n\nÉtudes\n\ntext\nnext line\n\na  b\n  c\n\n1 2",
    );
    expect(read.described).toEqual({ title: "On touch", author: "A. Teacher" });
    expect(read.sections.map(({ start, path }) => [read.text.slice(start, start + 3), path])).toEqual([
      ["Tou", ["Touch & tone"]],
      ["Étu", ["Touch & tone", "Études"]],
    ]);
  });

  it.each([
    ["Half<br>pedal", "Half pedal"],
    ["<div>Half</div><div>pedal</div>", "Half pedal"],
    ["<div>Half</div>pedal", "Half pedal"],
    ["Half<button>Copy the link</button>pedal", "Half pedal"],
    ["Half<span hidden>¶</span>pedal", "Half pedal"],
    ["<b>Half</b>-ped<wbr>al", "Half-pedal"],
  ])("has the words of a heading apart as its text has: %s", (inside, label) => {
    const { text, sections } = readHtml(`<p>Before.</p><h1>${inside}</h1><p>After.</p>`);
    expect(sections[1]?.path).toEqual([label]);
    expect(text.replace(/\s+/g, " ")).toBe(`Before. ${label} After.`);
  });

  it("shows nothing of what is hidden, however its elements are nested or left open", () => {
    const read = readHtml(
      "<nav><ul><li>a<br><img><p>b</nav>one<div hidden><p>c<input><div>d</div></div>two<svg><g>e",
    );
    expect(read.text).toBe("one\n\ntwo");
  });

  it.each(["", "<", "</p></b>", "<script>", "<!--", "<p".repeat(1000), "&#0;&#xD800;&unknown;", "<svg><p>x"])(
    "however broken is read: %j",
    (html) => {
      expect(typeof readHtml(html).text).toBe("string");
    },
  );
});

describe("a PDF", () => {
  /** A line that is more than a title. */
  const LINE = "The arm hangs from the shoulder, and the wrist follows the line of the notes";

  it("is read page after page, lines joined to paragraphs and divided words made whole", async () => {
    const read = await readPdf(
      pdfOf(
        [
          ["Practise slowly and lis-", "ten to every note.", "", "A new paragraph goes", "over to the next"],
          ["page without a break.", "", "The end."],
          [],
          ["Page four."],
        ],
        { information: "/Title(On practice)/Author(F. Liszt)" },
      ),
    );
    if (!read.ok) throw new Error(read.error.message);
    const { text, pages, described } = read.value;
    expect(text).toBe(
      "Practise slowly and listen to every note.\n\nA new paragraph goes\nover to the next\npage without a break.\n\nThe end.\n\nPage four.",
    );
    expect(pages.map(({ start, page }) => [text.slice(start, start + 4), page])).toEqual([
      ["Prac", 1],
      ["page", 2],
      ["Page", 4],
    ]);
    expect(described).toEqual({ title: "On practice", author: "F. Liszt" });
  });

  it("has no passage on two pages, so that what is cited stands on the page that is named", async () => {
    const page = (number: number, lines: number) =>
      Array.from({ length: lines }, () => `Sentence of page ${number} about the loose wrist and the arm.`);
    const read = await readPdf(pdfOf([page(1, 3), page(2, 25), page(3, 55), page(4, 1), page(5, 38)]));
    if (!read.ok) throw new Error(read.error.message);
    for (const chunk of chunkDocument(read.value)) {
      expect(new Set(chunk.text.match(/page \d/g))).toEqual(new Set([`page ${chunk.page}`]));
    }
  });

  it("keeps a sentence whole that goes over to the next page, on the page where it begins", async () => {
    const read = await readPdf(
      pdfOf([["One page ends. The sentence goes"], ["over to the next. There it ends."]]),
    );
    if (!read.ok) throw new Error(read.error.message);
    expect(chunkDocument(read.value).map(({ text, page }) => [text, page])).toEqual([
      ["One page ends. The sentence goes\nover to the next.", 1],
      ["There it ends.", 2],
    ]);
  });

  it.each([
    { last: "", what: "a slide's last line has no full stop" },
    { last: "The loose wrist", what: "a heading stands last on a page" },
    { last: "12", what: "a page has its number below" },
  ])("begins a sentence on its own page where $what", async ({ last }) => {
    const read = await readPdf(pdfOf([[LINE, "", last], ["Fingers stand. They curl."]]));
    if (!read.ok) throw new Error(read.error.message);
    expect(chunkDocument(read.value).map(({ text, page }) => [text, page])).toEqual([
      [[LINE, last].join("\n\n").trim(), 1],
      ["Fingers stand. They curl.", 2],
    ]);
  });

  it("has what goes on below the number of a page on the page where it stands", async () => {
    const read = await readPdf(pdfOf([[LINE, "", "12"], ["over to the next."]]));
    if (!read.ok) throw new Error(read.error.message);
    expect(chunkDocument(read.value).map(({ text, page }) => [text, page])).toEqual([
      [`${LINE}\n\n12`, 1],
      ["over to the next.", 2],
    ]);
  });

  it("has no passage that is a title alone: it stands with what follows, on whose page it is cited", async () => {
    const read = await readPdf(
      pdfOf([["The loose wrist"], [`${LINE}.`], ["Etude"], ["For the arm"], [`${LINE}!`]]),
    );
    if (!read.ok) throw new Error(read.error.message);
    expect(chunkDocument(read.value).map(({ text, page }) => [text, page])).toEqual([
      [`The loose wrist\n\n${LINE}.`, 2],
      [`Etude\n\nFor the arm\n\n${LINE}!`, 5],
    ]);
  });

  it.each([
    ["locked with a password", pdfOf([["secret"]], { trailer: LOCKED }), /password/],
    ["without text", pdfOf([[], []]), /pictures/],
    ["damaged", bytes("%PDF-1.7\nnothing more"), /damaged/],
  ])("%s is refused with a sentence", async (_what, file, message) => {
    const read = await readPdf(file);
    expect(read).toMatchObject({
      ok: false,
      error: { code: "VALIDATION_ERROR", message: expect.stringMatching(message) },
    });
  });
});

describe("the format of a file", () => {
  it.each([
    ["%PDF-1.4", "text/plain", "a.txt", "application/pdf"],
    ["x", "text/markdown; charset=utf-8", "a", "text/markdown"],
    ["x", "text/plain", "a.md", "text/markdown"],
    ["x", "text/plain", "a", "text/plain"],
    ["x", "application/octet-stream", "a.HTML", "text/html"],
    ["x", "", "a.txt", "text/plain"],
    ["x", "application/xhtml+xml", "a", "text/html"],
    ["x", "", "a", null],
    ["x", "application/pdf", "a.pdf", "application/pdf"],
    ["x", "application/zip", "a.md", null],
  ])("of %j said to be %j and called %j is %j", (start, said, name, expected) => {
    expect(mediaTypeOf(bytes(start), said, name)).toBe(expected);
  });
});
