import { env } from "cloudflare:workers";
import type { SearchRequest } from "@crescendai/contracts";
import { createLogger } from "@crescendai/worker-kit";
import { captureLog } from "@crescendai/worker-testing/captured-log";
import { overriding } from "@crescendai/worker-testing/overriding";
import { beforeAll, describe, expect, it } from "vitest";
import { findPassages } from "../../src/search/find-passages.ts";
import { readLibraryState } from "../../src/search/library-state.ts";
import { openSearch } from "../../src/search/search-context.ts";
import { understandQuestion } from "../../src/search/understand.ts";
import { matchChunks } from "../../src/tables/word-matches.ts";
import { migrate, stored } from "../support/service.ts";

beforeAll(async () => {
  await migrate();
  for (let copy = 0; copy < 8; copy += 1) {
    await stored(`Loose wrists and long fingers, number ${copy}.`, { title: `Hands ${copy}` });
  }
});

const log = createLogger("test");

/** The library, with `prepare` seeing each statement before it is prepared. */
function searchSeeing(see: (text: string) => void) {
  const prepare = (text: string) => {
    see(text);
    return env.DB.prepare(text);
  };
  return openSearch({ ...env, DB: overriding(env.DB, { prepare }) }, log);
}

async function stateFor(question: string) {
  const state = await readLibraryState(openSearch(env, log), question, false);
  if (!state.ok) throw new Error(state.error.message);
  return state.value;
}

describe("a question's words", () => {
  it("can't score more than is taken for the best possible, in two spellings either", async () => {
    await stored("Memorise, memorize. ".repeat(40));
    const { statistics } = await stateFor("memorise");
    const { database } = openSearch(env, log);
    const question = await understandQuestion(database, statistics, "memorise");
    const found = await matchChunks(database, '"memorise" OR "memorize"', [], 1);
    if (!question.ok || !found.ok) throw new Error("the library doesn't answer");
    const best = found.value[0]?.score ?? 0;
    expect(best).toBeGreaterThan(question.value.bestPossible / 2);
    expect(best).toBeLessThanOrEqual(question.value.bestPossible);
  });

  it("are put right side by side, each by a stretch of the index and not by all of it", async () => {
    const asked: string[] = [];
    let answered = 0;
    const { database } = searchSeeing((text) => void asked.push(text));
    const counting = {
      ...database,
      all: async (...given: Parameters<typeof database.all>) => {
        const answer = await database.all(...given);
        answered += 1;
        expect(asked).toHaveLength(2);
        return answer;
      },
    };
    const question = "wirsts fnigers";
    const understood = await understandQuestion(counting, (await stateFor(question)).statistics, question);
    expect(understood.ok && understood.value.text).toBe("wrists fingers");
    expect(answered).toBe(2);

    const plan = await env.DB.prepare(`EXPLAIN QUERY PLAN ${asked[0]}`)
      .bind('["f"]', 3, 9)
      .all<{ detail: string }>();
    expect(plan.results.map(({ detail }) => detail.split(" ")[1])).toEqual(["beginning", "chunks_words"]);
  });
});

describe("where a word is in most passages", () => {
  const request: SearchRequest = { q: "wrists", limit: 10 };
  const passages = 100_000;

  it("what stands in headings is still found when the rest of the search by words fails", async () => {
    captureLog();
    const { id } = await stored("Hold them loosely.", { title: "Wrists" });
    const state = await stateFor(request.q);
    const statistics = { total: passages, chunksWith: new Map([["wrist", passages * 0.9]]) };
    let queries = 0;
    const context = searchSeeing((text) => {
      if (!text.includes("chunks_fts MATCH")) return;
      queries += 1;
      if (queries > 1) throw new Error("the index is malformed");
    });
    const found = await findPassages(context, request, { ...state, statistics }, 10);
    if (!found.ok) throw new Error(found.error.message);
    expect(queries).toBe(2);
    expect(found.value.lexical).toEqual([id]);
    expect(found.value.mode).toBe("hybrid+reranked");
    expect(found.value.complete).toBe(false);
  });

  it("and none of it fails, the answer is whole", async () => {
    const state = await stateFor(request.q);
    const found = await findPassages(openSearch(env, log), request, state, 10);
    expect(found.ok && found.value.complete).toBe(true);
  });
});
