import { ok, type Result } from "@crescendai/contracts";
import type { WordStatistics } from "../tables/index-words.ts";
import { readSearchState, type SearchState } from "../tables/search-state.ts";
import { termsOf } from "./question.ts";
import type { SearchContext } from "./search-context.ts";
import { rarestWordsOf } from "./word-queries.ts";

/** Milliseconds that an isolate remembers numbers: a restored database may count its generations anew. */
const REMEMBERED_MS = 60_000;

/** Words whose numbers are remembered; then all are forgotten. */
const REMEMBERED_WORDS = 20_000;

/** The library just now, with how many chunks have each word of a question. */
export interface LibraryState extends SearchState {
  readonly statistics: WordStatistics;
}

interface Remembered extends WordStatistics {
  readonly generation: number;
  /** Milliseconds since the epoch. */
  readonly until: number;
  /** 0 for a word that no chunk has. */
  readonly chunksWith: Map<string, number>;
}

let remembered: Remembered | null = null;

const NOTHING_KNOWN: WordStatistics = { total: 0, chunksWith: new Map() };

/**
 * Reads the state of the library, and in the same breath the numbers of those words of a question that aren't remembered:
 * questions have most of their words in common.
 *
 * @param looking whether the words will be looked for: then what the rarest match is read too.
 */
export async function readLibraryState(
  { database, embeddingModel }: SearchContext,
  question: string,
  looking: boolean,
): Promise<Result<LibraryState>> {
  const now = Date.now();
  const terms = termsOf(question);
  const stems = terms.flatMap(({ forms }) => forms.map(({ stem }) => stem));
  const known = isFresh(remembered, now) ? remembered : NOTHING_KNOWN;
  let asked = stems.filter((stem) => !known.chunksWith.has(stem));
  let rarest = looking ? rarestWordsOf(terms, (stem) => known.chunksWith.get(stem), known.total) : null;
  for (;;) {
    const state = await readSearchState(database, embeddingModel, { stems: asked, rarest });
    if (!state.ok && rarest !== null) {
      // Perhaps it's but the search by words that fails: there is another by meaning.
      rarest = null;
      continue;
    }
    if (!state.ok) return state;
    const statistics = remember(state.value, asked, now);
    if (stems.every((stem) => statistics.chunksWith.has(stem))) return ok({ ...state.value, statistics });
    // Some were remembered of another generation: once more, for all of them.
    asked = stems;
    rarest = looking ? rarestWordsOf(terms, () => undefined, 0) : null;
  }
}

function isFresh(known: Remembered | null, now: number): known is Remembered {
  return known !== null && known.until > now && known.chunksWith.size <= REMEMBERED_WORDS;
}

/** Adds what was read to what is remembered, if that is of the same library, and gives both. */
function remember(
  { generation, statistics }: SearchState,
  asked: readonly string[],
  now: number,
): WordStatistics {
  const before = remembered;
  const isSame =
    isFresh(before, now) &&
    before.generation === generation &&
    (statistics === null || before.total === statistics.total);
  const known: Remembered = isSame
    ? before
    : { generation, until: now + REMEMBERED_MS, total: statistics?.total ?? 0, chunksWith: new Map() };
  for (const stem of asked) known.chunksWith.set(stem, statistics?.chunksWith.get(stem) ?? 0);
  remembered = known;
  return known;
}
