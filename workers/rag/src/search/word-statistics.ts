import { ok, type Result } from "@crescendai/contracts";
import type { Database } from "@crescendai/worker-kit";
import { readWordStatistics, type WordStatistics } from "../tables/index-words.ts";

/** Milliseconds that an isolate remembers numbers: a restored database may count its generations anew. */
const REMEMBERED_MS = 60_000;

/** Words whose numbers are remembered; then all are forgotten. */
const REMEMBERED_WORDS = 20_000;

interface Remembered {
  readonly generation: number;
  /** Milliseconds since the epoch. */
  readonly until: number;
  readonly total: number;
  /** 0 for a word that no chunk has. */
  readonly chunksWith: Map<string, number>;
}

let remembered: Remembered | null = null;

/**
 * How many chunks the index has, and how many have each of these words: from the database, or as it said before in the same
 * generation of the library, since questions share most of their words.
 */
export async function wordStatistics(
  database: Database,
  generation: number,
  stems: readonly string[],
): Promise<Result<WordStatistics>> {
  const now = Date.now();
  const known = remembered;
  const isFresh = known !== null && known.generation === generation && known.until > now;
  if (isFresh && stems.every((stem) => known.chunksWith.has(stem))) return ok(known);
  const read = await readWordStatistics(database, stems);
  if (!read.ok) return read;
  const { total, chunksWith } = read.value;
  if (!isFresh || known.total !== total || known.chunksWith.size > REMEMBERED_WORDS) {
    remembered = { generation, until: now + REMEMBERED_MS, total, chunksWith: new Map() };
  }
  for (const stem of stems) remembered?.chunksWith.set(stem, chunksWith.get(stem) ?? 0);
  return read;
}
