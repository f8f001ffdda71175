import {
  MAX_BATCH,
  MAX_DELETE_IDS,
  MAX_GET_IDS,
  MAX_ID_BYTES,
  MAX_METADATA_BYTES,
  MAX_NAMESPACE_BYTES,
} from "../limits.ts";
import { accepted, type Checked, refused } from "../refusal.ts";
import { byteLength } from "./bytes.ts";

/** A vector as it is stored. */
export interface NewVector {
  readonly id: string;
  readonly values: Float32Array;
  readonly namespace: string | undefined;
  /** As JSON. */
  readonly metadata: string | undefined;
}

/** Checks what is to be stored. All or nothing: one bad vector refuses the batch. */
export function checkVectors(
  vectors: readonly VectorizeVector[],
  dimensions: number,
): Checked<readonly NewVector[]> {
  if (!Array.isArray(vectors)) return refused(40023, "failed to parse vectors: expected an array");
  if (vectors.length > MAX_BATCH) {
    return refused(40000, `too many vectors; max is ${MAX_BATCH}, got ${vectors.length}`);
  }
  const checked: NewVector[] = [];
  for (const vector of vectors) {
    const one = checkVector(vector, dimensions);
    if (!one.ok) return one;
    checked.push(one.value);
  }
  return accepted(checked);
}

function checkVector(vector: VectorizeVector, dimensions: number): Checked<NewVector> {
  const { id, values, namespace, metadata } = vector;
  const badId = checkId(id);
  if (!badId.ok) return badId;
  const length = values?.length ?? 0;
  if (length !== dimensions) {
    return refused(
      40012,
      `invalid vector for id="${id}", expected ${dimensions} dimensions, and got ${length} dimensions`,
    );
  }
  const floats = Float32Array.from(values);
  if (!floats.every(Number.isFinite)) {
    return refused(40023, `failed to parse vectors: a value of id="${id}" is not a number`);
  }
  if (namespace !== undefined) {
    const bad = checkNamespace(namespace);
    if (!bad.ok) return bad;
  }
  const json = metadata === undefined ? accepted(undefined) : checkMetadata(id, metadata);
  if (!json.ok) return json;
  return accepted({ id, values: floats, namespace, metadata: json.value });
}

function checkId(id: string): Checked<null> {
  if (typeof id !== "string" || id === "") {
    return refused(40023, "failed to parse vectors: expected an id, a string that isn't empty");
  }
  const bytes = byteLength(id);
  return bytes > MAX_ID_BYTES
    ? refused(40008, `id too long; max is ${MAX_ID_BYTES} bytes, got ${bytes} bytes`)
    : accepted(null);
}

/** Checks a vector's namespace, or a query's. */
export function checkNamespace(namespace: string): Checked<null> {
  if (typeof namespace !== "string") return refused(40023, "namespace: expected a string");
  const bytes = byteLength(namespace);
  return bytes > MAX_NAMESPACE_BYTES
    ? refused(40000, `namespace too long; max is ${MAX_NAMESPACE_BYTES} bytes, got ${bytes} bytes`)
    : accepted(null);
}

function checkMetadata(id: string, metadata: NonNullable<VectorizeVector["metadata"]>): Checked<string> {
  for (const key of Object.keys(metadata)) {
    if (key === "" || key.includes(".") || key.includes('"') || key.startsWith("$")) {
      return refused(
        40000,
        `invalid metadata key "${key}" of id="${id}": a key is not empty, has no . or " and begins with no $`,
      );
    }
  }
  const json = JSON.stringify(metadata);
  const bytes = byteLength(json);
  return bytes > MAX_METADATA_BYTES
    ? refused(
        40000,
        `metadata too large for id="${id}"; max is ${MAX_METADATA_BYTES} bytes, got ${bytes} bytes`,
      )
    : accepted(json);
}

/** Checks the ids of a getByIds. */
export function checkIdsToGet(ids: readonly string[]): Checked<readonly string[]> {
  return checkIds(ids, MAX_GET_IDS);
}

/** Checks the ids of a deleteByIds. */
export function checkIdsToDelete(ids: readonly string[]): Checked<readonly string[]> {
  return checkIds(ids, MAX_DELETE_IDS);
}

function checkIds(ids: readonly string[], most: number): Checked<readonly string[]> {
  if (!Array.isArray(ids)) return refused(40000, "ids: expected an array");
  if (ids.length > most) return refused(40000, `too many ids in payload; max is ${most}, got ${ids.length}`);
  for (const id of ids) {
    const bad = checkId(id);
    if (!bad.ok) return bad;
  }
  return accepted(ids);
}
