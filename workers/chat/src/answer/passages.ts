import type { ChatCitation, Passage } from "@crescendai/contracts";

/** Longest excerpt that a citation shows, in characters: it goes to the client in one piece. */
const MAX_EXCERPT = 600;

/** The passages that were retrieved in a turn, numbered from 1; the same passage has one number. */
export class RetrievedPassages {
  readonly #citations: ChatCitation[] = [];

  /** The number of a passage, a new one if it wasn't retrieved before. */
  numberOf(passage: Passage): number {
    const known = this.#citations.find(({ chunk_id }) => chunk_id === passage.chunk_id);
    if (known !== undefined) return known.number;
    const { document_id, chunk_id, title, author, section } = passage;
    const excerpt = Array.from(passage.excerpt).slice(0, MAX_EXCERPT).join("");
    const number = this.#citations.length + 1;
    this.#citations.push({ number, document_id, chunk_id, title, author, section, excerpt });
    return number;
  }

  find(number: number): ChatCitation | null {
    return this.#citations.find((citation) => citation.number === number) ?? null;
  }
}
