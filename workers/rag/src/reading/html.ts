import { Parser } from "htmlparser2";
import { type Heading, labelOf, leadingHeading, type ReadText, sectionsOf } from "./read-text.ts";

/** Elements whose text isn't the document's: what a browser doesn't show, and what leads elsewhere. */
const LEFT_OUT = new Set([
  "script",
  "style",
  "noscript",
  "template",
  "svg",
  "math",
  "iframe",
  "object",
  "nav",
  "button",
  "select",
  "textarea",
]);

/** Elements that stand in the flow of a line; all others begin and end a block. */
const INLINE = new Set(
  "a abbr b bdi bdo cite code data del dfn em font i ins kbd label mark q rp rt ruby s samp small span strong sub sup time tt u var wbr".split(
    " ",
  ),
);

const HEADING = /^h([1-6])$/;

/**
 * Reads HTML: the text that a reader sees, one block a paragraph, an item of a list as a line with a dash; headings
 * make the sections. What the document says of itself is in its title and its `<meta name="author">`.
 */
export function readHtml(html: string): ReadText {
  const out = createTextBuilder();
  const headings: Heading[] = [];
  const described: Record<string, unknown> = {};
  /** How deep within an element that is left out; opening and closing of elements are balanced by the parser. */
  let hidden = 0;
  let title: string | null = null;
  let heading: (Pick<Heading, "start" | "level"> & { readonly text: () => string }) | null = null;
  let preformatted = 0;

  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (hidden > 0 || LEFT_OUT.has(name) || "hidden" in attributes) {
          // It leaves nothing but a gap, within a line or between blocks.
          if (hidden === 0 && (LEFT_OUT.has(name) || INLINE.has(name))) out.text(" ");
          else if (hidden === 0) out.block();
          hidden += 1;
          return;
        }
        if (name === "title") title = "";
        else if (name === "meta" && attributes["name"]?.toLowerCase() === "author") {
          const author = attributes["content"]?.trim() ?? "";
          if (author !== "") described["author"] = author;
        } else if (name === "br") out.line();
        else if (name === "li") out.item();
        else if (name === "td" || name === "th") out.text(" ");
        else if (!INLINE.has(name)) out.block();
        if (name === "pre") preformatted += 1;
        const level = Number(HEADING.exec(name)?.[1] ?? 0);
        if (level > 0) heading = { level, start: out.nextStart(), text: out.fromHere() };
      },
      ontext(text) {
        if (hidden > 0) return;
        if (title !== null) title += text;
        else if (preformatted > 0) out.preformatted(text);
        else out.text(text);
      },
      onclosetag(name) {
        if (hidden > 0) {
          hidden -= 1;
          return;
        }
        if (name === "title" && title !== null) {
          const found = title.replace(/\s+/g, " ").trim();
          if (found !== "" && described["title"] === undefined) described["title"] = found;
          title = null;
        }
        if (HEADING.test(name) && heading !== null) {
          const { start, level, text } = heading;
          const label = labelOf(text());
          if (label !== "") headings.push({ start, level, label });
          heading = null;
        }
        if (name === "pre") preformatted = Math.max(0, preformatted - 1);
        if (!INLINE.has(name) && name !== "br" && name !== "td" && name !== "th") out.block();
      },
    },
    { decodeEntities: true, lowerCaseTags: true },
  );
  parser.end(html);
  return {
    text: out.finish(),
    sections: sectionsOf(headings),
    before: 0,
    pages: [],
    described,
    heading: leadingHeading(headings),
  };
}

/** Puts text together: white space within a block becomes one space, blocks are set apart by an empty line. */
function createTextBuilder() {
  const parts: string[] = [];
  let length = 0;
  /** What is to come before the next character that isn't white space. */
  let pending = "";
  /** Whether the mark of a list's item was the last thing: what comes next belongs on its line. */
  let afterMark = false;
  const put = (text: string) => {
    if (length > 0) {
      parts.push(pending);
      length += pending.length;
    }
    pending = "";
    afterMark = false;
    parts.push(text);
    length += text.length;
  };
  return {
    text(raw: string) {
      const text = raw.replace(/\s+/g, " ");
      if (text.startsWith(" ") && pending === "" && !afterMark) pending = " ";
      const core = text.trim();
      if (core === "") return;
      put(core);
      if (text.endsWith(" ")) pending = " ";
    },
    preformatted(raw: string) {
      if (raw.trim() === "") return;
      put(raw.replace(/\r\n?/g, "\n").replace(/\n+$/, ""));
    },
    line() {
      if (pending === "" || pending === " ") pending = "\n";
    },
    item() {
      pending = "\n\n";
      put("- ");
      afterMark = true;
    },
    block() {
      if (!afterMark) pending = "\n\n";
    },
    /** Where the next character that isn't white space will stand. */
    nextStart: () => (length === 0 ? 0 : length + pending.length),
    /** Gives what was put from now on, with what is before it. */
    fromHere() {
      const first = parts.length;
      return () => parts.slice(first).join("");
    },
    finish: () => parts.join(""),
  };
}
