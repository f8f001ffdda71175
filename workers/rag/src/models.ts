import { failed, ok, type Result } from "@crescendai/contracts";
import * as v from "valibot";

/**
 * What runs the embedding and the reranking model: what Workers AI's binding and the stand-in in workers/local/ai have in
 * common. https://developers.cloudflare.com/workers-ai/configuration/bindings/
 */
export interface ModelRunner {
  run(model: string, input: Record<string, unknown>): Promise<unknown>;
}

/** Texts that are embedded in one call: the most that Workers AI takes. */
const BATCH = 100;

const EmbeddingAnswerSchema = v.object({ data: v.array(v.array(v.number())) });

const RerankingAnswerSchema = v.object({
  response: v.array(v.object({ id: v.pipe(v.number(), v.integer(), v.minValue(0)), score: v.number() })),
});

/** A passage's place among those that were given, and how relevant it is: 0…1. */
export interface Ranked {
  readonly id: number;
  readonly score: number;
}

/** Embeds texts, in as many calls as it takes: a vector each, in their order. `AI_SERVICE_ERROR` if the model fails. */
export async function embed(
  models: ModelRunner,
  model: string,
  texts: readonly string[],
): Promise<Result<number[][]>> {
  const vectors: number[][] = [];
  for (let first = 0; first < texts.length; first += BATCH) {
    const batch = texts.slice(first, first + BATCH);
    const answer = await run(models, model, { text: batch }, EmbeddingAnswerSchema);
    if (!answer.ok) return answer;
    if (answer.value.data.length !== batch.length) return unusable(model);
    vectors.push(...answer.value.data);
  }
  return ok(vectors);
}

/** Ranks passages by how well they answer a query, score falling. `AI_SERVICE_ERROR` if the model fails. */
export async function rerank(
  models: ModelRunner,
  model: string,
  query: string,
  passages: readonly string[],
): Promise<Result<readonly Ranked[]>> {
  if (passages.length === 0) return ok([]);
  const contexts = passages.map((text) => ({ text }));
  const input = { query, contexts, top_k: passages.length };
  const answer = await run(models, model, input, RerankingAnswerSchema);
  if (!answer.ok) return answer;
  const { response } = answer.value;
  if (response.some(({ id }) => id >= passages.length)) return unusable(model);
  return ok(response.toSorted((one, other) => other.score - one.score || one.id - other.id));
}

async function run<Schema extends v.GenericSchema>(
  models: ModelRunner,
  model: string,
  input: Record<string, unknown>,
  schema: Schema,
): Promise<Result<v.InferOutput<Schema>>> {
  try {
    const parsed = v.safeParse(schema, await models.run(model, input));
    return parsed.success ? ok(parsed.output) : unusable(model);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return failed({ code: "AI_SERVICE_ERROR", message: `The model ${model} failed: ${reason}` });
  }
}

function unusable(model: string) {
  return failed({
    code: "AI_SERVICE_ERROR",
    message: `The model ${model} gave an answer of another form.`,
  } as const);
}
