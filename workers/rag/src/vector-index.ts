/**
 * The index of the passages' embeddings, as far as this worker uses it: what Vectorize's binding and the stand-in in
 * workers/local/vectorize have in common. https://developers.cloudflare.com/vectorize/reference/client-api/
 */
export interface VectorIndex {
  /** Says how many vectors of how many dimensions there are. */
  describe(): Promise<object>;
  /** The nearest vectors, score falling: at most 100, or 20 with values or all metadata. */
  query(vector: number[], options?: VectorizeQueryOptions): Promise<VectorizeMatches>;
  /** Stores at most 1,000 vectors, in place of those with the same id. In production it takes seconds until they are found. */
  upsert(vectors: VectorizeVector[]): Promise<unknown>;
  /** Those of the vectors that exist; at most 20. */
  getByIds(ids: string[]): Promise<VectorizeVector[]>;
  /** Deletes those of at most 1,000 vectors that exist. In production it takes seconds until they are no longer found. */
  deleteByIds(ids: string[]): Promise<unknown>;
}
