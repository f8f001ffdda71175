import { isObject } from "../index/metadata-indexes.ts";
import type { NewVector } from "../requests/vectors.ts";

/** A vector as the table gives it. */
export interface StoredVector {
  readonly slot: number;
  readonly id: string;
  readonly namespace: string | undefined;
  /** JSON, as it is stored; {@link parseMetadata}. */
  readonly metadata: string | undefined;
  readonly values: Float32Array;
}

/** The columns, in their order. */
type Row = [slot: number, id: string, namespace: string | null, metadata: string | null, vector: ArrayBuffer];

const SELECT = "SELECT slot, id, namespace, metadata, vector FROM vectors";

/**
 * The table of vectors: their values as they came, in 32 bits. A slot is a place in the index in memory; a free one is used
 * again.
 */
export class VectorsTable {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec(`
      CREATE TABLE IF NOT EXISTS vectors (
        slot INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        namespace TEXT,
        metadata TEXT,
        vector BLOB NOT NULL
      )`);
  }

  /** Every vector, in the order of slots. */
  *all(): Generator<StoredVector> {
    for (const row of this.#sql.exec(`${SELECT} ORDER BY slot`).raw<Row>()) yield fromRow(row);
  }

  /** Those of the vectors that exist, in any order. */
  withIds(ids: readonly string[]): StoredVector[] {
    const query = `${SELECT} WHERE id IN (SELECT value FROM json_each(?))`;
    return Array.from(this.#sql.exec(query, JSON.stringify(ids)).raw<Row>(), fromRow);
  }

  /** The metadata of the vectors in these slots, as JSON; without those that have none. */
  metadataIn(slots: readonly number[]): Map<number, string> {
    const query = `SELECT slot, metadata FROM vectors
      WHERE metadata IS NOT NULL AND slot IN (SELECT value FROM json_each(?))`;
    return new Map(this.#sql.exec(query, JSON.stringify(slots)).raw<[number, string]>());
  }

  slotOf(id: string): number | undefined {
    return this.#sql.exec<{ slot: number }>("SELECT slot FROM vectors WHERE id = ?", id).toArray()[0]?.slot;
  }

  /** Stores a vector in a slot, in place of what is there. */
  put(slot: number, { id, namespace, metadata, values }: NewVector): void {
    this.#sql.exec(
      "INSERT OR REPLACE INTO vectors (slot, id, namespace, metadata, vector) VALUES (?, ?, ?, ?, ?)",
      slot,
      id,
      namespace ?? null,
      metadata ?? null,
      new Uint8Array(values.buffer, values.byteOffset, values.byteLength).slice().buffer,
    );
  }

  delete(slot: number): void {
    this.#sql.exec("DELETE FROM vectors WHERE slot = ?", slot);
  }

  count(): number {
    return this.#sql.exec<{ count: number }>("SELECT count(*) AS count FROM vectors").one().count;
  }
}

function fromRow([slot, id, namespace, metadata, vector]: Row): StoredVector {
  return {
    slot,
    id,
    namespace: namespace ?? undefined,
    metadata: metadata ?? undefined,
    values: new Float32Array(vector),
  };
}

/** The metadata of a vector that is stored or to be stored. */
export function parseMetadata(json: string | undefined): Record<string, VectorizeVectorMetadata> | undefined {
  const parsed: unknown = json === undefined ? undefined : JSON.parse(json);
  return isMetadata(parsed) ? parsed : undefined;
}

/** What was stored was checked then. */
function isMetadata(value: unknown): value is Record<string, VectorizeVectorMetadata> {
  return isObject(value);
}
