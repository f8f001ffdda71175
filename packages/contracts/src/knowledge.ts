import * as v from "valibot";
import {
  CountSchema,
  maxCharacters,
  PageQueryEntries,
  PaginationSchema,
  Sha256Schema,
  TimestampSchema,
  UuidSchema,
} from "./common.ts";
import { DimensionSchema } from "./dimensions.ts";

/* The library of piano pedagogy: its documents, and how they come in. The search in them: knowledge-search.ts. */

/** Largest document, in bytes: a method book as PDF without scans, or some 1,500 pages of plain text. */
export const MAX_DOCUMENT_BYTES = 10 * 1024 * 1024;

/** What a document is about; the folders of library/ are named so. "other" is for what was sent without one. */
export const DOCUMENT_TYPES = [
  "technique",
  "practice",
  "dimension",
  "style",
  "composer",
  "piece",
  "health",
  "performance",
  "musicianship",
  "other",
] as const;

/** What a document is about. */
export const DocumentTypeSchema = v.picklist(DOCUMENT_TYPES);
export type DocumentType = v.InferOutput<typeof DocumentTypeSchema>;

/** Whom a document is for. */
export const DocumentLevelSchema = v.picklist(["beginner", "intermediate", "advanced", "all"]);
export type DocumentLevel = v.InferOutput<typeof DocumentLevelSchema>;

/** The formats that can be read, by their media type (RFC 7763, RFC 2046, RFC 2854, RFC 8118). */
export const DOCUMENT_MEDIA_TYPES = ["text/markdown", "text/plain", "text/html", "application/pdf"] as const;

/** The media type of a document that can be read. */
export const DocumentMediaTypeSchema = v.picklist(DOCUMENT_MEDIA_TYPES);
export type DocumentMediaType = v.InferOutput<typeof DocumentMediaTypeSchema>;

/** One line of text that is shown and searched: a title, a name, a topic. */
function line(maximum: number) {
  return v.pipe(
    v.string(),
    v.trim(),
    v.minLength(1, "must not be empty"),
    maxCharacters(maximum),
    v.regex(/^\P{Cc}*$/u, "must be one line without control characters"),
    v.check((text) => text.isWellFormed(), "must be well-formed text"),
  );
}

/** Longest title, in characters: what a search result shows on two lines. */
const TitleSchema = line(300);
/** A name of whoever wrote a document. */
export const AuthorSchema = line(200);
/** A topic, a composer's surname; also what a search is filtered by. */
export const TermSchema = line(100);

/** Most entries of one list of a document. */
const MAX_TERMS = 20;

const METADATA_ENTRIES = {
  title: v.optional(TitleSchema),
  author: v.optional(AuthorSchema),
  document_type: v.optional(DocumentTypeSchema),
  topics: v.optional(v.pipe(v.array(TermSchema), v.maxLength(MAX_TERMS))),
  dimensions: v.optional(v.pipe(v.array(DimensionSchema), v.maxLength(MAX_TERMS))),
  level: v.optional(DocumentLevelSchema),
  composers: v.optional(v.pipe(v.array(TermSchema), v.maxLength(MAX_TERMS))),
  /** Published works that the document rests on: "Author, Title, year". */
  sources: v.optional(v.pipe(v.array(line(500)), v.maxLength(MAX_TERMS))),
};

/** What is said of a document by whoever sends it; what is left out is looked for in the document itself. */
export const DocumentMetadataSchema = v.strictObject(METADATA_ENTRIES);
export type DocumentMetadata = v.InferOutput<typeof DocumentMetadataSchema>;

/** The same as a Markdown file says it of itself; other keys belong to other programs. */
export const FrontMatterSchema = v.object(METADATA_ENTRIES);

/** JSON body of `POST /api/v1/knowledge/documents`, for texts; the size is judged on their UTF-8 bytes. */
export const PostDocumentSchema = v.strictObject({
  text: v.pipe(
    v.string(),
    v.check((text) => text.isWellFormed(), "must be well-formed text"),
  ),
  media_type: v.optional(v.picklist(["text/markdown", "text/plain", "text/html"]), "text/markdown"),
  metadata: v.optional(DocumentMetadataSchema, {}),
});

/**
 * How far a document is. pending: stored, and to be read. processing: read, and waiting for the vectors of some of its
 * chunks. ready: all is done. failed: it can't be read, `error` says why.
 */
export const DocumentStatusSchema = v.picklist(["pending", "processing", "ready", "failed"]);
export type DocumentStatus = v.InferOutput<typeof DocumentStatusSchema>;

/**
 * A document, as administrators see it. Everything is of its newest revision, except `searchable`: whether search
 * finds some revision of it, by words at least.
 */
