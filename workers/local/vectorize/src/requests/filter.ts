/**
 * What a query's `filter` says: https://developers.cloudflare.com/vectorize/reference/metadata-filtering/. The conditions on
 * several properties must all hold; a dot in a key leads into an object.
 */

import { FILTER_BYTES_END, MAX_FILTER_KEY_LENGTH } from "../limits.ts";
import { accepted, type Checked, refused } from "../refusal.ts";
import { byteLength } from "./bytes.ts";

/** A value that a metadata index holds of a vector; null where the vector has none. */
export type IndexedValue = string | number | boolean | null;

/** The condition on one property. */
export interface Condition {
  readonly property: string;
  holds(value: IndexedValue): boolean;
}

type Bound = string | number;

const RANGES: Readonly<Record<string, (value: Bound, bound: Bound) => boolean>> = {
  $lt: (value, bound) => value < bound,
  $lte: (value, bound) => value <= bound,
  $gt: (value, bound) => value > bound,
  $gte: (value, bound) => value >= bound,
};
const UPPER = ["$lt", "$lte"];
const LOWER = ["$gt", "$gte"];

/** Reads a filter. `indexed` are the properties that have a metadata index: others can't be filtered on. */
export function parseFilter(
  filter: VectorizeVectorMetadataFilter,
  indexed: ReadonlySet<string>,
): Checked<readonly Condition[]> {
  if (typeof filter !== "object" || filter === null || Array.isArray(filter)) {
    return refused(40026, "filter: expected an object");
  }
  const entries = Object.entries(filter);
  if (entries.length === 0) return refused(40000, "filter: must not be empty");
  if (byteLength(JSON.stringify(filter)) >= FILTER_BYTES_END) {
    return refused(40000, `filter: its JSON must have fewer than ${FILTER_BYTES_END} bytes`);
  }
  const conditions: Condition[] = [];
  for (const [property, given] of entries) {
    if (!isKey(property)) return refused(40000, `filter: invalid key "${property}"`);
    if (!indexed.has(property)) return refused(40000, `filter: "${property}" has no metadata index`);
    const holds = parseCondition(property, given);
    if (!holds.ok) return holds;
    conditions.push({ property, holds: holds.value });
  }
  return accepted(conditions);
}

function isKey(key: string): boolean {
  return (
    key.length <= MAX_FILTER_KEY_LENGTH &&
    !/["|]/.test(key) &&
    key.split(".").every((part) => part !== "" && !part.startsWith("$"))
  );
}

function parseCondition(property: string, given: unknown): Checked<(value: IndexedValue) => boolean> {
  if (isIndexedValue(given)) return accepted((value) => value === given);
  if (typeof given !== "object" || Array.isArray(given)) {
    return refused(40026, `filter: invalid value of "${property}"`);
  }
  const operations = Object.entries(given ?? {});
  const [first, second] = operations;
  if (first === undefined) return refused(40000, `filter: "${property}" has no operator`);
  if (second !== undefined && !isRange(operations)) {
    return refused(40000, `filter: only an upper and a lower bound may be combined, in "${property}"`);
  }
  const tests: ((value: IndexedValue) => boolean)[] = [];
  for (const [operator, operand] of operations) {
    const test = parseOperation(operator, operand);
    if (test === undefined) return refused(40026, `filter: invalid ${operator} of "${property}"`);
    tests.push(test);
  }
  return accepted((value) => tests.every((test) => test(value)));
}

function isRange(operations: readonly (readonly [string, unknown])[]): boolean {
  const names = operations.map(([name]) => name);
  return (
    names.length === 2 &&
    names.some((name) => UPPER.includes(name)) &&
    names.some((name) => LOWER.includes(name))
  );
}

function parseOperation(operator: string, operand: unknown): ((value: IndexedValue) => boolean) | undefined {
  if (operator === "$in" || operator === "$nin") {
    if (!Array.isArray(operand) || operand.length === 0 || !operand.every(isIndexedValue)) return undefined;
    const values: ReadonlySet<IndexedValue> = new Set(operand);
    return operator === "$in" ? (value) => values.has(value) : (value) => !values.has(value);
  }
  if (operator === "$eq" || operator === "$ne") {
    if (!isIndexedValue(operand)) return undefined;
    return operator === "$eq" ? (value) => value === operand : (value) => value !== operand;
  }
  const compare = Object.hasOwn(RANGES, operator) ? RANGES[operator] : undefined;
  if (compare === undefined || (typeof operand !== "string" && typeof operand !== "number")) return undefined;
  return (value) => typeof value === typeof operand && isBound(value) && compare(value, operand);
}

function isBound(value: IndexedValue): value is Bound {
  return typeof value === "string" || typeof value === "number";
}

function isIndexedValue(value: unknown): value is IndexedValue {
  return (
    value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean"
  );
}
