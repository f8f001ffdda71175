import { ok, type Result } from "@crescendai/contracts";
import { type Database, Memory } from "@crescendai/worker-kit";
import { type PassageRow, readPassages } from "../tables/passages.ts";

/** Passages that an isolate remembers, of four kilobytes at most: those of a library of a thousand documents. */
const REMEMBERED = 4000;

/** Milliseconds that a passage is remembered: as long as an answer that quotes it. */
const REMEMBERED_MS = 60 * 60 * 1000;

/** What was read in the generation of the library that was last asked for. */
let remembered = { generation: Number.NaN, passages: new Memory<PassageRow>(REMEMBERED) };

/**
 * Those of the chunks that search may see, in the order given. Only what isn't remembered is read: in a library that fits in
 * here, most searches do without that call of the database.
 *
 * @param generation of the library, as this search began with: what was read in another is forgotten.
 */
export async function passagesOf(
  database: Database,
  generation: number,
  ids: readonly string[],
): Promise<Result<PassageRow[]>> {
  if (remembered.generation !== generation) remembered = { generation, passages: new Memory(REMEMBERED) };
  const { passages } = remembered;
  const now = Date.now();
  const known = new Map(ids.map((id) => [id, passages.get(id, now)]));
  const missing = ids.filter((id) => known.get(id) === undefined);
  const read = missing.length === 0 ? ok([]) : await readPassages(database, missing);
  if (!read.ok) return read;
  for (const passage of read.value) {
    passages.set(passage.id, passage, now + REMEMBERED_MS);
    known.set(passage.id, passage);
  }
  return ok(ids.flatMap((id) => known.get(id) ?? []));
}
