import { env } from "cloudflare:workers";
import { embed } from "../../src/models.ts";

/** Ids of the documents that search may see and that have a word, best first. */
export async function foundByWord(word: string): Promise<string[]> {
  const { results } = await env.DB.prepare(
    `SELECT live_chunks.document_id FROM chunks_fts JOIN live_chunks ON live_chunks.seq = chunks_fts.rowid
     WHERE chunks_fts MATCH ? ORDER BY bm25(chunks_fts)`,
  )
    .bind(`"${word}"`)
    .all<{ document_id: string }>();
  return [...new Set(results.map(({ document_id }) => document_id))];
}

/** The BM25 of every passage that has a word, best first. */
export async function bm25Of(word: string): Promise<number[]> {
  const { results } = await env.DB.prepare(
    "SELECT -bm25(chunks_fts) AS score FROM chunks_fts WHERE chunks_fts MATCH ? ORDER BY score DESC",
  )
    .bind(`"${word}"`)
    .all<{ score: number }>();
  return results.map(({ score }) => score);
}

/** Ids of the chunks whose vectors of a model are nearest to a text. */
export async function nearestChunks(text: string, model = env.EMBEDDING_MODEL): Promise<string[]> {
  const vectors = await embed(env.AI, env.EMBEDDING_MODEL, [text]);
  if (!vectors.ok) throw new Error(vectors.error.message);
  const { matches } = await env.VECTORIZE.query(vectors.value[0] ?? [], { topK: 100, namespace: model });
  return matches.map(({ id }) => id);
}

export async function generation(): Promise<number> {
  return (
    (await env.DB.prepare("SELECT generation FROM knowledge_generation").first<number>("generation")) ?? -1
  );
}

/** How many rows each table has that a document leaves traces in, and how many objects there are. */
export async function traces(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of ["documents", "revisions", "facets", "chunks", "chunks_fts", "unclaimed_objects"]) {
    counts[table] =
      (await env.DB.prepare(`SELECT COUNT(*) AS rows FROM ${table}`).first<number>("rows")) ?? -1;
  }
  counts["objects"] = (await env.DOCUMENTS.list()).objects.length;
  return counts;
}
