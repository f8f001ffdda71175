import { waitUntil } from "cloudflare:workers";
import { ok, type Result } from "@crescendai/contracts";
import { type Database, Memory } from "@crescendai/worker-kit";
import { type PassageRow, readPassages, readPassagesAfter } from "../tables/passages.ts";

/** Passages that a library has at most which is read whole. */
const READ_WHOLE = 12_000;

/**
 * Characters that an isolate remembers: those of 12,000 passages, a thousand each on average and what else a passage has. They take
 * two bytes each as soon as there is a curly quotation mark: 36 of the 128 MB that an isolate has.
 */
const REMEMBERED_CHARACTERS = 18_000_000;

/** What a passage takes besides its text, in characters of two bytes: 0.7 KB (measured). */
const BESIDES_TEXT = 400;

/** Milliseconds until all are forgotten, should a database that was restored count as before: as long as an answer is kept. */
const REMEMBERED_MS = 60 * 60 * 1000;

/**
 * Passages that searches must have read one by one in a generation before all of the library are: as many as some 30 new
 * questions need. An isolate that answers a few, or a library that changes all the time, doesn't pay for it.
 */
const READ_SINGLY = 1000;

/** Passages that are read in one call then, in some ten milliseconds: a search that comes meanwhile waits for as long. */
const PAGE = 200;

/** What is known of the library. */
interface Library {
  /** As this search began with: what was read in another is forgotten. */
  readonly generation: number;
  /** Chunks that search may see. */
  readonly total: number;
}

interface Remembered {
  readonly generation: number;
  /** Milliseconds since the epoch. */
  readonly until: number;
  readonly passages: Memory<PassageRow>;
  /** How many were asked for and weren't there. */
  readSingly: number;
}

let remembered = nothingOf(Number.NaN, 0);

/**
 * Those of the chunks that search may see, in the order given. Only what isn't remembered is read. A library that fits in here
 * is read whole behind the answer once enough has been asked of it: then searches do without that call of the database.
 */
export async function passagesOf(
  database: Database,
  { generation, total }: Library,
  ids: readonly string[],
): Promise<Result<PassageRow[]>> {
  const now = Date.now();
  if (remembered.generation !== generation || remembered.until <= now)
    remembered = nothingOf(generation, now);
  const memory = remembered;
  const known = new Map(ids.map((id) => [id, memory.passages.get(id, now)]));
  const missing = ids.filter((id) => known.get(id) === undefined);
  if (missing.length > 0) {
    const read = await readPassages(database, missing);
    if (!read.ok) return read;
    for (const passage of read.value) known.set(passage.id, passage);
    remember(memory, read.value);
    memory.readSingly += missing.length;
    if (memory.readSingly >= READ_SINGLY && total <= READ_WHOLE) {
      memory.readSingly = Number.NEGATIVE_INFINITY;
      waitUntil(readAll(database, memory));
    }
  }
  return ok(ids.flatMap((id) => known.get(id) ?? []));
}

function nothingOf(generation: number, now: number): Remembered {
  return {
    generation,
    until: now + REMEMBERED_MS,
    passages: new Memory(REMEMBERED_CHARACTERS, ({ text }) => text.length + BESIDES_TEXT),
    readSingly: 0,
  };
}

/** Reads every passage, as long as the library stays the same. What can't be read now is read singly, as before. */
async function readAll(database: Database, memory: Remembered): Promise<void> {
  let after = 0;
  while (memory === remembered) {
    const read = await readPassagesAfter(database, after, PAGE);
    if (!read.ok) return;
    remember(memory, read.value.passages);
    if (read.value.last === null) return;
    after = read.value.last;
  }
}

function remember({ passages, until }: Remembered, read: readonly PassageRow[]): void {
  for (const passage of read) passages.set(passage.id, passage, until);
}
