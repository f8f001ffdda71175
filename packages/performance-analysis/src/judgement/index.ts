export { DIMENSION_BASES, MIDDLE_SCORE, POINTS_PER_DEVIATION, ratedComposite } from "./dimension-mapping.ts";
export {
  FEATURE_LIMIT,
  type KernelRegression,
  LANDMARK_STEPS,
  laplacian,
  predict,
  standardise,
} from "./kernel-regression.ts";
export {
  type Calibration,
  formatListeningModel,
  type ListeningModel,
  parseListeningModel,
} from "./model.ts";
export { type ModelArrays, readModelFile, writeModelFile } from "./model-file.ts";
export { type NoteLevelModel, noteLevels } from "./note-level.ts";
