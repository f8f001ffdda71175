import { WorkerEntrypoint } from "cloudflare:workers";

export { StoredIndex } from "./stored-index.ts";

/**
 * Vectorize's methods over RPC, for where there is no Vectorize:
 * https://developers.cloudflare.com/vectorize/reference/client-api/.
 *
 * Unlike the real index, which takes seconds, a mutation can be seen as soon as it is answered; matches are exact, not
 * approximate; the metric is always the cosine. An index of other DIMENSIONS is another index, and empty at first.
 *
 * What the object answers is handed on as a copy: handed on as it is, it would be the caller's to dispose of.
 */
export default class LocalVectorize extends WorkerEntrypoint<LocalVectorizeEnv> {
  /** What the index holds. `processedUpToMutation` is the number of the last mutation, its `mutationId`. */
  async describe(): Promise<VectorizeIndexInfo> {
    const { vectorCount, dimensions, processedUpToDatetime, processedUpToMutation } =
      await this.#index.describe();
    return { vectorCount, dimensions, processedUpToDatetime, processedUpToMutation };
  }

  /** The nearest vectors: score is the cosine, −1…1, falling. Throws `VECTOR_QUERY_ERROR (code = …): …`. */
  query(vector: VectorFloatArray | number[], options: VectorizeQueryOptions = {}): Promise<VectorizeMatches> {
    return this.#index.query(vector, options);
  }

  /** The vectors nearest to one that is stored, itself among them. */
  async queryById(vectorId: string, options: VectorizeQueryOptions = {}): Promise<VectorizeMatches> {
    const { matches, count } = await this.#index.queryById(vectorId, options);
    return { matches, count };
  }

  /** Stores the vectors whose id isn't known yet, and leaves the others as they are. */
  async insert(vectors: VectorizeVector[]): Promise<VectorizeAsyncMutation> {
    const { mutationId } = await this.#index.insert(vectors);
    return { mutationId };
  }

  /** Stores vectors, in place of those that have the same id. */
  async upsert(vectors: VectorizeVector[]): Promise<VectorizeAsyncMutation> {
    const { mutationId } = await this.#index.upsert(vectors);
    return { mutationId };
  }

  /** Those of the vectors that exist. */
  async getByIds(ids: string[]): Promise<VectorizeVector[]> {
    return [...(await this.#index.getByIds(ids))];
  }

  /** Deletes those of the vectors that exist. */
  async deleteByIds(ids: string[]): Promise<VectorizeAsyncMutation> {
    const { mutationId } = await this.#index.deleteByIds(ids);
    return { mutationId };
  }

  get #index() {
    return this.env.INDEX.getByName(`${this.env.INDEX_NAME}-${this.env.DIMENSIONS}`);
  }
}
