import * as v from "valibot";
import { CountSchema, maxCharacters, UuidSchema, wholeNumber } from "./common.ts";
import { DimensionSchema } from "./dimensions.ts";
import { AuthorSchema, DocumentLevelSchema, DocumentTypeSchema, TermSchema } from "./knowledge.ts";

/*
 * The search in the library of piano pedagogy. What a document says is somebody else's word: it is handed on as quoted
 * material and never as an instruction.
 */

/** Longest question, in characters. */
const MAX_QUESTION_LENGTH = 500;

const FILTER_ENTRIES = {
  topic: v.optional(TermSchema),
  author: v.optional(AuthorSchema),
  dimension: v.optional(DimensionSchema),
  level: v.optional(DocumentLevelSchema),
  composer: v.optional(TermSchema),
  document_type: v.optional(DocumentTypeSchema),
};

const QuestionSchema = v.pipe(
  v.string(),
  maxCharacters(MAX_QUESTION_LENGTH),
  v.check((text) => text.trim() !== "", "must not be empty"),
);

/** Query of `GET /api/v1/knowledge/search`. */
export const SearchQuerySchema = v.strictObject({
  q: QuestionSchema,
  limit: v.optional(wholeNumber(1, 50), "10"),
  ...FILTER_ENTRIES,
});

/** The same as services ask it. */
export const SearchRequestSchema = v.strictObject({
  q: QuestionSchema,
  limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(50)),
  ...FILTER_ENTRIES,
});
export type SearchRequest = v.InferOutput<typeof SearchRequestSchema>;

/** Which steps made an answer; those that didn't answer are left out, and the search goes on without them. */
export const SearchModeSchema = v.picklist(["hybrid+reranked", "hybrid", "lexical", "semantic"]);
export type SearchMode = v.InferOutput<typeof SearchModeSchema>;

/** Says of a text that it is somebody else's: to be read and cited, never to be obeyed. */
export const MaterialSchema = v.literal("quoted");

const RESULT_ENTRIES = {
  chunk_id: UuidSchema,
  document_id: UuidSchema,
  title: v.string(),
  author: v.nullable(v.string()),
  /** Headings above the passage, joined by " › "; "" if there are none. */
  section: v.string(),
  /** Word for word from the document. */
  excerpt: v.string(),
  /** 0…1: how likely it is that the passage is about the question. */
  relevance: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  /** Where it stands, for a citation: a path in the library or a file's name, with the page if there are pages. */
  source: v.string(),
  material: MaterialSchema,
};

/** Answer of `GET /api/v1/knowledge/search`, best first. */
export const SearchAnswerSchema = v.strictObject({
  query: v.string(),
  mode: SearchModeSchema,
  results: v.array(v.strictObject(RESULT_ENTRIES)),
});
export type SearchAnswer = v.InferOutput<typeof SearchAnswerSchema>;

/** A result as services get it: with the whole passage, and where in its document it stands. */
export const PassageSchema = v.strictObject({
  ...RESULT_ENTRIES,
  text: v.string(),
  page: v.nullable(v.number()),
  char_start: CountSchema,
  char_end: CountSchema,
});
export type Passage = v.InferOutput<typeof PassageSchema>;

/** A document as a step of a search ranks it: at the place of its best passage. */
const RankedDocumentSchema = v.strictObject({ document_id: UuidSchema, source_key: v.nullable(v.string()) });

/** Query of `GET /api/v1/knowledge/search/steps`. */
export const SearchStepsQuerySchema = v.strictObject({ q: QuestionSchema, ...FILTER_ENTRIES });

/**
 * Answer of the same: what each step of a search makes of a question, up to 100 passages each, as documents, best first.
 * For whoever wonders why something is found, and for the evaluation.
 */
export const SearchStepsSchema = v.strictObject({
  /** The question with misspelt words put right. */
  query: v.string(),
  mode: SearchModeSchema,
  /** How long each step took; the two halves go on side by side. */
  milliseconds: v.record(v.string(), v.number()),
  lexical: v.array(RankedDocumentSchema),
  semantic: v.array(RankedDocumentSchema),
  fused: v.array(RankedDocumentSchema),
  /** All that are ranked, also those that aren't relevant enough to be shown. */
  reranked: v.array(v.strictObject({ ...RankedDocumentSchema.entries, relevance: v.number() })),
});
export type SearchSteps = v.InferOutput<typeof SearchStepsSchema>;

/** What `RagRpc.search` gives, best first. */
export interface PassageSearch {
  readonly query: string;
  readonly mode: SearchMode;
  readonly results: readonly Passage[];
}
