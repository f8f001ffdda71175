import { failed, ok, type Result } from "@crescendai/contracts";
import { getDocumentProxy } from "unpdf";
import type { Page, ReadText } from "./read-text.ts";

/** Pages read at most: what fits the limit of bytes, many times over, and ends a file made to exhaust us. */
const MAX_PAGES = 3000;

/** Lines further apart than this many times their height are of different paragraphs; single spacing is 1.2. */
const PARAGRAPH_GAP = 1.7;

/**
 * Reads the text of a PDF, page after page, lines joined to paragraphs and words that were divided at the end of a
 * line made whole. A PDF knows no headings, only where on the page its letters stand.
 *
 * @returns VALIDATION_ERROR for a file that is damaged, locked, too long, or holds pictures of text and no text.
 */
export async function readPdf(bytes: Uint8Array): Promise<Result<ReadText>> {
  let pdf: Awaited<ReturnType<typeof getDocumentProxy>>;
  try {
    // Nothing of a document goes to the log: the reader itself is to be silent. It takes the bytes it is given away.
    pdf = await getDocumentProxy(bytes.slice(), { verbosity: 0 });
  } catch (cause) {
    return failed(unreadable(cause instanceof Error && cause.name === "PasswordException"));
  }
  try {
    if (pdf.numPages > MAX_PAGES) return invalid(`has more than ${MAX_PAGES} pages; send it in parts`);
    const pages: Page[] = [];
    let text = "";
    let before = "";
    for (let page = 1; page <= pdf.numPages; page += 1) {
      const read = await readPage(await pdf.getPage(page));
      if (read === "") continue;
      if (before !== "") text += goesOn(before, read) ? "\n" : "\n\n";
      pages.push({ start: text.length, page });
      text += read;
      before = read;
    }
    if (text === "") {
      return invalid("holds no text, only pictures: send a version with text, as OCR makes it");
    }
    return ok({
      text,
      sections: [{ start: 0, path: [] }],
      before: 0,
      pages,
      described: await readInformation(pdf),
      heading: null,
    });
  } catch {
    return failed(unreadable(false));
  } finally {
    await pdf.loadingTask.destroy().catch(() => undefined);
  }
}

/**
 * Whether the last sentence of a page goes on with the next page: it has no end, nor does the page with its number, and what
 * comes next isn't written large. A name there begins a sentence too many, which is less than every heading, and every line of
 * a slide, making one with the next page's first.
 */
function goesOn(page: string, next: string): boolean {
  return !/[.!?:;"”’)\]\p{N}]$/u.test(page) && /^[\p{Ll}\p{Lo}]/u.test(next);
}

function unreadable(locked: boolean) {
  const message = locked
    ? "is locked with a password: send it without"
    : "is damaged, or isn't a PDF: open and save it again";
  return {
    code: "VALIDATION_ERROR" as const,
    message: `file ${message}.`,
    errors: [{ path: "file", message }],
  };
}

function invalid(message: string): Result<never> {
  return failed({
    code: "VALIDATION_ERROR",
    message: `file ${message}.`,
    errors: [{ path: "file", message }],
  });
}

type PdfDocument = Awaited<ReturnType<typeof getDocumentProxy>>;
type PdfPage = Awaited<ReturnType<PdfDocument["getPage"]>>;

async function readPage(page: PdfPage): Promise<string> {
  const { items } = await page.getTextContent();
  page.cleanup();
  const lines: { text: string; baseline: number; height: number }[] = [];
  let ended = true;
  for (const item of items) {
    if (!("str" in item)) continue;
    const baseline: unknown = item.transform[5];
    const line = lines.at(-1);
    if (ended || line === undefined) {
      lines.push({ text: item.str, baseline: Number(baseline), height: item.height });
    } else {
      line.text += item.str;
      line.height = Math.max(line.height, item.height);
    }
    ended = item.hasEOL;
  }
  let text = "";
  let above: (typeof lines)[number] | null = null;
  for (const line of lines) {
    const words = line.text.replace(/\s+/g, " ").trim();
    if (words === "") continue;
    if (above === null) text = words;
    else if (above.baseline - line.baseline > PARAGRAPH_GAP * Math.max(above.height, line.height, 1)) {
      text += `\n\n${words}`;
    } else if (/\p{Ll}[-\u00ad]$/u.test(text) && /^\p{Ll}/u.test(words)) text = text.slice(0, -1) + words;
    else text += `\n${words}`;
    above = line;
  }
  return text.replaceAll("\u00ad", "").replaceAll("\0", "");
}

async function readInformation(pdf: PdfDocument): Promise<Record<string, unknown>> {
  const { info } = await pdf.getMetadata();
  const found: Record<string, unknown> = {};
  for (const [key, name] of [
    ["Title", "title"],
    ["Author", "author"],
  ] as const) {
    const value: unknown = Reflect.get(info, key);
    if (typeof value === "string" && value.trim() !== "") found[name] = value.trim();
  }
  return found;
}
