import type { RatedSegment } from "../data/ratings.ts";
import type { Render } from "../data/renders.ts";
import { determination, meanOf, orderAgreement } from "../evaluation/scores.ts";
import { crossedRounds, groupRounds, type Round } from "../evaluation/splits.ts";
import { fitKernels, type PreparedKernels, predictSample } from "../model/fit-kernel.ts";
import { softTargets, type Teacher } from "./soft-targets.ts";

/** Out-of-fold predictions of one copy of every segment, and how good they are. */
export interface Validation {
  /** What was unseen in training. */
  readonly unseen: string;
  /** What the predictions were made from. */
  readonly sound: string;
  /** R² of each scale. */
  readonly determination: readonly number[];
  readonly mean: number;
  /** Two human players of one passage put in the right order. */
  readonly order: number;
  readonly predictions: readonly Float64Array[];
}

const FOLDS = 10;
const CROSSED_FOLDS = 5;
const SEED = 1;

/** The splits by which the model card reports. */
export function roundsOf(segments: readonly RatedSegment[]): ReadonlyMap<string, readonly Round[]> {
  const passages = segments.map(({ passage }) => passage);
  const players = segments.map(({ player }) => player);
  const works = segments.map(({ work }) => work);
  return new Map([
    ["passage", groupRounds(passages, FOLDS, SEED)],
    ["player", groupRounds(players, FOLDS, SEED)],
    ["passage and player", crossedRounds(passages, players, CROSSED_FOLDS, SEED)],
    ["work", groupRounds(works, new Set(works).size, SEED)],
  ]);
}

/** Copies that predictions are made from; the held-out piano takes no part in the fit. */
export const TEST_COPIES: ReadonlyMap<string, number> = new Map([
  ["known piano, clean", 0],
  ["unseen piano, clean", 5],
  ["unseen piano, in a room and through a codec", 4],
]);

/**
 * Cross-validates: fits without the round's test segments and without the held-out piano, predicts each sound. The teacher too
 * looks at no rating of a segment that isn't trained on.
 */
export function validate(
  prepared: PreparedKernels,
  teacher: Teacher,
  segments: readonly RatedSegment[],
  renders: readonly Render[],
): Validation[] {
  const validations: Validation[] = [];
  const truth = segments.map(({ ratings }) => ratings);
  const sampleOf = new Map(
    renders.map((render, sample) => [`${prepared.samples.segment[sample]}.${render.copy}`, sample]),
  );
  for (const [unseen, rounds] of roundsOf(segments)) {
    const predictions = new Map<string, Float64Array[]>([...TEST_COPIES.keys()].map((sound) => [sound, []]));
    for (const round of rounds) {
      const tested = segments.flatMap((_, segment) => (round.test(segment) ? [segment] : []));
      if (tested.length === 0) continue;
      const fit = fitKernels(prepared, softTargets(teacher, round.train));
      for (const [sound, copy] of TEST_COPIES) {
        const rows = predictions.get(sound) ?? [];
        for (const segment of tested) {
          const sample = sampleOf.get(`${segment}.${copy}`);
          if (sample === undefined)
            throw new Error(`copy ${copy} of ${segments[segment].segment} is missing`);
          rows[segment] = predictSample(prepared, fit, sample);
        }
      }
    }
    for (const [sound, rows] of predictions) {
      const scores = determination(truth, rows);
      const order = orderAgreement(
        truth,
        rows,
        segments.map(({ passage }) => passage),
        (item) => !segments[item].player.startsWith("Score"),
      );
      validations.push({
        unseen,
        sound,
        determination: scores,
        mean: meanOf(scores),
        order,
        predictions: rows,
      });
    }
  }
  return validations;
}
