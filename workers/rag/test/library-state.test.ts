import { env } from "cloudflare:workers";
import { createLogger } from "@crescendai/worker-kit";
import { beforeAll, describe, expect, it } from "vitest";
import { readLibraryState } from "../src/search/library-state.ts";
import { termsOf } from "../src/search/question.ts";
import { openSearch } from "../src/search/search-context.ts";
import { readSearchState } from "../src/tables/search-state.ts";
import { migrate, remove, stored } from "./support/service.ts";

beforeAll(migrate);

/** How many chunks there are, and how many have each word of a question. */
async function counted(question: string) {
  const state = await readLibraryState(openSearch(env, createLogger("test")), question, false);
  if (!state.ok) throw new Error(state.error.message);
  const { total, chunksWith } = state.value.statistics;
  return { total, chunks: termsOf(question).map(({ forms }) => chunksWith.get(forms[0].stem)) };
}

describe("the numbers of a question's words", () => {
  it("are those of the library as it is just now, whichever words were asked for before", async () => {
    const { id } = await stored("Glissandi and an arpeggio.");
    expect(await counted("arpeggio")).toEqual({ total: 1, chunks: [1] });
    expect(await counted("zither arpeggio")).toEqual({ total: 1, chunks: [0, 1] });
    expect(await counted("zither arpeggio")).toEqual({ total: 1, chunks: [0, 1] });

    await stored("Another arpeggio, and a glissando.");
    await stored("A zither.");
    expect(await counted("arpeggio zither")).toEqual({ total: 3, chunks: [2, 1] });
    expect(await counted("glissando arpeggio")).toEqual({ total: 3, chunks: [1, 2] });

    await remove(id);
    expect(await counted("trill arpeggio")).toEqual({ total: 2, chunks: [0, 1] });
  });

  it("are none for a question without a word", async () => {
    expect(await counted("?!")).toMatchObject({ chunks: [] });
  });
});

describe("what is read along with them", () => {
  it("are the chunks with the rarest words, or with others where even those are in too many", async () => {
    await stored("A tremolo.");
    const { database, embeddingModel } = openSearch(env, createLogger("test"));
    const read = async (mostRanked: number) => {
      const words = [{ query: '"tremolo"', chunks: 0, stems: ["tremolo"] }];
      const rarest = { words, mostRanked, otherwise: '"zither"', limit: 10 };
      const state = await readSearchState(database, embeddingModel, { stems: ["tremolo"], rarest });
      return state.ok && { query: state.value.rarest?.query, found: state.value.rarest?.matches.length };
    };
    expect(await read(1)).toEqual({ query: '"tremolo"', found: 1 });
    expect(await read(0)).toEqual({ query: '"zither"', found: 1 });
  });
});
