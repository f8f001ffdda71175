import type { ReadDocument } from "../reading/read-document.ts";
import type { RevisionName } from "../tables/revisions.ts";

/** A revision that the caller has taken up, with what was read of it already. */
export interface TakenRevision extends RevisionName {
  readonly read: ReadDocument | null;
}
