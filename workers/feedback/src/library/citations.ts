import type { Feedback } from "@crescendai/contracts";
import type { Source, Sources } from "./choose-sources.ts";
import type { Quotation } from "./quotation.ts";

/** How a quotation's source is named behind it: "[1]", or in words. */
export type Cite = (quotation: Quotation) => string;

/** Citations by number, from 1 in the order in which they first appear: the exercises' first, then the goals'. */
export interface Citations {
  readonly list: Feedback["citations"];
  readonly numbersOf: (source: Source | undefined) => number[];
  readonly cite: Cite;
}

/** Numbers what is quoted from 1, in the order in which feedback has it: exercises first, then goals. */
export function numberCitations({ exercises, goals }: Sources): Citations {
  const numbers = new Map<string, number>();
  const list: Feedback["citations"] = [];
  for (const sources of [exercises, goals]) {
    const inOrder = [...sources].toSorted(([a], [b]) => a - b).flatMap(([, source]) => quotationsOf(source));
    for (const { document_id, chunk_id, title, author, excerpt } of inOrder) {
      const number = list.length + 1;
      numbers.set(chunk_id, number);
      list.push({ number, document_id, chunk_id, title, author, excerpt });
    }
  }
  const numberOf = ({ chunk_id }: Quotation) => numbers.get(chunk_id) ?? 0;
  return {
    list,
    numbersOf: (source) => quotationsOf(source).map(numberOf),
    cite: (quotation) => `[${numberOf(quotation)}]`,
  };
}

/** Author and title in words, where there is no list of citations to point to. */
export function citeInWords({ author, title }: Quotation): string {
  const name = titleInWords({ title });
  return author === null ? `(${name})` : `(${author}, ${name})`;
}

/** The title of a quotation's document, in quotation marks. */
export function titleInWords({ title }: Pick<Quotation, "title">): string {
  return `“${title.replace(/[“”"]/gu, "'")}”`;
}

function quotationsOf(source: Source | undefined): Quotation[] {
  return [source?.practice ?? null, source?.remark?.quotation ?? null].filter((one) => one !== null);
}
