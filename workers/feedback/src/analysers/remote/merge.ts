import { type Analysis, entriesOf, PERCEPTUAL_SCALES, type RemoteAnalysis } from "@crescendai/contracts";

/** The readings of the 19 scales, 0 to 1 each. */
export type Perception = NonNullable<Analysis["perception"]>;

/** How the twelve dimensions follow from the scales and from what was measured; the same for every model of the scales. */
export type DimensionMapping = (
  perception: Perception,
  uncertainty: Perception,
  heard: Analysis,
) => Analysis["dimensions"];

/**
 * Half-width of the 80 % interval of a scale of which nobody says how sure they are: that of a predictor that always
 * says the mean, whose errors have the spread of the ratings themselves (standard deviation about 0.12, times 1.28).
 */
const UNTOLD_UNCERTAINTY = 0.15;

/**
 * What the embedded ears heard, with the remote model's reading of the scales in place of theirs. Measurements, findings
 * and sections stay; `model_version` names both.
 */
export function mergeAnalyses(heard: Analysis, remote: RemoteAnalysis, mapping: DimensionMapping): Analysis {
  const { perception } = remote;
  const uncertainty =
    remote.perception_uncertainty ??
    heard.perception_uncertainty ??
    entriesOf(PERCEPTUAL_SCALES, () => UNTOLD_UNCERTAINTY);
  return {
    ...heard,
    model_version: `${remote.model_version} + ${heard.model_version}`,
    perception,
    perception_uncertainty: uncertainty,
    dimensions: mapping(perception, uncertainty, heard),
  };
}
