import * as v from "valibot";
import type { ResolvedMetadata } from "../ingestion/metadata.ts";

/** A column that holds a list as JSON. */
export function jsonListColumn<const Item extends v.GenericSchema>(item: Item) {
  return v.pipe(v.string(), v.parseJson(), v.array(item));
}

/** The values of the columns title, author, document_type, level, topics, dimensions, composers and sources, in this order. */
export function metadataValues(metadata: ResolvedMetadata): (string | null)[] {
  const { title, author, document_type, level, topics, dimensions, composers, sources } = metadata;
  const lists = [topics, dimensions, composers, sources].map((list) => JSON.stringify(list));
  return [title, author, document_type, level, ...lists];
}
