import { meanOf } from "../evaluation/scores.ts";
import { solvePositiveDefinite } from "../model/linear-algebra.ts";

/** Strength of the ridge of the teacher's regression. */
const RIDGE = 0.1;
/** How much of the teacher's rating is in a target: of what a passage's performances have in common, and of how they differ. */
const SHARE_OF_COMMON = 0.25;
const SHARE_OF_DIFFERENCE = 0.5;
/** By how much the teacher's differences are enlarged: being a guess, they are smaller than the true ones. */
const ENLARGED = 1.5;

/** What a teacher knows of the rated segments. */
export interface Teacher {
  /** Of each segment at each segment, row by row: how alike they are by what the model won't hear. */
  readonly kernel: Float64Array;
  /** Of each segment. */
  readonly passages: readonly string[];
  /** Of each segment on each scale. */
  readonly ratings: readonly Float64Array[];
}

/**
 * Ratings of few listeners say much of these listeners. A model learns more from targets of which a part is what a teacher would
 * rate who knows more than the model will ever hear (learning with privileged information by generalised distillation:
 * Lopez-Paz et al. 2016). The teacher is a kernel regression that hasn't heard the passage it rates, so that it can't repeat the
 * listeners' ratings.
 *
 * @param train segments whose ratings may be looked at; all others get none.
 * @returns a target on each scale for each segment that is trained on, by segment.
 */
export function softTargets(
  { kernel, passages, ratings }: Teacher,
  train: (segment: number) => boolean,
): ReadonlyMap<number, Float64Array> {
  const trained = [...ratings.keys()].filter(train);
  const outputs = ratings[0].length;
  const taught = leavePassageOut(kernel, trained, passages, ratings);
  const targets = new Map<number, Float64Array>();
  for (const members of Map.groupBy(trained.keys(), (row) => passages[trained[row]]).values()) {
    for (let output = 0; output < outputs; output += 1) {
      const rated = members.map((row) => ratings[trained[row]][output]);
      const guessed = members.map((row) => taught[row * outputs + output]);
      const common = meanOf(rated);
      const guessedCommon = meanOf(guessed);
      members.forEach((row, index) => {
        const target = targets.get(trained[row]) ?? new Float64Array(outputs);
        target[output] =
          mix(common, guessedCommon, SHARE_OF_COMMON) +
          mix(rated[index] - common, ENLARGED * (guessed[index] - guessedCommon), SHARE_OF_DIFFERENCE);
        targets.set(trained[row], target);
      });
    }
  }
  return targets;
}

/**
 * What kernel ridge regression makes of each segment if its passage isn't fitted to, from one inverse: of a group g the errors
 * are ((K + λI)⁻¹)_gg⁻¹ ((K + λI)⁻¹ y)_g (Rasmussen & Williams 2006, eq. 5.12, for more than one at a time).
 *
 * @returns scales of each trained segment, row by row.
 */
function leavePassageOut(
  kernel: Float64Array,
  trained: readonly number[],
  passages: readonly string[],
  ratings: readonly Float64Array[],
): Float64Array {
  const n = trained.length;
  const outputs = ratings[0].length;
  const inverse = new Float64Array(n * n);
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i += 1) {
    for (let j = 0; j < n; j += 1)
      matrix[i * n + j] = kernel[trained[i] * ratings.length + trained[j]] + (i === j ? RIDGE : 0);
    inverse[i * n + i] = 1;
  }
  solvePositiveDefinite(matrix, n, inverse, n);
  const bias = Float64Array.from({ length: outputs }, (_, output) =>
    meanOf(trained.map((segment) => ratings[segment][output])),
  );
  const weights = new Float64Array(n * outputs);
  for (let i = 0; i < n; i += 1)
    for (let j = 0; j < n; j += 1)
      for (let output = 0; output < outputs; output += 1)
        weights[i * outputs + output] += inverse[i * n + j] * (ratings[trained[j]][output] - bias[output]);
  const predicted = new Float64Array(n * outputs);
  for (const members of Map.groupBy(trained.keys(), (row) => passages[trained[row]]).values()) {
    const size = members.length;
    const block = Float64Array.from(
      { length: size * size },
      (_, at) => inverse[members[Math.floor(at / size)] * n + members[at % size]],
    );
    const errors = Float64Array.from(
      { length: size * outputs },
      (_, at) => weights[members[Math.floor(at / outputs)] * outputs + (at % outputs)],
    );
    solvePositiveDefinite(block, size, errors, outputs);
    members.forEach((row, index) => {
      for (let output = 0; output < outputs; output += 1)
        predicted[row * outputs + output] = ratings[trained[row]][output] - errors[index * outputs + output];
    });
  }
  return predicted;
}

function mix(one: number, other: number, share: number): number {
  return (1 - share) * one + share * other;
}
