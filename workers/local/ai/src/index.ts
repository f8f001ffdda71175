import { WorkerEntrypoint } from "cloudflare:workers";
import { type ModelAnswer, runModel } from "./models.ts";

/**
 * Workers AI's `run` over RPC, for where there is no Workers AI: two models of our own for English, which need no network and
 * always give the same for the same. workers/local/README.md says what they are and what they can't do.
 */
export default class LocalAi extends WorkerEntrypoint<LocalAiEnv> {
  /**
   * Runs a model.
   *
   * - `@local/glove-lsa-200`, `{text: string | string[]}`, at most 100 texts → `{shape: [n, 200], data}`: vectors of
   *   length 1, or of zeros for a text without a known word.
   * - `@local/lexical-semantic-reranker`, `{query, contexts: [{text}], top_k?}` → `{response: [{id, score}]}`: the
   *   contexts' places in falling order of score, 0…1.
   *
   * Throws `5007: No such model …` or `5006: …` for an input of another form, as Workers AI does.
   */
  run(model: string, input: Record<string, unknown>): ModelAnswer {
    return runModel(model, input);
  }
}
