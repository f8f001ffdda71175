import { isObject } from "../index/metadata-indexes.ts";
import type { NewVector } from "../requests/vectors.ts";

/** A vector as the table gives it. */
export interface StoredVector {
  readonly slot: number;
  readonly id: string;
  readonly namespace: string | undefined;
  readonly metadata: Record<string, VectorizeVectorMetadata> | undefined;
  readonly values: Float32Array;
}

/** What a candidate is scored by. */
export type Candidate = Pick<StoredVector, "slot" | "id" | "values">;

type Row = {
  slot: number;
  id: string;
  namespace: string | null;
  metadata: string | null;
  vector: ArrayBuffer;
};

const COLUMNS = "slot, id, namespace, metadata, vector";

/** Bound parameters of one statement: SQLite in a Durable Object takes 100. */
const PARAMETERS = 100;

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
    for (const row of this.#sql.exec<Row>(`SELECT ${COLUMNS} FROM vectors ORDER BY slot`)) yield fromRow(row);
  }

  /** What the vectors in these slots are scored by, in any order. */
  candidatesIn(slots: readonly number[]): Candidate[] {
    const rows = this.#whereIn<Pick<Row, "slot" | "id" | "vector">>("slot, id, vector", "slot", slots);
    return rows.map(({ slot, id, vector }) => ({ slot, id, values: new Float32Array(vector) }));
  }

  /** The vectors in these slots, in any order. */
  inSlots(slots: readonly number[]): StoredVector[] {
    return this.#whereIn<Row>(COLUMNS, "slot", slots).map(fromRow);
  }

  /** Those of the vectors that exist, in any order. */
  withIds(ids: readonly string[]): StoredVector[] {
    return this.#whereIn<Row>(COLUMNS, "id", ids).map(fromRow);
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

  #whereIn<Selected extends Record<string, SqlStorageValue>>(
    columns: string,
    key: "slot" | "id",
    keys: readonly (string | number)[],
  ): Selected[] {
    const found: Selected[] = [];
    for (let first = 0; first < keys.length; first += PARAMETERS) {
      const some = keys.slice(first, first + PARAMETERS);
      const marks = some.map(() => "?").join(", ");
      const query = `SELECT ${columns} FROM vectors WHERE ${key} IN (${marks})`;
      found.push(...this.#sql.exec<Selected>(query, ...some).toArray());
    }
    return found;
  }
}

function fromRow({ slot, id, namespace, metadata, vector }: Row): StoredVector {
  return {
    slot,
    id,
    namespace: namespace ?? undefined,
    metadata: metadata === null ? undefined : metadataOf(metadata),
    values: new Float32Array(vector),
  };
}

function metadataOf(json: string): Record<string, VectorizeVectorMetadata> | undefined {
  const parsed: unknown = JSON.parse(json);
  return isMetadata(parsed) ? parsed : undefined;
}

/** What was stored was checked then. */
function isMetadata(value: unknown): value is Record<string, VectorizeVectorMetadata> {
  return isObject(value);
}
