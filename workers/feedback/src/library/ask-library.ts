import type { Passage, PassageSearch, Result } from "@crescendai/contracts";
import { describeCause, type Logger, withTimeLimit } from "@crescendai/worker-kit";
import { answers } from "./choose-sources.ts";
import type { Inquiry } from "./inquiries.ts";

/**
 * Milliseconds that the library has for its version, and then for everything that is asked of it at once: mostly it takes
 * some 30, but it gives a silent model 2 s before it goes by words alone. Without it the feedback is still worth having.
 */
const VERSION_LIMIT_MS = 1000;
const SEARCH_LIMIT_MS = 3000;

/** What the library gave for each inquiry, and whether every step of every search answered. */
export interface LibraryAnswer {
  readonly found: readonly (readonly Passage[])[];
  readonly complete: boolean;
}

/** What changes whenever the library may answer otherwise; null where it doesn't say so just now. */
export async function readKnowledgeVersion(
  { RAG }: Pick<FeedbackEnv, "RAG">,
  log: Logger,
): Promise<string | null> {
  const asking = async (): Promise<Result<string>> => await RAG.knowledgeVersion();
  try {
    const version = await withTimeLimit(asking(), VERSION_LIMIT_MS);
    if (version.ok) return version.value;
    log.warn("library not asked", { code: version.error.code });
  } catch (cause) {
    log.warn("library not asked", { cause: describeCause(cause) });
  }
  return null;
}

/** Asks the library everything at once. What it doesn't answer in time counts as not found. */
export async function askLibrary(
  env: Pick<FeedbackEnv, "RAG">,
  inquiries: readonly Inquiry[],
  log: Logger,
): Promise<LibraryAnswer> {
  const answered = await Promise.all(inquiries.map((inquiry) => ask(env, inquiry, log)));
  return {
    found: answered.map(({ passages }) => passages),
    complete: answered.every(({ complete }) => complete),
  };
}

interface Answered {
  readonly passages: readonly Passage[];
  readonly complete: boolean;
}

async function ask(env: Pick<FeedbackEnv, "RAG">, inquiry: Inquiry, log: Logger): Promise<Answered> {
  try {
    return await withTimeLimit(searchInTurn(env, inquiry, log), SEARCH_LIMIT_MS);
  } catch (cause) {
    log.warn("library not asked", { cause: describeCause(cause) });
    return { passages: [], complete: false };
  }
}

/** The passages of the first search that gives something to quote. */
async function searchInTurn(
  { RAG }: Pick<FeedbackEnv, "RAG">,
  inquiry: Inquiry,
  log: Logger,
): Promise<Answered> {
  let complete = true;
  for (const request of inquiry.requests) {
    const search: Result<PassageSearch> = await RAG.search(request);
    if (!search.ok) {
      log.warn("library not asked", { code: search.error.code });
      return { passages: [], complete: false };
    }
    // Any other mode may come of a step that didn't answer, and next time it might.
    complete = complete && search.value.mode === "hybrid+reranked";
    if (answers(inquiry, search.value.results)) return { passages: search.value.results, complete };
  }
  return { passages: [], complete };
}
