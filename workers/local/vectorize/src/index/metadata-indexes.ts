import { MAX_INDEXED_BYTES } from "../limits.ts";
import { truncateToBytes } from "../requests/bytes.ts";
import type { IndexedValue } from "../requests/filter.ts";

/** Type of the values that a metadata index holds; others it leaves out. */
type IndexType = "string" | "number" | "boolean";

/** The metadata indexes of an index, by property; a dot in a property leads into an object. */
export type MetadataIndexes = ReadonlyMap<string, IndexType>;

/** Reads `name:type, name:type, …`. */
export function parseMetadataIndexes(text: string): MetadataIndexes {
  return new Map(
    text.split(",").flatMap((part) => {
      const [property, type] = part.split(":").map((piece) => piece.trim());
      if (property === undefined || property === "") return [];
      if (type !== "string" && type !== "number" && type !== "boolean") {
        throw new Error(`METADATA_INDEXES: ${part.trim()} is not name:string, name:number or name:boolean`);
      }
      return [[property, type] as const];
    }),
  );
}

/** What the indexes hold of a vector's metadata: its values by property, strings cut to their first 64 bytes. */
export function indexedMetadata(
  indexes: MetadataIndexes,
  metadata: Readonly<Record<string, unknown>> | undefined,
): Record<string, Exclude<IndexedValue, null>> {
  const held: Record<string, Exclude<IndexedValue, null>> = {};
  if (metadata === undefined) return held;
  for (const [property, type] of indexes) {
    const value = property
      .split(".")
      .reduce<unknown>(
        (object, key) => (isObject(object) && Object.hasOwn(object, key) ? object[key] : undefined),
        metadata,
      );
    if (typeof value === "string" && type === "string") {
      held[property] = truncateToBytes(value, MAX_INDEXED_BYTES);
    }
    if (typeof value === "number" && type === "number") held[property] = value;
    if (typeof value === "boolean" && type === "boolean") held[property] = value;
  }
  return held;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
