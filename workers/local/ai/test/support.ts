import { exports } from "cloudflare:workers";

/** The embeddings of texts. */
export async function embeddingsOf(...texts: readonly string[]): Promise<number[][]> {
  const answer = await exports.default.run("@local/glove-lsa-200", { text: texts });
  if (!("data" in answer)) throw new Error("the embedding model gave no data");
  return answer.data;
}

/** Cosine of what two texts are about. */
export async function similarityOf(one: string, other: string): Promise<number> {
  const [a = [], b = []] = await embeddingsOf(one, other);
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}

/** The places of contexts in the order of the reranker, with their scores. */
export async function ranked(query: string, texts: readonly string[], options: { top_k?: number } = {}) {
  const contexts = texts.map((text) => ({ text }));
  const answer = await exports.default.run("@local/lexical-semantic-reranker", {
    query,
    contexts,
    ...options,
  });
  if (!("response" in answer)) throw new Error("the reranking model gave no response");
  return answer.response;
}

/** What a call of a model is refused with; the empty string if it isn't. */
export async function refusalOf(model: string, input: Record<string, unknown>): Promise<string> {
  try {
    await exports.default.run(model, input);
    return "";
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause);
  }
}
