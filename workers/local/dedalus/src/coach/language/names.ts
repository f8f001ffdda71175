import { stemsOf } from "./same-word.ts";

/** Composers, by their stems: they say whose music is meant, and rarely what about it. */
export const COMPOSERS = stemsOf(
  `bach bartok bartók beethoven brahms burgmüller chopin clementi czerny debussy grieg haydn joplin kuhlau liszt mendelssohn
  mozart petzold rachmaninoff ravel satie scarlatti schubert schumann tchaikovsky`,
);

/** Whether a composer or a work is named, by a capital in the middle: then the question isn't of one's own recording alone. */
export function namesSomebody(message: string): boolean {
  return /(?<=[\p{L},] )(?!I\b|I'|OK\b|Variation|Movement|Section|Trio|Coda)\p{Lu}\p{Ll}+/u.test(message);
}
