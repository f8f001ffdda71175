import type { RatedSegment } from "../data/ratings.ts";
import type { Render } from "../data/renders.ts";
import { determination, meanOf, orderAgreement } from "../evaluation/scores.ts";
import { crossedRounds, groupRounds, type Round } from "../evaluation/splits.ts";
import { fitScales, type PreparedScales, predictScales } from "./scale-regression.ts";
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
  prepared: PreparedScales,
  teacher: Teacher,
  segments: readonly RatedSegment[],
  renders: readonly Render[],
): Validation[] {
  const validations: Validation[] = [];
  for (const [unseen, rounds] of roundsOf(segments)) {
    const predictions = new Map<string, Float64Array[]>([...TEST_COPIES.keys()].map((sound) => [sound, []]));
    for (const round of rounds) predictRound(prepared, teacher, renders, round, predictions);
    for (const [sound, rows] of predictions) validations.push(rateSplit(unseen, sound, segments, rows));
  }
  return validations;
}

/** Adds a round's predictions of the segments that it tests, by sound and segment. */
function predictRound(
  prepared: PreparedScales,
  teacher: Teacher,
  renders: readonly Render[],
  { train, test }: Round,
  predictions: ReadonlyMap<string, Float64Array[]>,
): void {
  const { segment } = prepared.samples;
  if (!segment.some(test)) return;
  const fit = fitScales(prepared, softTargets(teacher, train));
  for (const [sound, rows] of predictions) {
    renders.forEach(({ copy }, sample) => {
      if (copy === TEST_COPIES.get(sound) && test(segment[sample]))
        rows[segment[sample]] = predictScales(prepared, fit, sample);
    });
  }
}

/** How good the predictions of a split are, made from one sound. Throws where a segment wasn't predicted. */
function rateSplit(
  unseen: string,
  sound: string,
  segments: readonly RatedSegment[],
  predictions: readonly Float64Array[],
): Validation {
  const truth = segments.map(({ ratings }) => ratings);
  segments.forEach(({ segment }, index) => {
    if (predictions[index] === undefined) throw new Error(`${segment} was not rendered as ${sound}`);
  });
  const scores = determination(truth, predictions);
  const order = orderAgreement(
    truth,
    predictions,
    segments.map(({ passage }) => passage),
    (item) => !segments[item].player.startsWith("Score"),
  );
  return { unseen, sound, determination: scores, mean: meanOf(scores), order, predictions };
}
