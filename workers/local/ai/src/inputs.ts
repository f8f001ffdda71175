/** Most texts of one call of the embedding model: as many as Workers AI takes for its models. */
const MAX_TEXTS = 100;

/** What the embedding model is given. Throws `5006: …`. */
export function parseEmbeddingInput({ text }: Record<string, unknown>): {
  readonly texts: readonly string[];
} {
  const texts = typeof text === "string" ? [text] : text;
  if (!isArrayOf(texts, isString))
    throw invalid("required properties at '/' are 'text', a string or strings");
  if (texts.length === 0) throw invalid("'/text' must not be empty");
  if (texts.length > MAX_TEXTS)
    throw invalid(`'/text' has ${texts.length} items, at most ${MAX_TEXTS} are allowed`);
  return { texts };
}

/** What the reranking model is given. Throws `5006: …`. */
export function parseRerankingInput({ query, contexts, top_k }: Record<string, unknown>): {
  readonly query: string;
  readonly contexts: readonly string[];
  readonly topK: number | undefined;
} {
  if (typeof query !== "string" || query === "") throw invalid("required properties at '/' are 'query'");
  if (!isArrayOf(contexts, isContext))
    throw invalid("required properties at '/' are 'contexts', each with a 'text'");
  if (top_k !== undefined && !(typeof top_k === "number" && Number.isInteger(top_k) && top_k >= 1)) {
    throw invalid("'/top_k' must be an integer of at least 1");
  }
  return { query, contexts: contexts.map(({ text }) => text), topK: top_k };
}

function invalid(reason: string): Error {
  return new Error(`5006: Error: ${reason}`);
}

function isString(value: unknown): value is string {
  return typeof value === "string";
}

function isContext(value: unknown): value is { readonly text: string } {
  return typeof value === "object" && value !== null && "text" in value && typeof value.text === "string";
}

function isArrayOf<Item>(value: unknown, isItem: (item: unknown) => item is Item): value is Item[] {
  return Array.isArray(value) && value.every(isItem);
}
