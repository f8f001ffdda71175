import { DEFAULT_TOP_K, MAX_TOP_K, MAX_TOP_K_WITH_CONTENT } from "../limits.ts";
import { accepted, type Checked, refused } from "../refusal.ts";
import { type Condition, parseFilter } from "./filter.ts";
import { checkNamespace } from "./vectors.ts";

/** What a query asks for, checked. */
export interface QueryPlan {
  readonly topK: number;
  readonly namespace: string | undefined;
  readonly conditions: readonly Condition[];
  readonly returnValues: boolean;
  readonly returnMetadata: VectorizeMetadataRetrievalLevel;
}

/** Checks a query's options; `indexed` are the properties that have a metadata index. */
export function planQuery(options: VectorizeQueryOptions, indexed: ReadonlySet<string>): Checked<QueryPlan> {
  const { topK = DEFAULT_TOP_K, namespace, returnValues = false, filter } = options;
  const returnMetadata = metadataLevel(options.returnMetadata);
  if (returnMetadata === undefined) {
    return refused(40026, "Failed to parse the request body as JSON: returnMetadata: expected value");
  }
  if (!Number.isInteger(topK) || topK < 1) return refused(40000, `invalid top K, got ${topK}`);
  if (topK > MAX_TOP_K) return refused(40025, `max top K is ${MAX_TOP_K}, but got ${topK}`);
  if ((returnValues || returnMetadata === "all") && topK > MAX_TOP_K_WITH_CONTENT) {
    return refused(
      40025,
      `with returnValues=true or returnMetadata=all, max top K is ${MAX_TOP_K_WITH_CONTENT}, but got ${topK}; for a top K ` +
        `up to ${MAX_TOP_K}, retry with returnValues=false and returnMetadata=indexed`,
    );
  }
  if (namespace !== undefined) {
    const bad = checkNamespace(namespace);
    if (!bad.ok) return bad;
  }
  const conditions = filter === undefined ? accepted([]) : parseFilter(filter, indexed);
  if (!conditions.ok) return conditions;
  return accepted({ topK, namespace, conditions: conditions.value, returnValues, returnMetadata });
}

/** Checks a query's vector; it is taken in the index's precision. */
export function checkQueryVector(
  vector: VectorFloatArray | number[],
  dimensions: number,
): Checked<Float32Array> {
  const length = vector?.length ?? 0;
  if (length !== dimensions) {
    return refused(
      40006,
      `invalid query vector, expected ${dimensions} dimensions, and got ${length} dimensions`,
    );
  }
  const values = Float32Array.from(vector);
  return values.every(Number.isFinite)
    ? accepted(values)
    : refused(40026, "Failed to parse the request body as JSON: vector: expected number");
}

/** The level that is meant. As the real binding has it, true is "all", but false is no level. */
function metadataLevel(
  given: VectorizeQueryOptions["returnMetadata"],
): VectorizeMetadataRetrievalLevel | undefined {
  if (given === undefined) return "none";
  if (given === true) return "all";
  return given === "all" || given === "indexed" || given === "none" ? given : undefined;
}
