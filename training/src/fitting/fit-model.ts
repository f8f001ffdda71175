import type { Calibration, ListeningModel } from "@crescendai/performance-analysis/judgement";
import type { RatedSegment } from "../data/ratings.ts";
import type { Render } from "../data/renders.ts";
import type { Samples } from "../model/places.ts";
import { createRandom } from "../render/random.ts";
import { HELD_OUT_PIANO, KNOWN_CLEAN_COPY } from "../render/schedule.ts";
import { calibrate } from "./calibrate.ts";
import { fitLevels } from "./fit-levels.ts";
import type { HeardFolders } from "./level-samples.ts";
import { loadFeatures } from "./load-features.ts";
import { fitScales, type PreparedScales, prepareScales, toRegression } from "./scale-regression.ts";
import { softTargets, type Teacher } from "./soft-targets.ts";
import { teacherKernel } from "./teacher-kernel.ts";
import { type Validation, validate } from "./validate.ts";

/** The validation by which intervals are calibrated: the conditions in which the product works. */
const CALIBRATED_BY = { unseen: "passage", sound: "unseen piano, in a room and through a codec" };
/** Share of the data that is nearer to a landmark than what counts as usual. */
const USUAL = 0.1;

/** A fitted model and everything that its card reports. */
export interface FittedModel {
  readonly model: ListeningModel;
  readonly validations: readonly Validation[];
  readonly featureNames: readonly string[];
  readonly coverage: number;
  readonly segments: readonly RatedSegment[];
  readonly renders: readonly Render[];
}

/** Fits everything from what was heard; `report` is told what is being done. */
export async function fitModel(
  segments: readonly RatedSegment[],
  renders: readonly Render[],
  folders: HeardFolders,
  version: string,
  report: (line: string) => void,
): Promise<FittedModel> {
  const heldOut = (render: Render) => render.piano === HELD_OUT_PIANO;
  report("note levels");
  const noteLevel = await fitLevels(
    renders.filter((render) => !heldOut(render)),
    folders,
  );
  report("features");
  const table = await loadFeatures(renders, folders, noteLevel);
  const segmentOf = new Map(segments.map(({ segment }, index) => [segment, index]));
  const owner = Int32Array.from(renders, ({ segment }) => segmentOf.get(segment) ?? -1);
  report("validation");
  const samples: Samples = {
    features: table.rows,
    segment: owner,
    kind: Int32Array.from(renders, ({ copy }) => (copy === KNOWN_CLEAN_COPY ? 0 : 1)),
  };
  const ratings = segments.map((segment) => segment.ratings);
  const teacher: Teacher = {
    kernel: await teacherKernel(segments, renders, table, folders.midi),
    passages: segments.map(({ passage }) => passage),
    ratings,
  };
  const prepared = prepareScales(samples, (sample) => !heldOut(renders[sample]));
  const validations = validate(prepared, teacher, segments, renders);
  const calibrating = validations.find(
    ({ unseen, sound }) => unseen === CALIBRATED_BY.unseen && sound === CALIBRATED_BY.sound,
  );
  if (calibrating === undefined) throw new Error("the validation to calibrate by is missing");
  report("final fit");
  const whole = prepareScales(samples, () => true);
  const scales = toRegression(
    whole,
    fitScales(
      whole,
      softTargets(teacher, () => true),
    ),
  );
  const calibration: Calibration = {
    ...calibrate(ratings, calibrating.predictions),
    usualFamiliarity: usualFamiliarity(renders, prepared),
  };
  return {
    model: { version, noteLevel, scales, calibration },
    validations,
    featureNames: table.names,
    coverage: crossCoverage(ratings, calibrating.predictions, segments),
    segments,
    renders,
  };
}

function groupNumbers(groups: readonly string[]): Int32Array {
  const distinct = [...new Set(groups)].sort();
  const shuffled = distinct.map((group) => ({ group, key: createRandom(`halves ${group}`).next() }));
  shuffled.sort((a, b) => a.key - b.key);
  const numbers = new Map(shuffled.map(({ group }, index) => [group, index]));
  return Int32Array.from(groups, (group) => numbers.get(group) ?? 0);
}

/**
 * How near renders of the held-out piano are to landmarks of other segments by the first kernel, as `familiarity` says it:
 * nine in ten are nearer than this.
 */
function usualFamiliarity(renders: readonly Render[], { samples, kernels }: PreparedScales): number {
  const [nearness] = kernels.tables;
  const nearest = renders.flatMap(({ piano }, sample) => {
    if (piano !== HELD_OUT_PIANO) return [];
    const others = nearness.values[sample].filter(
      (_, landmark) => kernels.landmarkSegment[landmark] !== samples.segment[sample],
    );
    return [others.reduce((most, value) => Math.max(most, value), 0)];
  });
  nearest.sort((a, b) => a - b);
  return nearest[Math.floor(nearest.length * USUAL)];
}

/**
 * Share of ratings that lie within intervals calibrated on the other half of the passages: what the 80 % are worth on
 * passages that took no part in their calibration.
 */
function crossCoverage(
  ratings: readonly Float64Array[],
  predictions: readonly Float64Array[],
  segments: readonly RatedSegment[],
): number {
  const half = groupNumbers(segments.map(({ passage }) => passage)).map((number) => number % 2);
  let inside = 0;
  let all = 0;
  for (const side of [0, 1]) {
    const items = [...half.keys()].filter((item) => half[item] === side);
    const { halfWidths } = calibrate(
      items.map((item) => ratings[item]),
      items.map((item) => predictions[item]),
    );
    half.forEach((other, item) => {
      if (other === side) return;
      ratings[item].forEach((rating, scale) => {
        all += 1;
        if (Math.abs(rating - predictions[item][scale]) <= halfWidths[scale]) inside += 1;
      });
    });
  }
  return inside / all;
}
