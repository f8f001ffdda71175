import type { Passage } from "@crescendai/contracts";

/** Something that a document of the library says. It is material to be shown; it never decides anything. */
export interface Quotation extends Pick<Passage, "document_id" | "chunk_id" | "title" | "author"> {
  /** Word for word as in the document. */
  readonly excerpt: string;
}

const MARKER = /^[^\S\n]*(?:[-*+•]|\d{1,2}[.)])\s+/gmu;
const EMPHASIS = /(\*{1,2}|_{1,2})(?=\S)([^*_\n]*\S)\1/gu;

/** A quotation in a sentence of ours: on one line, without Markdown's marks, in quotation marks that are its own. */
export function inQuotationMarks({ excerpt }: Pick<Quotation, "excerpt">): string {
  const plain = excerpt
    .replace(MARKER, "")
    .replace(/\s+/gu, " ")
    .replace(EMPHASIS, "$2")
    .replace(/[“”"]/gu, "'");
  return `“${plain}”`;
}
