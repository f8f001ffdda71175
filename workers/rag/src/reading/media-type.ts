import { DOCUMENT_MEDIA_TYPES, type DocumentMediaType } from "@crescendai/contracts";

/** Other names of the formats, as programs send them. */
const OTHER_NAMES: Readonly<Record<string, DocumentMediaType>> = {
  "text/x-markdown": "text/markdown",
  "application/xhtml+xml": "text/html",
  "application/x-pdf": "application/pdf",
};

const BY_EXTENSION: Readonly<Record<string, DocumentMediaType>> = {
  md: "text/markdown",
  markdown: "text/markdown",
  txt: "text/plain",
  html: "text/html",
  htm: "text/html",
  xhtml: "text/html",
  pdf: "application/pdf",
};

/** A PDF says so in its first kilobyte (ISO 32000-1, annex H: readers look that far). */
const PDF_SIGNATURE = /%PDF-\d/;
const PDF_SIGNATURE_BYTES = 1024;

/**
 * Which format a file is of: a PDF by its first bytes, a text by what its sender says, or by its name where they say
 * nothing in particular. Null: none that can be read.
 *
 * @param said the part's `Content-Type`, "" if it had none.
 */
export function mediaTypeOf(bytes: Uint8Array, said: string, filename: string): DocumentMediaType | null {
  const start = new TextDecoder("latin1").decode(bytes.subarray(0, PDF_SIGNATURE_BYTES));
  if (PDF_SIGNATURE.test(start)) return "application/pdf";
  const essence = said.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  const byName = BY_EXTENSION[/\.([A-Za-z]+)$/.exec(filename)?.[1]?.toLowerCase() ?? ""] ?? null;
  if (essence === "" || essence === "application/octet-stream") return byName;
  const named = DOCUMENT_MEDIA_TYPES.find((known) => known === essence) ?? OTHER_NAMES[essence] ?? null;
  // Browsers and curl call every text plain.
  return named === "text/plain" ? (byName ?? named) : named;
}
