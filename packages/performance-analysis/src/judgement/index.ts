export { DIMENSION_BASES, MIDDLE_SCORE, POINTS_PER_DEVIATION, ratedComposite } from "./dimension-mapping.ts";
export {
  type FeatureSpace,
  KNOTS,
  MOST_WEIGHT,
  normalScore,
  positionOf,
  scoreOfKnot,
} from "./feature-space.ts";
export { type KernelRegression, predict, roundWeights } from "./kernel-regression.ts";
export { arcCosine, type Kernel, laplacian } from "./kernels.ts";
export {
  type Calibration,
  formatListeningModel,
  type ListeningModel,
  parseListeningModel,
} from "./model.ts";
export { type ModelArrays, readModelFile, writeModelFile } from "./model-file.ts";
export { type NoteLevelModel, noteLevels } from "./note-level.ts";
