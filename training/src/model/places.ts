import { type FeatureSpace, positionOf } from "@crescendai/performance-analysis/judgement";
import { layOutFeatures } from "./feature-space.ts";

/** What is fitted to: several copies (renders) of each rated segment. */
export interface Samples {
  /** Features of each sample. */
  readonly features: readonly Float32Array[];
  /** Which segment each sample is a copy of. */
  readonly segment: Int32Array;
  /** Samples of one segment and one kind share a landmark, at their mean: the clean copy has its own. */
  readonly kind: Int32Array;
}

/** Samples, and where they lie: what every round of a cross-validation shares. */
export interface PlacedSamples extends Samples {
  readonly space: FeatureSpace;
  /** Numbers of the samples that a fit may be made to. */
  readonly inTraining: readonly number[];
  /** Position of each sample. */
  readonly places: readonly Float32Array[];
}

/** Lays out the features. What isn't `trained` has no part in the layout or in any fit. Ratings aren't looked at. */
export function placeSamples(samples: Samples, trained: (sample: number) => boolean): PlacedSamples {
  const inTraining = [...samples.features.keys()].filter(trained);
  const space = layOutFeatures(
    inTraining.map((sample) => samples.features[sample]),
    inTraining.map((sample) => samples.segment[sample]),
  );
  return { ...samples, space, inTraining, places: samples.features.map((row) => positionOf(row, space)) };
}
