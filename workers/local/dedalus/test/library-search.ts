import { stemOf } from "../src/coach/language/same-word.ts";
import { contentWords } from "../src/coach/language/words.ts";
import { DOCUMENTS } from "./library.ts";

interface SearchArguments {
  readonly query: string;
  readonly top_k?: number;
  readonly filters?: {
    readonly document_type?: string;
    readonly dimension?: string;
  };
}

const SECTIONS = DOCUMENTS.flatMap(({ name, sections }) =>
  sections.map((section) => ({
    type: name.split("/")[0],
    section,
    words: new Set(contentWords(`${section.title} ${section.section} ${section.excerpt}`).map(stemOf)),
    named: new Set(contentWords(`${section.title} ${section.section}`).map(stemOf)),
  })),
);

const COUNTS = new Map<string, number>();
for (const { words } of SECTIONS) for (const word of words) COUNTS.set(word, (COUNTS.get(word) ?? 0) + 1);

/**
 * A search in library/ by words alone, the rare ones before the frequent, twice as much where title or heading has them. It
 * always finds something, as the real one does: whether that is on the question is for the coach to tell.
 */
export function searchLibrary() {
  const numbers = new Map<unknown, number>();
  return ({ query, top_k = 5, filters = {} }: SearchArguments) => {
    const words = [...new Set(contentWords(query).map(stemOf))];
    const found = SECTIONS.filter(
      ({ type }) => filters.document_type === undefined || type === filters.document_type,
    )
      .map(({ section, words: there, named }) => ({
        section,
        worth: words.reduce(
          (sum, word) =>
            sum +
            (there.has(word) ? Math.log(SECTIONS.length / (COUNTS.get(word) ?? 1)) : 0) *
              (named.has(word) ? 2 : 1),
          0,
        ),
      }))
      .toSorted((one, other) => other.worth - one.worth)
      .slice(0, top_k);
    return {
      results: found.map(({ section }) => {
        const number = numbers.get(section) ?? numbers.size + 1;
        numbers.set(section, number);
        return { ...section, number };
      }),
    };
  };
}
