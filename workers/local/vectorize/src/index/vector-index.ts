import type { IndexedValue } from "../requests/filter.ts";
import type { QueryPlan } from "../requests/query.ts";
import { Column } from "./column.ts";
import { ExactVectors } from "./exact-vectors.ts";
import { indexedMetadata, type MetadataIndexes } from "./metadata-indexes.ts";
import { nearest } from "./nearest.ts";
import { QuantisedVectors } from "./quantised-vectors.ts";

/** What the index in memory needs of a vector. */
export interface IndexEntry {
  readonly id: string;
  readonly values: Float32Array;
  readonly namespace: string | undefined;
  readonly metadata: Readonly<Record<string, unknown>> | undefined;
}

/** A vector that a search found. */
export interface Found {
  readonly slot: number;
  readonly id: string;
  readonly namespace: string | undefined;
  /** The cosine, −1…1. */
  readonly score: number;
}

/** The index in memory: by slot the id, the vector, whole and quantised, the namespace, and what the metadata indexes hold. */
export class VectorIndex {
  readonly #indexes: MetadataIndexes;
  readonly #ids: string[] = [];
  readonly #vectors: QuantisedVectors;
  readonly #exact: ExactVectors;
  readonly #occupied = new Column();
  readonly #namespaces = new Column();
  readonly #columns: ReadonlyMap<string, Column>;

  constructor(dimensions: number, indexes: MetadataIndexes) {
    this.#indexes = indexes;
    this.#vectors = new QuantisedVectors(dimensions);
    this.#exact = new ExactVectors(dimensions);
    this.#columns = new Map([...indexes.keys()].map((property) => [property, new Column()]));
  }

  /** Puts a vector into a slot, whatever that held before. */
  set(slot: number, entry: IndexEntry): void {
    this.#ids[slot] = entry.id;
    this.#vectors.set(slot, entry.values);
    this.#exact.set(slot, entry.values);
    this.#occupied.set(slot, true);
    this.#namespaces.set(slot, entry.namespace ?? null);
    const held = indexedMetadata(this.#indexes, entry.metadata);
    for (const [property, column] of this.#columns) column.set(slot, held[property] ?? null);
  }

  /** Empties a slot. */
  clear(slot: number): void {
    this.#occupied.set(slot, null);
  }

  /** The values of the vector in a slot; they change with the slot. */
  valuesOf(slot: number): Float32Array {
    return this.#exact.valuesOf(slot);
  }

  /** What the metadata indexes hold of the vector in a slot. */
  indexedOf(slot: number): Record<string, Exclude<IndexedValue, null>> {
    const held: Record<string, Exclude<IndexedValue, null>> = {};
    for (const [property, column] of this.#columns) {
      const value = column.valueOf(slot);
      if (value !== null) held[property] = value;
    }
    return held;
  }

  /** The `topK` nearest vectors of those that a query asks for, nearest first, equally near ones by id. */
  search(query: Float32Array, { topK, namespace, conditions }: QueryPlan): Found[] {
    const selected = new Uint8Array(this.#vectors.slots).fill(1);
    this.#occupied.restrict(selected, (value) => value === true);
    if (namespace !== undefined) this.#namespaces.restrict(selected, (value) => value === namespace);
    for (const { property, holds } of conditions) this.#columns.get(property)?.restrict(selected, holds);
    const ids = this.#ids;
    return nearest(this.#vectors.cosines(query), selected, topK, this.#exact.cosinesWith(query))
      .toSorted((one, other) => other.score - one.score || (ids[one.slot] < ids[other.slot] ? -1 : 1))
      .slice(0, topK)
      .map(({ slot, score }) => ({ slot, id: ids[slot], namespace: this.#namespaceOf(slot), score }));
  }

  #namespaceOf(slot: number): string | undefined {
    const namespace = this.#namespaces.valueOf(slot);
    return typeof namespace === "string" ? namespace : undefined;
  }
}
