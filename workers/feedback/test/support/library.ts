import { env } from "cloudflare:workers";
import { ok, type Passage, type PassageSearch, type Result, type SearchRequest } from "@crescendai/contracts";
import { overriding } from "@crescendai/worker-testing/overriding";

/** A passage as the library gives it, on the pedal unless told otherwise. */
export function passageOf(given: Partial<Passage> = {}): Passage {
  const text =
    given.text ??
    "Why it blurs.\n\n1. *Dry.* Play the passage three times without pedal and listen to what the\n   fingers hold.\n";
  return {
    chunk_id: "c0000000-0000-4000-8000-000000000001",
    document_id: "d0000000-0000-4000-8000-000000000001",
    title: "Clearing a muddy pedal",
    author: "CrescendAI",
    section: "The cleaning routine",
    excerpt: text.slice(0, 40),
    relevance: 0.8,
    source: "technique/pedal-muddy.md",
    material: "quoted",
    page: null,
    char_start: 0,
    char_end: text.length,
    ...given,
    text,
  };
}

/** What a search gives that found these, with every step answering. */
export function searchOf(results: readonly Passage[], { q }: SearchRequest): Result<PassageSearch> {
  return ok({ query: q, mode: "hybrid+reranked", results });
}

/** The real bindings with a library that answers as the test says. */
export function withLibrary(
  search: (request: SearchRequest) => Promise<Result<PassageSearch>>,
  knowledgeVersion: () => Promise<Result<string>> = async () => ok("version 1"),
  bindings: FeedbackEnv = env,
): FeedbackEnv {
  return { ...bindings, RAG: overriding(bindings.RAG, { search, knowledgeVersion }) };
}
