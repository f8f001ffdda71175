import { ok, SearchRequestSchema } from "@crescendai/contracts";
import * as v from "valibot";
import { defineTool, quoted } from "./tool.ts";

/** Passages that are given when none are asked for, and at most: what a conversation can hold. */
const USUAL_RESULTS = 5;
const MOST_RESULTS = 10;

/** Longest passage that is handed over, in characters. */
const MAX_PASSAGE = 1600;

const { q, topic, author, dimension, level, composer, document_type } = SearchRequestSchema.entries;

const ArgumentsSchema = v.strictObject({
  query: q,
  top_k: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MOST_RESULTS)), USUAL_RESULTS),
  filters: v.optional(v.strictObject({ topic, author, dimension, level, composer, document_type }), {}),
});

/** Passages of the library on a question, each with the number by which the answer cites it. */
export const searchKnowledgeBase = defineTool(
  "search_knowledge_base",
  "Searches the library of piano pedagogy. Each result has a number: cite it as [number] after what rests on it.",
  ArgumentsSchema,
  async ({ query, top_k, filters }, { services, passages }) => {
    const found = await services.search({ ...filters, q: query, limit: top_k });
    if (!found.ok) return found;
    const results = found.value.results.map((passage) => ({
      number: passages.numberOf(passage),
      title: passage.title,
      author: passage.author,
      section: passage.section,
      excerpt: Array.from(passage.text).slice(0, MAX_PASSAGE).join(""),
      document_id: passage.document_id,
      chunk_id: passage.chunk_id,
      relevance: passage.relevance,
    }));
    return ok(quoted({ results }));
  },
);
