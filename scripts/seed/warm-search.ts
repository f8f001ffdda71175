import type { AskLibrary } from "./ask-library.ts";

/** What pianists ask most, as far as one can say before anybody has asked. */
const COMMON_QUESTIONS = [
  "How should I practice scales effectively?",
  "How do I keep a steady tempo?",
  "my left hand drowns the melody",
  "pedal sounds muddy",
  "How do I memorise a piece?",
  "memory slips on stage",
  "nerves before a performance",
  "wrists hurt after octaves",
  "warm-up for ten minutes",
  "slow practice",
  "practising with a metronome",
  "getting a piece up to tempo",
  "uneven runs",
  "legato without pedal",
  "voicing chords",
  "learning a new piece",
  "sight-reading",
  "Bach ornaments",
  "rubato in Chopin",
  "hands separately or together",
] as const;

/**
 * Has the caches hold the answers to common questions, after the library has changed. Each is asked twice: only what is asked
 * again is kept for other instances. What fails is asked by the next.
 */
export async function warmSearch(ask: AskLibrary): Promise<void> {
  for (const q of [...COMMON_QUESTIONS, ...COMMON_QUESTIONS]) {
    const answer = await ask(`/api/v1/knowledge/search?${new URLSearchParams({ q })}`, {
      method: "GET",
      headers: {},
    });
    await answer.text();
  }
}
