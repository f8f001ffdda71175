import type { Analysis } from "./tool-results.ts";

/** The dimension that stands for all of a performance: a sum of the others, and nothing to work on. */
export const OVERALL = "overall_quality";

/** How players speak of the dimensions. */
const SPOKEN = Object.entries({
  pedaling_technique: /\b(over)?pedal/,
  dynamics_control: /\bdynamic|\bloud|\bsoft(er|ly)?\b|\bcrescendo|\bdiminuendo/,
  rhythmic_precision:
    /\brhythm|\btiming\b|\btempo\b|\brush|\bdrag(s|ged|ging)?\b|\bhurr(y|ied)|\bhesitat|\bbeat\b/,
  articulation_quality: /\barticulat|\blegato\b|\bstaccato\b/,
  tone_quality: /\btone\b|\bsound quality\b/,
  note_accuracy: /\b(wrong|right) notes?\b|\bnote accuracy\b|\baccura/,
  phrasing: /\bphras/,
  expressiveness: /\bexpressi/,
  musical_interpretation: /\binterpret/,
  stylistic_appropriateness: /\bstyl/,
  overall_musicality: /\bmusicality\b|\b(sound|play)(s|ed)? (\w+ )?musical(ly)?\b/,
});

/** The dimension that a text speaks of, as it is called in analyses; null if none. */
export function spokenDimension(text: string): string | null {
  return spokenDimensions(text)[0] ?? null;
}

/** All dimensions that a text speaks of. */
export function spokenDimensions(text: string): string[] {
  const said = text.toLowerCase();
  return SPOKEN.filter(([, words]) => words.test(said)).map(([dimension]) => dimension);
}

/** `rhythmic_precision` as words. */
export function wordsFor(dimension: string): string {
  return dimension.replaceAll("_", " ");
}

/** The dimensions that a text calls by their whole names, in the order in which it first does. */
export function dimensionsNamed(text: string): string[] {
  const said = text.toLowerCase();
  const places = SPOKEN.map(([dimension]) => ({ dimension, at: said.indexOf(wordsFor(dimension)) }));
  const named = places.filter(({ at }) => at !== -1).toSorted((one, other) => one.at - other.at);
  return named.map(({ dimension }) => dimension);
}

/** The dimensions to work on, weakest first: those that the analysis names, then by score. What has none isn't among them. */
export function rankedDimensions({ weakest, dimensions }: Analysis): string[] {
  const scores = Object.entries(dimensions).flatMap(([name, reading]) =>
    typeof reading?.score === "number" && name !== OVERALL ? [[name, reading.score] as const] : [],
  );
  const byScore = scores.toSorted(([, one], [, other]) => one - other).map(([name]) => name);
  return [...new Set([...weakest.filter((name) => byScore.includes(name)), ...byScore])];
}
