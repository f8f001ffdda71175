import type { OnsetGroup } from "./onset-groups.ts";

/** Numbers in a sketch: the similarity of two is known to within about 1/√64. */
export const SKETCH_LENGTH = 64;
/**
 * `sameMusic` from which two recordings are taken for the same music. Measured on notes degraded as a transcriber
 * does: see docs/analysis.md for the distribution over takes of one passage and of different ones.
 */
export const SAME_MUSIC = 0.12;

/** Onset groups in a row that make one word of the sketch, and fewest words for a sketch. */
const WORD = 4;
const LEAST_WORDS = 12;

/**
 * A sketch of which notes were played in which order: MinHash (Broder 1997), 64 times the least of a hash, over words of
 * successive pitch classes of the outer voices. Independent of tempo, dynamics and octave; a missed or added note spoils only the
 * words that it is in. Empty for too few notes.
 */
export function sketchOf(groups: readonly OnsetGroup[]): number[] {
  const words = wordsOf(groups);
  if (words.size < LEAST_WORDS) return [];
  const least = new Uint32Array(SKETCH_LENGTH).fill(0xffffffff);
  for (const word of words) {
    for (let index = 0; index < SKETCH_LENGTH; index += 1) {
      const hash = mix(word, SEEDS[index]);
      if (hash < least[index]) least[index] = hash;
    }
  }
  return Array.from(least);
}

/** Estimated share of the words that two recordings have in common (Jaccard index), 0 to 1; 0 where a sketch is empty. */
export function sameMusic(a: readonly number[], b: readonly number[]): number {
  if (a.length !== SKETCH_LENGTH || b.length !== SKETCH_LENGTH) return 0;
  let alike = 0;
  for (let index = 0; index < SKETCH_LENGTH; index += 1) {
    if (a[index] === b[index]) alike += 1;
  }
  return alike / SKETCH_LENGTH;
}

function wordsOf(groups: readonly OnsetGroup[]): Set<number> {
  const words = new Set<number>();
  for (const voice of [topVoice(groups), bottomVoice(groups)]) {
    for (let index = 0; index + WORD <= voice.length; index += 1) {
      let word = 0;
      for (let offset = 0; offset < WORD; offset += 1) word = word * 12 + voice[index + offset];
      words.add(word);
    }
  }
  return words;
}

function topVoice(groups: readonly OnsetGroup[]): number[] {
  return groups.map(({ notes }) => notes[notes.length - 1].pitch % 12);
}

function bottomVoice(groups: readonly OnsetGroup[]): number[] {
  return groups.map(({ notes }) => notes[0].pitch % 12);
}

/** A 32-bit mixing of a word under a seed (finalizer of MurmurHash3, Appleby). */
function mix(word: number, seed: number): number {
  let hash = (word ^ seed) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

const SEEDS = Uint32Array.from({ length: SKETCH_LENGTH }, (_, index) => mix(index + 1, 0x9e3779b9));
