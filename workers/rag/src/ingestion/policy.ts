/** Milliseconds for which whoever works on a revision has it to themselves without another sign of life. */
export const LEASE_MS = 60_000;

/** Milliseconds after which an object that no revision has claimed is nobody's: no request stores for as long. */
export const OBJECT_GRACE_MS = 10 * 60_000;

/** Milliseconds until the second attempt; each further one waits twice as long. */
const FIRST_DELAY_MS = 30_000;
/** Longest wait, in milliseconds: an hour after a model is back at the latest, everything has its vectors. */
const LONGEST_DELAY_MS = 60 * 60_000;

/** Milliseconds to wait after so many attempts in vain (1…). There is no last one: nothing is lost by waiting. */
export function delayAfter(attempts: number): number {
  return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.max(0, Math.min(attempts, 30) - 1));
}

/**
 * Attempts at reading an original after which it counts as unreadable. One that ends the worker each time (no honest file
 * does) leaves no other trace; a bucket that is silent for as long as twelve attempts take, several hours, is one.
 */
export const MAX_READ_ATTEMPTS = 12;

/** Bytes up to which a document is worked through before the answer: some hundred chunks, a second or two. */
export const MAX_PROMPT_BYTES = 256 * 1024;
