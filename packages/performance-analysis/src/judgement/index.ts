export { DIMENSION_BASES, MIDDLE_SCORE, POINTS_PER_DEVIATION, ratedComposite } from "./dimension-mapping.ts";
export {
  type FeatureSpace,
  KNOTS,
  MOST_WEIGHT,
  normalScore,
  POSITION_STEPS,
  positionOf,
  scoreOfKnot,
} from "./feature-space.ts";
export { arcCosine, comparePositions, type Kernel, laplacian } from "./kernels.ts";
export {
  type Calibration,
  formatListeningModel,
  type ListeningModel,
  parseListeningModel,
} from "./model.ts";
export { type ModelArrays, readModelFile, writeModelFile } from "./model-file.ts";
export { type NoteLevelModel, noteLevels } from "./note-level.ts";
export { type RectifiedNetwork, roundNetwork, runNetwork } from "./rectified-network.ts";
export { roundWeights } from "./rounded-weights.ts";
export { predict, type ScaleRegression } from "./scale-regression.ts";
