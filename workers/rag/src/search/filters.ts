import type { SearchRequest } from "@crescendai/contracts";
import { ok, type Result } from "@crescendai/contracts";
import type { Database } from "@crescendai/worker-kit";
import { foldFacet } from "../ingestion/metadata.ts";
import { type Facet, findFiled } from "../tables/passages.ts";

const KINDS = ["topic", "author", "dimension", "level", "composer", "document_type"] as const;

/** What the documents must be filed under that a request asks for; none: any document will do. */
export function facetsWanted(request: SearchRequest): Facet[] {
  return KINDS.flatMap((kind) => {
    const value = request[kind];
    return value === undefined ? [] : [[kind, foldFacet(value)] as const];
  });
}

/** Documents that a filter of the index of vectors names at most: their ids stay below its 2,048 bytes. */
const MAX_NAMED = 50;

/** How the index of vectors is asked for what is filed under some facets. */
export interface VectorFilter {
  /** Leaves out what isn't wanted, or some of it. */
  readonly filter: VectorizeVectorMetadataFilter | undefined;
  /** Whether what comes back must still be looked through. */
  readonly incomplete: boolean;
}

/** Null if no document is filed so. */
export async function vectorFilter(
  database: Database,
  facets: readonly Facet[],
): Promise<Result<VectorFilter | null>> {
  if (facets.length === 0) return ok({ filter: undefined, incomplete: false });
  const filed = await findFiled(database, facets, MAX_NAMED + 1);
  if (!filed.ok) return filed;
  if (filed.value.length === 0) return ok(null);
  if (filed.value.length <= MAX_NAMED) {
    return ok({ filter: { document_id: { $in: filed.value } }, incomplete: false });
  }
  const indexed = facets.filter(([kind]) => kind === "document_type" || kind === "level");
  return ok({
    filter: indexed.length === 0 ? undefined : Object.fromEntries(indexed),
    incomplete: indexed.length < facets.length,
  });
}