export const DocumentSchema = v.strictObject({
  id: UuidSchema,
  origin: v.picklist(["library", "upload"]),
  /** Path below library/, or null. */
  source_key: v.nullable(v.string()),
  title: v.string(),
  author: v.nullable(v.string()),
  document_type: DocumentTypeSchema,
  level: DocumentLevelSchema,
  topics: v.array(v.string()),
  dimensions: v.array(DimensionSchema),
  composers: v.array(v.string()),
  sources: v.array(v.string()),
  filename: v.nullable(v.string()),
  media_type: DocumentMediaTypeSchema,
  size_bytes: CountSchema,
  sha256: Sha256Schema,
  revision: v.pipe(v.number(), v.integer(), v.minValue(1)),
  status: DocumentStatusSchema,
  error: v.nullable(v.string()),
  searchable: v.boolean(),
  chunk_count: CountSchema,
  /** The model that made its vectors; null while some are missing. */
  embedding_model: v.nullable(v.string()),
  created_at: TimestampSchema,
  updated_at: TimestampSchema,
});
export type KnowledgeDocument = v.InferOutput<typeof DocumentSchema>;

/** Query of `GET /api/v1/knowledge/documents`; newest first. */
export const ListDocumentsQuerySchema = v.strictObject({
  ...PageQueryEntries,
  status: v.optional(DocumentStatusSchema),
  document_type: v.optional(DocumentTypeSchema),
  origin: v.optional(v.picklist(["library", "upload"])),
});
export type ListDocumentsQuery = v.InferOutput<typeof ListDocumentsQuerySchema>;

/** Answer of `GET /api/v1/knowledge/documents`. */
export const DocumentListSchema = v.strictObject({
  documents: v.array(DocumentSchema),
  pagination: PaginationSchema,
});

/**
 * A passage of a document. `page` counts from 1; [char_start, char_end) are UTF-16 code units: of Markdown and plain text as they
 * were sent, front matter included, a byte order mark not; of HTML and PDF of the text that was read from them.
 */
export const ChunkSchema = v.strictObject({
  chunk_id: UuidSchema,
  position: CountSchema,
  section: v.string(),
  page: v.nullable(v.number()),
  char_start: CountSchema,
  char_end: CountSchema,
  text: v.string(),
});
export type Chunk = v.InferOutput<typeof ChunkSchema>;

/** Query of `GET /api/v1/knowledge/documents/:id/chunks`. */
export const ListChunksQuerySchema = v.strictObject(PageQueryEntries);

/** The chunks of a document's newest revision, in the order of the document. */
export const ChunkListSchema = v.strictObject({
  document_id: UuidSchema,
  chunks: v.array(ChunkSchema),
  pagination: PaginationSchema,
});

/** Answer of `DELETE /api/v1/knowledge/documents/:id`. */
export const DocumentDeletedSchema = v.strictObject({ message: v.string(), id: UuidSchema });

/** Path of a file below library/: folders and a name, of harmless characters. */
export const SourceKeySchema = v.pipe(
  v.string(),
  v.regex(
    /^(?!.{201})[a-z0-9][a-z0-9_-]*(\/[a-z0-9][a-z0-9_-]*)*\.md$/,
    "must be a path like technique/even-scales.md, at most 200 characters",
  ),
);

/** Answer of `GET /api/v1/knowledge/library`: what of the library is held, by which a client sees what to send. */
export const LibraryManifestSchema = v.strictObject({
  documents: v.array(v.strictObject({ source_key: SourceKeySchema, sha256: Sha256Schema })),
});
export type LibraryManifest = v.InferOutput<typeof LibraryManifestSchema>;

/** Files of the library sent or removed in one request: what is worked through in a second or two. */
export const MAX_LIBRARY_BATCH = 50;

/** Body of `POST /api/v1/knowledge/library`: files that are new or changed, and paths of files that are gone. */
export const PostLibrarySchema = v.strictObject({
  documents: v.optional(
    v.pipe(
      v.array(v.strictObject({ source_key: SourceKeySchema, text: PostDocumentSchema.entries.text })),
      v.maxLength(MAX_LIBRARY_BATCH),
    ),
    [],
  ),
  remove: v.optional(v.pipe(v.array(SourceKeySchema), v.maxLength(MAX_LIBRARY_BATCH)), []),
});
export type PostLibrary = v.InferOutput<typeof PostLibrarySchema>;

/** Answer of the same: what became of each file. `failed` ones have an `error`, and leave what was there before. */
export const LibraryAnswerSchema = v.strictObject({
  documents: v.array(
    v.strictObject({
      source_key: SourceKeySchema,
      outcome: v.picklist(["created", "changed", "unchanged", "failed"]),
      document_id: v.nullable(UuidSchema),
      status: v.nullable(DocumentStatusSchema),
      error: v.nullable(v.string()),
    }),
  ),
  removed: v.array(SourceKeySchema),
});
export type LibraryAnswer = v.InferOutput<typeof LibraryAnswerSchema>;

/** Answer of `POST /api/v1/knowledge/rebuild`: what the indexes were made anew from. */
export const RebuiltSchema = v.strictObject({
  message: v.string(),
  documents: CountSchema,
  chunks: CountSchema,
});
