import type { Analysis } from "./tool-results.ts";

/** How players speak of the dimensions. */
const SPOKEN: readonly (readonly [dimension: string, words: RegExp])[] = [
  ["pedaling_technique", /\bpedal/],
  ["dynamics_control", /\bdynamic|\bloud|\bsoft(er|ly)?\b|\bcrescendo|\bdiminuendo/],
  ["rhythmic_precision", /\brhythm|\btiming\b|\btempo\b|\brush|\bdrag(s|ging)?\b|\bhesitat|\bbeat\b/],
  ["articulation_quality", /\barticulat|\blegato\b|\bstaccato\b/],
  ["tone_quality", /\btone\b|\bsound quality\b/],
  ["note_accuracy", /\bwrong notes?\b|\bnote accuracy\b|\baccura/],
  ["phrasing", /\bphras/],
  ["expressiveness", /\bexpressi/],
  ["musical_interpretation", /\binterpret/],
  ["stylistic_appropriateness", /\bstyl/],
  ["overall_musicality", /\bmusicality\b/],
];

/** The dimension that a text speaks of, as it is called in analyses; null if none. */
export function spokenDimension(text: string): string | null {
  const said = text.toLowerCase();
  return SPOKEN.find(([, words]) => words.test(said))?.[0] ?? null;
}

/** `rhythmic_precision` as words. */
export function wordsFor(dimension: string): string {
  return dimension.replaceAll("_", " ");
}

/** The weakest dimension: as the analysis names it, else the lowest score; null if nothing has one. */
export function weakestDimension({ weakest, dimensions }: Analysis): string | null {
  const [named] = weakest;
  if (named !== undefined && named in dimensions) return named;
  const scored = Object.entries(dimensions).flatMap(([name, reading]) =>
    // A sum of the others is nothing to work on.
    typeof reading?.score === "number" && !name.startsWith("overall_")
      ? [{ name, score: reading.score }]
      : [],
  );
  return scored.toSorted((a, b) => a.score - b.score)[0]?.name ?? null;
}
