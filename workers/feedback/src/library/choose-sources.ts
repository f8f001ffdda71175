import type { Passage } from "@crescendai/contracts";
import { type Candidate, candidatesFor, remarksFor } from "./choose-quotation.ts";
import type { Inquiry } from "./inquiries.ts";
import { composerOf, passagesOnComposer, passagesOnPiece } from "./name-piece.ts";
import type { Quotation } from "./quotation.ts";

/** What of the library a recommendation rests on. */
export interface Source {
  /** What to do, in place of a suggestion of our own; null where nothing was found. */
  readonly practice: Quotation | null;
  /** What is said besides about the piece or its composer. */
  readonly remark: { readonly on: string; readonly quotation: Quotation } | null;
}

/** Sources by the index of the exercise or the long-term goal. */
export interface Sources {
  readonly exercises: ReadonlyMap<number, Source>;
  readonly goals: ReadonlyMap<number, Source>;
}

/** Nothing is quoted: the library wasn't asked, or has nothing. */
export const NO_SOURCES: Sources = { exercises: new Map(), goals: new Map() };

/** Taken from what a quotation is worth if its document is quoted already: many voices rather than one. */
const SAME_DOCUMENT = 0.3;

/**
 * Relevance from which a passage is taken to be about a goal in the player's own words: above what questions come to that
 * have only a word in common with the library.
 */
const RELEVANT_TO_WISH = 0.35;

/** Whether a search found something that can be quoted for what was looked for. */
export function answers(inquiry: Inquiry, passages: readonly Passage[]): boolean {
  return inquiry.for === "piece"
    ? remarkOn(inquiry, passages, () => true) !== null
    : practicesFor(inquiry, passages).length > 0;
}

/** What could be quoted for an exercise or a goal; for a wish whatever is said about it, if nothing can be practised. */
function practicesFor(
  inquiry: Exclude<Inquiry, { for: "piece" }>,
  passages: readonly Passage[],
): Candidate[] {
  if (inquiry.for !== "wish") return candidatesFor(inquiry.need, passages);
  const relevant = passages.filter(({ relevance }) => relevance >= RELEVANT_TO_WISH);
  const practices = candidatesFor(inquiry.need, relevant);
  return practices.length > 0 ? practices : remarksFor(inquiry.need, relevant);
}

/**
 * Chooses what is quoted, the more important first; no passage twice. The same passages give the same choice.
 *
 * @param found what was found for each inquiry, best first.
 */
export function chooseSources(
  inquiries: readonly Inquiry[],
  found: readonly (readonly Passage[])[],
): Sources {
  const exercises = new Map<number, Source>();
  const goals = new Map<number, Source>();
  const quoted: Quotation[] = [];
  inquiries.forEach((inquiry, place) => {
    const passages = found[place] ?? [];
    if (inquiry.for === "piece") {
      const remark = remarkOn(inquiry, passages, (candidate) => isNew(candidate, quoted));
      if (remark === null) return;
      quoted.push(remark.quotation);
      const { index, on, quotation } = remark;
      exercises.set(index, { practice: exercises.get(index)?.practice ?? null, remark: { on, quotation } });
      return;
    }
    const practice = best(practicesFor(inquiry, passages), quoted);
    if (practice === null) return;
    quoted.push(practice);
    const chosen = inquiry.for === "exercise" ? exercises : goals;
    chosen.set(inquiry.index, { practice, remark: null });
  });
  return { exercises, goals };
}

/** Whether neither the passage nor these words, which the next passage of a document may repeat, are quoted already. */
function isNew({ quotation }: Candidate, quoted: readonly Quotation[]): boolean {
  return !quoted.some(
    ({ chunk_id, excerpt }) => chunk_id === quotation.chunk_id || excerpt === quotation.excerpt,
  );
}

function best(candidates: readonly Candidate[], quoted: readonly Quotation[]): Quotation | null {
  const worth = ({ quotation, score }: Candidate) =>
    score - (quoted.some(({ document_id }) => document_id === quotation.document_id) ? SAME_DOCUMENT : 0);
  const [first] = candidates
    .filter((candidate) => isNew(candidate, quoted))
    .toSorted((a, b) => worth(b) - worth(a));
  return first?.quotation ?? null;
}

/** What a document on the piece, or else on its composer, says about the most important exercise it speaks to. */
function remarkOn(
  { name, needs }: Extract<Inquiry, { for: "piece" }>,
  passages: readonly Passage[],
  isWanted: (candidate: Candidate) => boolean,
): { readonly index: number; readonly on: string; readonly quotation: Quotation } | null {
  const onPiece = passagesOnPiece(name, passages);
  const relevant = onPiece.length > 0 ? onPiece : passagesOnComposer(name, passages);
  for (const { index, need } of needs) {
    const found = remarksFor(need, relevant).find(isWanted);
    if (found === undefined) continue;
    const { quotation } = found;
    return { index, on: onPiece.length > 0 ? "this piece" : composerOf(quotation.title), quotation };
  }
  return null;
}
