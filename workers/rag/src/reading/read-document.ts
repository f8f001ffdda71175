import {
  type DocumentMediaType,
  type DocumentMetadata,
  FrontMatterSchema,
  failed,
  ok,
  type Result,
} from "@crescendai/contracts";
import { validate } from "@crescendai/worker-kit";
import { readHtml } from "./html.ts";
import { readMarkdown } from "./markdown.ts";
import { readPdf } from "./pdf.ts";
import type { ReadText } from "./read-text.ts";

/** A document that was read, with what it says of itself. */
export interface ReadDocument extends Omit<ReadText, "described" | "heading"> {
  readonly metadata: DocumentMetadata;
}

/** Longest title taken from a heading or a first line, in characters; see the contract's. */
const MAX_TITLE_LENGTH = 300;

/**
 * Reads a document of any of the formats.
 *
 * @returns VALIDATION_ERROR for bytes that aren't of the format, that hold no text, or that say something of themselves
 * that can't be.
 */
export async function readDocument(
  bytes: Uint8Array,
  mediaType: DocumentMediaType,
): Promise<Result<ReadDocument>> {
  const read = mediaType === "application/pdf" ? await readPdf(bytes) : readTextFormat(bytes, mediaType);
  if (!read.ok) return read;
  const { text, before, sections, pages, described, heading } = read.value;
  if (text.trim() === "") return invalid("file", "holds no text");
  // A PDF's own title or author may be anything; only what a person wrote on top of a text is held to the rules.
  const known = mediaType === "text/markdown" ? described : shortened(described);
  const metadata = validate(FrontMatterSchema, withoutNulls(known), "front matter");
  if (!metadata.ok) return metadata;
  const title = metadata.value.title ?? (heading === null ? undefined : oneLine(heading));
  return ok({
    text,
    before,
    sections: sections.map(({ start, path }) => ({ start, path: path[0] === title ? path.slice(1) : path })),
    pages,
    metadata: { ...metadata.value, ...(title === undefined ? {} : { title }) },
  });
}

function readTextFormat(
  bytes: Uint8Array,
  mediaType: Exclude<DocumentMediaType, "application/pdf">,
): Result<ReadText> {
  const decoded = decodeText(bytes);
  if (!decoded.ok) return decoded;
  switch (mediaType) {
    case "text/markdown":
      return readMarkdown(decoded.value);
    case "text/html":
      return ok(readHtml(decoded.value));
    case "text/plain":
      return ok({
        text: decoded.value,
        before: 0,
        sections: [{ start: 0, path: [] }],
        pages: [],
        described: {},
        heading: null,
      });
  }
}

/** The text of UTF-8 bytes, without a byte order mark; VALIDATION_ERROR for other bytes, and for NUL in them. */
export function decodeText(bytes: Uint8Array): Result<string> {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    return invalid("file", "is not valid UTF-8: save it as UTF-8 and send it again");
  }
  // SQLite ends a text at NUL wherever it looks at its length.
  return text.includes("\0") ? invalid("file", "has NUL bytes in it: it is no text") : ok(text);
}

/** An empty value of YAML says nothing. */
function withoutNulls(described: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(described).filter(([, value]) => value !== null));
}

function shortened(described: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(described).flatMap(([key, value]) => {
      const line = typeof value === "string" ? oneLine(value, key === "author" ? 200 : MAX_TITLE_LENGTH) : "";
      return line === "" ? [] : [[key, line]];
    }),
  );
}

/** A text as one line that the contract takes for a title. */
function oneLine(text: string, maximum = MAX_TITLE_LENGTH): string {
  const line = text
    .toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
  return Array.from(line).slice(0, maximum).join("").trim();
}

function invalid(path: string, message: string): Result<never> {
  return failed({ code: "VALIDATION_ERROR", message: `${path} ${message}.`, errors: [{ path, message }] });
}
