import { shuffle } from "../model/shuffle.ts";
import { createRandom } from "../render/random.ts";

/** For each item the fold that its group fell into; groups are dealt out in a shuffled order. */
export function foldsOf(groups: readonly string[], folds: number, seed: number): Int32Array {
  const distinct = [...new Set(groups)].sort();
  shuffle(distinct, createRandom(`folds ${seed}`));
  const foldOf = new Map(distinct.map((group, index) => [group, index % folds]));
  return Int32Array.from(groups, (group) => foldOf.get(group) ?? 0);
}

/** One round of cross-validation: which items are fitted to, and which are predicted. */
export interface Round {
  readonly train: (item: number) => boolean;
  readonly test: (item: number) => boolean;
}

/** Rounds in which the groups of the test items are unseen. */
export function groupRounds(groups: readonly string[], folds: number, seed: number): Round[] {
  const fold = foldsOf(groups, folds, seed);
  return Array.from({ length: folds }, (_, round) => ({
    train: (item) => fold[item] !== round,
    test: (item) => fold[item] === round,
  }));
}

/** Rounds in which both groups of the test items are unseen: folds of one crossed with folds of the other. */
export function crossedRounds(
  first: readonly string[],
  second: readonly string[],
  folds: number,
  seed: number,
): Round[] {
  const a = foldsOf(first, folds, seed);
  const b = foldsOf(second, folds, seed + 1);
  const rounds: Round[] = [];
  for (let i = 0; i < folds; i += 1)
    for (let j = 0; j < folds; j += 1)
      rounds.push({
        train: (item) => a[item] !== i && b[item] !== j,
        test: (item) => a[item] === i && b[item] === j,
      });
  return rounds;
}
