import domain from "../model/domain.bin";
import words from "../model/words.bin";
import { dimensionsOf } from "./embedding/text.ts";
import { parseEmbeddingInput, parseRerankingInput } from "./inputs.ts";
import { PassageReader } from "./reranking/passage-reader.ts";
import { rerank } from "./reranking/rerank.ts";
import { LanguageModel } from "./words/language-model.ts";
import { WordVectors } from "./words/word-vectors.ts";

/** Gets another name whenever its vectors change, so that an index knows which model made it. */
const EMBEDDING_MODEL = "@local/glove-lsa-200";
const RERANKING_MODEL = "@local/lexical-semantic-reranker";

/** What is handed out has seven decimals: about as exact as 32 bits, at half the length. */
const DECIMALS = 1e7;

export interface EmbeddingAnswer {
  /** Texts, dimensions. */
  readonly shape: [number, number];
  readonly data: number[][];
}

export interface RerankingAnswer {
  readonly response: {
    /** Place in the request's contexts. */
    readonly id: number;
    /** 0…1. */
    readonly score: number;
  }[];
}

export type ModelAnswer = EmbeddingAnswer | RerankingAnswer;

let opened: PassageReader | undefined;

/** Runs a model; see index.ts. */
export function runModel(name: string, input: Record<string, unknown>): ModelAnswer {
  switch (name) {
    case EMBEDDING_MODEL: {
      const { texts } = parseEmbeddingInput(input);
      const reader = openedModel();
      const data = texts.map((text) => Array.from(reader.read(text).meaning, rounded));
      return { shape: [data.length, dimensionsOf(reader.model)], data };
    }
    case RERANKING_MODEL: {
      const { query, contexts, topK } = parseRerankingInput(input);
      return { response: rerank(openedModel(), query, contexts).slice(0, topK) };
    }
    default:
      throw new Error(`5007: No such model ${name} or task`);
  }
}

/** Unpacked when it is first needed, once an isolate. */
function openedModel(): PassageReader {
  opened ??= new PassageReader(new LanguageModel(new WordVectors(words), new WordVectors(domain)));
  return opened;
}

function rounded(value: number): number {
  return Math.round(value * DECIMALS) / DECIMALS;
}
