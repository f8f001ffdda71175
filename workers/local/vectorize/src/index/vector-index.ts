import type { QueryPlan } from "../requests/query.ts";
import { candidates } from "./candidates.ts";
import { Column } from "./column.ts";
import { indexedMetadata, type MetadataIndexes } from "./metadata-indexes.ts";
import { QuantisedVectors } from "./quantised-vectors.ts";

/** What the index in memory needs of a vector. */
export interface IndexEntry {
  readonly values: Float32Array;
  readonly namespace: string | undefined;
  readonly metadata: Readonly<Record<string, unknown>> | undefined;
}

/** The index in memory: by slot the quantised vector, the namespace, and what the metadata indexes hold. */
export class VectorIndex {
  readonly #indexes: MetadataIndexes;
  readonly #vectors: QuantisedVectors;
  readonly #occupied = new Column();
  readonly #namespaces = new Column();
  readonly #columns: ReadonlyMap<string, Column>;

  constructor(dimensions: number, indexes: MetadataIndexes) {
    this.#indexes = indexes;
    this.#vectors = new QuantisedVectors(dimensions);
    this.#columns = new Map([...indexes.keys()].map((property) => [property, new Column()]));
  }

  /** Puts a vector into a slot, whatever that held before. */
  set(slot: number, entry: IndexEntry): void {
    this.#vectors.set(slot, entry.values);
    this.#occupied.set(slot, true);
    this.#namespaces.set(slot, entry.namespace ?? null);
    const held = indexedMetadata(this.#indexes, entry.metadata);
    for (const [property, column] of this.#columns) column.set(slot, held[property] ?? null);
  }

  /** Empties a slot. */
  clear(slot: number): void {
    this.#occupied.set(slot, null);
  }

  /** The slots of all vectors that can be among those that a query asks for: a few more than `topK`, if there are as many. */
  search(query: Float32Array, { topK, namespace, conditions }: QueryPlan): number[] {
    const selected = new Uint8Array(this.#vectors.slots).fill(1);
    this.#occupied.restrict(selected, (value) => value === true);
    if (namespace !== undefined) this.#namespaces.restrict(selected, (value) => value === namespace);
    for (const { property, holds } of conditions) this.#columns.get(property)?.restrict(selected, holds);
    return candidates(this.#vectors.cosines(query), selected, topK);
  }
}
