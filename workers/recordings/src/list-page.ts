import { type ListRecordingsQuery, ok, type Recording, type Result } from "@crescendai/contracts";
import type { Database } from "@crescendai/worker-kit";
import { instantsOf } from "./list-query.ts";
import { countRecordings, listRecordings } from "./tables/recordings.ts";

/** One page of a user's recordings, and how many there are on all pages. */
export async function listPage(
  database: Database,
  userId: string,
  query: ListRecordingsQuery,
): Promise<Result<{ recordings: Recording[]; total: number }>> {
  const instants = instantsOf(query);
  const [recordings, total] = await Promise.all([
    listRecordings(database, userId, query, instants),
    countRecordings(database, userId, query, instants),
  ]);
  if (!recordings.ok) return recordings;
  return total.ok ? ok({ recordings: recordings.value, total: total.value }) : total;
}
