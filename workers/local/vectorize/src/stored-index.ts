import { DurableObject } from "cloudflare:workers";
import { type MetadataIndexes, parseMetadataIndexes } from "./index/metadata-indexes.ts";
import { type Found, VectorIndex } from "./index/vector-index.ts";
import { MAX_DIMENSIONS } from "./limits.ts";
import { orThrow, refused } from "./refusal.ts";
import { checkQueryVector, planQuery, type QueryPlan } from "./requests/query.ts";
import { checkIdsToDelete, checkIdsToGet, checkVectors, type NewVector } from "./requests/vectors.ts";
import { MutationsTable } from "./tables/mutations.ts";
import { parseMetadata, VectorsTable } from "./tables/vectors.ts";

/** The index: its vectors in SQLite, and in memory what a search needs, which is read when the object starts. */
export class StoredIndex extends DurableObject<LocalVectorizeEnv> {
  readonly #dimensions: number;
  readonly #indexes: MetadataIndexes;
  readonly #indexed: ReadonlySet<string>;
  readonly #vectors: VectorsTable;
  readonly #mutations: MutationsTable;
  readonly #index: VectorIndex;
  /** Slots below `#nextSlot` that hold nothing. */
  readonly #freeSlots: number[] = [];
  #nextSlot = 0;

  constructor(context: DurableObjectState, env: LocalVectorizeEnv) {
    super(context, env);
    this.#dimensions = Number(env.DIMENSIONS);
    if (!(this.#dimensions >= 1 && this.#dimensions <= MAX_DIMENSIONS)) {
      throw new Error(`DIMENSIONS must be a number from 1 to ${MAX_DIMENSIONS}, but is ${env.DIMENSIONS}`);
    }
    this.#indexes = parseMetadataIndexes(env.METADATA_INDEXES);
    this.#indexed = new Set(this.#indexes.keys());
    this.#vectors = new VectorsTable(context.storage.sql);
    this.#mutations = new MutationsTable(context.storage.sql);
    this.#index = new VectorIndex(this.#dimensions, this.#indexes);
    for (const vector of this.#vectors.all()) {
      for (; this.#nextSlot < vector.slot; this.#nextSlot += 1) this.#freeSlots.push(this.#nextSlot);
      this.#nextSlot = vector.slot + 1;
      this.#index.set(vector.slot, { ...vector, metadata: parseMetadata(vector.metadata) });
    }
  }

  describe(): VectorizeIndexInfo {
    const { number, at } = this.#mutations.last();
    return {
      vectorCount: this.#vectors.count(),
      dimensions: this.#dimensions,
      processedUpToDatetime: at,
      processedUpToMutation: number,
    };
  }

  query(vector: VectorFloatArray | number[], options: VectorizeQueryOptions): VectorizeMatches {
    const query = orThrow("VECTOR_QUERY", checkQueryVector(vector, this.#dimensions));
    return this.#search(query, orThrow("VECTOR_QUERY", planQuery(options, this.#indexed)));
  }

  queryById(id: string, options: VectorizeQueryOptions): VectorizeMatches {
    const plan = orThrow("VECTOR_QUERY", planQuery(options, this.#indexed));
    const [vector] = this.#vectors.withIds([id]);
    if (vector === undefined)
      return orThrow("VECTOR_QUERY", refused(40000, `vector with id="${id}" not found`));
    return this.#search(vector.values, plan);
  }

  insert(vectors: readonly VectorizeVector[]): VectorizeAsyncMutation {
    const checked = orThrow("VECTOR_INSERT", checkVectors(vectors, this.#dimensions));
    return this.#store(checked, { replace: false });
  }

  upsert(vectors: readonly VectorizeVector[]): VectorizeAsyncMutation {
    const checked = orThrow("VECTOR_UPSERT", checkVectors(vectors, this.#dimensions));
    return this.#store(checked, { replace: true });
  }

  getByIds(ids: readonly string[]): VectorizeVector[] {
    return this.#vectors.withIds(orThrow("VECTOR_GET", checkIdsToGet(ids))).map((vector) => {
      const metadata = parseMetadata(vector.metadata);
      return {
        id: vector.id,
        values: [...vector.values],
        ...(vector.namespace === undefined ? {} : { namespace: vector.namespace }),
        ...(metadata === undefined ? {} : { metadata }),
      };
    });
  }

  deleteByIds(ids: readonly string[]): VectorizeAsyncMutation {
    const checked = orThrow("VECTOR_DELETE", checkIdsToDelete(ids));
    return this.#mutate(() => {
      for (const id of checked) {
        const slot = this.#vectors.slotOf(id);
        if (slot === undefined) continue;
        this.#vectors.delete(slot);
        this.#index.clear(slot);
        this.#freeSlots.push(slot);
      }
    });
  }

  #store(vectors: readonly NewVector[], { replace }: { readonly replace: boolean }): VectorizeAsyncMutation {
    return this.#mutate(() => {
      for (const vector of vectors) {
        const existing = this.#vectors.slotOf(vector.id);
        if (existing !== undefined && !replace) continue;
        const slot = existing ?? this.#takeSlot();
        this.#vectors.put(slot, vector);
        this.#index.set(slot, { ...vector, metadata: parseMetadata(vector.metadata) });
      }
    });
  }

  /**
   * Everything was checked before: only a failure of the storage can end the work in its middle, and that ends the object
   * too, so that the index in memory is read anew.
   */
  #mutate(work: () => void): VectorizeAsyncMutation {
    try {
      const number = this.ctx.storage.transactionSync(() => {
        work();
        return this.#mutations.add(Date.now());
      });
      return { mutationId: String(number) };
    } catch (cause) {
      this.ctx.abort("the storage failed in the middle of a mutation");
      throw cause;
    }
  }

  #takeSlot(): number {
    const free = this.#freeSlots.pop();
    if (free !== undefined) return free;
    this.#nextSlot += 1;
    return this.#nextSlot - 1;
  }

  #search(query: Float32Array, plan: QueryPlan): VectorizeMatches {
    const found = this.#index.search(query, plan);
    const metadata = this.#metadataOf(found, plan);
    const matches = found.map(({ slot, id, namespace, score }) => ({
      id,
      score,
      ...(namespace === undefined ? {} : { namespace }),
      ...(plan.returnValues ? { values: [...this.#index.valuesOf(slot)] } : {}),
      ...metadata(slot),
    }));
    return { matches, count: matches.length };
  }

  /** What a match has of metadata, by its slot; only whole metadata are read from the table. */
  #metadataOf(
    found: readonly Found[],
    { returnMetadata }: QueryPlan,
  ): (slot: number) => Pick<VectorizeMatch, "metadata"> {
    if (returnMetadata === "none") return () => ({});
    if (returnMetadata === "indexed") return (slot) => ({ metadata: this.#index.indexedOf(slot) });
    const stored = this.#vectors.metadataIn(found.map(({ slot }) => slot));
    return (slot) => {
      const metadata = parseMetadata(stored.get(slot));
      return metadata === undefined ? {} : { metadata };
    };
  }
}
