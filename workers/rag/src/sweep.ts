import { timestamp } from "@crescendai/worker-kit";
import { LEASE_MS, MAX_PROMPT_BYTES, MAX_READ_ATTEMPTS } from "./ingestion/policy.ts";
import { processRevisions } from "./ingestion/process-revisions.ts";
import type { Library } from "./library.ts";
import { removeSuperseded } from "./removal.ts";
import { claim, findDue, findOfOtherModels, markFailed, type RevisionWork } from "./tables/revision-works.ts";

/** Milliseconds after which a sweep takes nothing up any more: the next one starts a minute after this one. */
const TIME_BUDGET_MS = 40_000;

/** What an administrator reads of a document that was given up. */
const NEVER_READ =
  "It could not be read in many attempts. Save it in another format, or in parts, and send it again.";

/** Revisions taken up at once. */
const AT_ONCE = 20;

/**
 * Finishes what requests left: removes what nobody sees any more, and works on documents that were left half-way, wait
 * for another attempt, or have vectors of another model than the configured one.
 *
 * @param now what counts as due.
 */
export async function sweep(library: Library, now: number): Promise<void> {
  const deadline = Date.now() + TIME_BUDGET_MS;
  const removed = await removeSuperseded(library);
  if (!removed.ok) library.log.warn("removal goes on later", { code: removed.error.code });
  await finishDue(library, now, deadline);
  await takeUpAll(library, now, deadline, () =>
    findOfOtherModels(library.database, library.embeddingModel, timestamp(now), AT_ONCE),
  );
}

/**
 * Works on every revision that waits for it, each once, until `deadline`.
 *
 * @param now what counts as due.
 */
export function finishDue(library: Library, now: number, deadline: number): Promise<void> {
  return takeUpAll(library, now, deadline, () => findDue(library.database, timestamp(now), AT_ONCE));
}

async function takeUpAll(
  library: Library,
  now: number,
  deadline: number,
  find: () => ReturnType<typeof findDue>,
): Promise<void> {
  const seen = new Set<string>();
  while (Date.now() < deadline) {
    const works = await find();
    if (!works.ok) return;
    const fresh = works.value.filter((work) => !seen.has(`${work.document_id}/${work.revision}`));
    if (fresh.length === 0) return;
    for (const group of groupsOf(fresh)) {
      for (const work of group) seen.add(`${work.document_id}/${work.revision}`);
      await takeUp(library, group, now);
    }
  }
}

/** Small revisions together, large ones alone. */
function groupsOf(works: readonly RevisionWork[]): RevisionWork[][] {
  const small = works.filter(({ size_bytes }) => size_bytes <= MAX_PROMPT_BYTES);
  const large = works.filter(({ size_bytes }) => size_bytes > MAX_PROMPT_BYTES);
  return [...(small.length === 0 ? [] : [small]), ...large.map((work) => [work])];
}

/** Works on those of the revisions that nobody else has taken up. */
async function takeUp(library: Library, works: readonly RevisionWork[], now: number): Promise<void> {
  const until = timestamp(Date.now() + LEASE_MS);
  const claimed = await library.database.write(
    ...works.map((work) =>
      work.status === "pending" && work.attempts >= MAX_READ_ATTEMPTS
        ? markFailed(work, NEVER_READ)
        : claim(work, timestamp(now), until),
    ),
  );
  if (!claimed.ok) return;
  const taken = works
    .filter((_, index) => (claimed.value[index] ?? 0) > 0)
    .map(({ document_id, revision }) => ({ document_id, revision, read: null }));
  if (taken.length === 0) return;
  const processed = await processRevisions(library, taken);
  if (!processed.ok) {
    library.log.warn("revisions go on later", { count: taken.length, code: processed.error.code });
  }
}
