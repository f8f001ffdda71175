import { failed, ok, type Result } from "@crescendai/contracts";
import { parseDocument } from "yaml";
import { type Heading, labelOf, leadingHeading, type ReadText, sectionsOf } from "./read-text.ts";

/** The front matter of a Markdown file: YAML between two lines of three dashes, at the very start. */
const FRONT_MATTER = /^---[ \t]*\r?\n(?:([\s\S]*?)\r?\n)?---[ \t]*(?:\r?\n|$)/;

/**
 * Reads Markdown (CommonMark). The text is the file's own, from behind the front matter to its end, so that every
 * passage can be found in the file word for word; headings make the sections.
 *
 * @returns VALIDATION_ERROR for front matter that isn't a YAML mapping.
 */
export function readMarkdown(file: string): Result<ReadText> {
  const frontMatter = FRONT_MATTER.exec(file);
  const described = readFrontMatter(frontMatter?.[1] ?? "");
  if (!described.ok) return described;
  const before = frontMatter?.[0].length ?? 0;
  const text = file.slice(before);
  const headings = findHeadings(text);
  return ok({
    text,
    before,
    sections: sectionsOf(headings),
    pages: [],
    described: described.value,
    heading: leadingHeading(headings),
  });
}

function readFrontMatter(yaml: string): Result<Record<string, unknown>> {
  const parsed = parseDocument(yaml, { logLevel: "silent" });
  if (parsed.errors.length > 0) return invalid("is not valid YAML");
  let value: unknown;
  try {
    value = parsed.toJS();
  } catch {
    // More aliases than any honest file has (yaml's own limit).
    return invalid("is not valid YAML");
  }
  if (value === null || value === undefined) return ok({});
  if (typeof value !== "object" || Array.isArray(value)) return invalid("must be keys with values");
  return ok({ ...value });
}

function invalid(message: string): Result<never> {
  return failed({
    code: "VALIDATION_ERROR",
    message: `front matter ${message}.`,
    errors: [{ path: "front matter", message }],
  });
}

/** CommonMark §4.2: up to three spaces, one to six number signs, then white space or nothing more. */
const ATX_HEADING = /^ {0,3}(#{1,6})(?=[ \t]|$)/;
/** CommonMark §4.3: the line under a heading. */
const SETEXT_UNDERLINE = /^ {0,3}(=+|-{2,})[ \t]*$/;
/** CommonMark §4.5: opens or closes a block of code, in which nothing is a heading. */
const CODE_FENCE = /^ {0,3}(`{3,}|~{3,})/;

function findHeadings(text: string): Heading[] {
  const headings: Heading[] = [];
  let fence: string | null = null;
  let previous: { readonly start: number; readonly line: string } | null = null;
  for (const { start, line } of linesOf(text)) {
    const marker = CODE_FENCE.exec(line)?.[1] ?? null;
    if (fence !== null) {
      if (marker?.startsWith(fence)) fence = null;
      continue;
    }
    if (marker !== null) {
      fence = marker;
      previous = null;
      continue;
    }
    const atx = ATX_HEADING.exec(line);
    const underline = SETEXT_UNDERLINE.exec(line)?.[1];
    if (atx !== null) {
      const text = line.slice(atx[0].length);
      headings.push({ start, level: atx[1]?.length ?? 1, label: plainLabel(text) });
      previous = null;
    } else if (underline !== undefined && previous !== null) {
      const level = underline.startsWith("=") ? 1 : 2;
      headings.push({ start: previous.start, level, label: plainLabel(previous.line) });
      previous = null;
    } else {
      previous = isParagraphLine(line) ? { start, line } : null;
    }
  }
  return headings.filter(({ label }) => label !== "");
}

/** Whether a line can be one that an underline makes a heading: neither blank nor quoted nor of a list. */
function isParagraphLine(line: string): boolean {
  return /^ {0,3}[^\s>#|]/.test(line) && !/^ {0,3}(?:[-*+]|\d{1,9}[.)])\s/.test(line);
}

function* linesOf(text: string): Generator<{ readonly start: number; readonly line: string }> {
  let start = 0;
  for (const line of text.split("\n")) {
    yield { start, line: line.endsWith("\r") ? line.slice(0, -1) : line };
    start += line.length + 1;
  }
}

/** A heading as it is shown: without closing number signs, marks of emphasis and code, a link as its text. */
function plainLabel(text: string): string {
  return labelOf(text)
    .replace(/(?:^|[ \t])#+$/, "")
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/[*_`]+/g, "")
    .trim();
}
