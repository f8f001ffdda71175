import type { ReadDocument } from "../reading/read-document.ts";
import type { Page } from "../reading/read-text.ts";
import { type Unit, unitsOf } from "./units.ts";

/** A passage of a document: characters [start, end) of its text, in UTF-16 code units. */
export interface DocumentChunk {
  readonly start: number;
  readonly end: number;
  /** `text.slice(start, end)`; no white space at its ends. */
  readonly text: string;
  /** Headings above its beginning, outermost first. */
  readonly path: readonly string[];
  /** Page on which its sentences begin, but for a title that stands alone on a page before; null where there are no pages. */
  readonly page: number | null;
}

/** A unit with the page on which it begins; null where there are no pages. */
interface PagedUnit extends Unit {
  readonly page: number | null;
}

/** Tokens a chunk has, about: two or three paragraphs, which is one thought, and what an excerpt can show. */
export const TARGET_TOKENS = 350;

/**
 * Tokens that a chunk doesn't exceed: the models take 512 with the header of title, author and section in front, which
 * is at most some sixty.
 */
export const MAX_TOKENS = 440;

/** A section that has as many tokens is a chunk of its own, rather than the beginning of one with the next section. */
const MIN_SECTION_TOKENS = 100;

/** A page that has fewer tokens, a title alone, begins a chunk with the next page: by itself it is found and says nothing. */
const MIN_PAGE_TOKENS = 12;

/** Tokens of whole sentences that a chunk repeats from the one before, so that what refers back has its referent. */
const MAX_OVERLAP_TOKENS = 50;

/**
 * Cuts a document into chunks along its pages, sections, paragraphs and sentences. Each chunk is one stretch of the text; every
 * character that isn't white space is in some chunk; starts and ends rise. No chunk goes on with a sentence of the next page,
 * unless there was no more than a title before, so that whoever looks up a citation finds it on the page that is named.
 */
export function chunkDocument({
  text,
  sections,
  pages,
}: Pick<ReadDocument, "text" | "sections" | "pages">): DocumentChunk[] {
  const units = withPages(unitsOf(text, sections, TARGET_TOKENS), pages);
  return Array.from(stretchesOf(units), ({ first, last, core }) => {
    const start = units[first]?.start ?? 0;
    const end = units[last]?.end ?? 0;
    return {
      start,
      end,
      text: text.slice(start, end),
      path: sections[units[core]?.section ?? 0]?.path ?? [],
      page: units[last]?.page ?? null,
    };
  });
}

function withPages(units: readonly Unit[], pages: readonly Page[]): PagedUnit[] {
  let at = 0;
  return units.map((unit) => {
    while ((pages[at + 1]?.start ?? Number.POSITIVE_INFINITY) <= unit.start) at += 1;
    return { ...unit, page: pages[at]?.page ?? null };
  });
}

/** Units `first` … `last` make a chunk, of which those from `core` on are in no chunk before. */
interface Stretch {
  readonly first: number;
  readonly core: number;
  readonly last: number;
}

function* stretchesOf(units: readonly PagedUnit[]): Generator<Stretch> {
  const rest = tokensToTheEnd(units);
  let first = 0;
  let core = 0;
  let tokens = 0;
  for (const [index, unit] of units.entries()) {
    const previous = units[index - 1];
    if (previous !== undefined && index > core && endsBefore(unit, previous, tokens, rest[index])) {
      yield { first, core, last: index - 1 };
      const overlap = overlapBefore(units, index, core);
      first = index - overlap.units;
      core = index;
      tokens = overlap.tokens;
    }
    tokens += unit.tokens;
  }
  if (units.length > 0) yield { first, core, last: units.length - 1 };
}

/** How many tokens there are from a unit to the end of its paragraph, and of its section, on its page. */
interface Rest {
  readonly paragraph: number;
  readonly section: number;
}

function tokensToTheEnd(units: readonly PagedUnit[]): Rest[] {
  const rests: Rest[] = [];
  let next: { readonly unit: PagedUnit; readonly rest: Rest } | null = null;
  for (const unit of units.toReversed()) {
    const after = next?.unit.page === unit.page ? next : null;
    const rest: Rest = {
      paragraph: unit.tokens + (after?.unit.paragraph === unit.paragraph ? after.rest.paragraph : 0),
      section: unit.tokens + (after?.unit.section === unit.section ? after.rest.section : 0),
    };
    rests.push(rest);
    next = { unit, rest };
  }
  return rests.reverse();
}

/** Whether a chunk of so many tokens ends before a unit. */
function endsBefore(unit: PagedUnit, previous: PagedUnit, tokens: number, rest: Rest | undefined): boolean {
  if (rest === undefined || tokens + unit.tokens > MAX_TOKENS) return true;
  if (unit.page !== previous.page) return tokens >= MIN_PAGE_TOKENS;
  if (unit.section !== previous.section) {
    return tokens >= MIN_SECTION_TOKENS || tokens + rest.paragraph > TARGET_TOKENS;
  }
  // A section's end is not torn off for being a little too much.
  if (tokens + rest.section <= MAX_TOKENS) return false;
  if (unit.paragraph !== previous.paragraph && tokens >= TARGET_TOKENS / 2) {
    return tokens + rest.paragraph > TARGET_TOKENS;
  }
  return tokens + unit.tokens > TARGET_TOKENS;
}

/** The last sentences of a chunk, as many as the next one repeats: of the same section and page, and never the whole chunk. */
function overlapBefore(
  units: readonly PagedUnit[],
  index: number,
  core: number,
): { readonly units: number; readonly tokens: number } {
  const next = units[index];
  let tokens = 0;
  let count = 0;
  for (let at = index - 1; at > core; at -= 1) {
    const unit = units[at];
    if (unit === undefined || unit.section !== next?.section || unit.page !== next.page) break;
    if (tokens + unit.tokens > MAX_OVERLAP_TOKENS) break;
    tokens += unit.tokens;
    count += 1;
  }
  return { units: count, tokens };
}
