import type { Dimension, DocumentLevel, DocumentMetadata, DocumentType } from "@crescendai/contracts";

/** What is known of a document, every blank filled. */
export interface ResolvedMetadata {
  readonly title: string;
  readonly author: string | null;
  readonly document_type: DocumentType;
  readonly level: DocumentLevel;
  readonly topics: readonly string[];
  readonly dimensions: readonly Dimension[];
  readonly composers: readonly string[];
  readonly sources: readonly string[];
}

/** Longest title made of a first line, in characters. */
const MAX_FIRST_LINE = 80;

/**
 * What whoever sent a document says of it counts first, then what the document says of itself. A document without a
 * title is called by its file's name, or its first line.
 */
export function resolveMetadata(
  given: DocumentMetadata,
  found: DocumentMetadata,
  filename: string | null,
  text: string,
): ResolvedMetadata {
  return {
    title: given.title ?? found.title ?? nameOf(filename) ?? firstLineOf(text) ?? "Untitled",
    author: given.author ?? found.author ?? null,
    document_type: given.document_type ?? found.document_type ?? "other",
    level: given.level ?? found.level ?? "all",
    topics: unique(given.topics ?? found.topics ?? []),
    dimensions: unique(given.dimensions ?? found.dimensions ?? []),
    composers: unique(given.composers ?? found.composers ?? []),
    sources: given.sources ?? found.sources ?? [],
  };
}

function unique<Value>(values: readonly Value[]): Value[] {
  return [...new Set(values)];
}

function nameOf(filename: string | null): string | undefined {
  const name = filename
    ?.replace(/\.[A-Za-z]{2,8}$/, "")
    .replace(/[_\s]+/g, " ")
    .trim();
  return name === "" ? undefined : name;
}

function firstLineOf(text: string): string | undefined {
  const line = text
    .trimStart()
    .split(/[\r\n]/, 1)[0]
    ?.replace(/\p{Cc}/gu, " ")
    .trim();
  if (line === undefined || line === "") return undefined;
  const characters = Array.from(line.toWellFormed());
  return characters.length <= MAX_FIRST_LINE
    ? line
    : `${characters.slice(0, MAX_FIRST_LINE).join("").trim()}…`;
}

/** What a filter is compared with: lower case, no diacritics, single spaces, so that "Frédéric" is "frederic". */
export function foldFacet(value: string): string {
  return value
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/\s+/g, " ")
    .trim();
}

/** What a document can be filtered by: kind and folded value. */
export function facetsOf(metadata: ResolvedMetadata): (readonly [kind: string, value: string])[] {
  const facets: (readonly [string, string])[] = [
    ["document_type", metadata.document_type],
    ["level", metadata.level],
    ...metadata.dimensions.map((dimension) => ["dimension", dimension] as const),
    ...metadata.topics.map((topic) => ["topic", foldFacet(topic)] as const),
    ...metadata.composers.map((composer) => ["composer", foldFacet(composer)] as const),
  ];
  if (metadata.author !== null) facets.push(["author", foldFacet(metadata.author)]);
  return facets;
}
