import { type Dimension, PERCEPTUAL_SCALES } from "@crescendai/contracts";

type Scale = (typeof PERCEPTUAL_SCALES)[number];

/** What one dimension rests on. */
export interface DimensionBasis {
  /** Share of what is measured in this recording's notes, 0 to 1; the rest is what listeners would rate. */
  readonly measured: number;
  /**
   * Weight of each perceptual scale, in standard deviations of its ratings; negative where the scale's lower end is
   * the better playing. Scales that only describe (short or long, bright or dark, fast or slow) have none, nor have
   * those that can't be heard in a recording of unknown gain (energy, soft or loud).
   */
  readonly rated: Partial<Record<Scale, number>>;
  /** Whether it is about time, so that the scales count as they are; others count as at usual timing. */
  readonly isOfTime?: boolean;
}

/**
 * From 19 perceptual scales and the measurements to the twelve dimensions: a weighted sum, monotone in each scale.
 * The weights are ours, by what the scales' words mean; PercePiano asked its listeners for the scales only.
 */
export const DIMENSION_BASES: { readonly [Name in Dimension]: DimensionBasis } = {
  note_accuracy: { measured: 1, rated: {} },
  rhythmic_precision: { measured: 0.8, rated: { timing_stable_unstable: -1 }, isOfTime: true },
  dynamics_control: {
    measured: 0.8,
    rated: { dynamic_little_large_range: 0.6, music_disproportioned_balanced: 0.4 },
  },
  articulation_quality: {
    measured: 0.85,
    rated: { interpretation_doubtful_convincing: 0.6, music_disproportioned_balanced: 0.4 },
  },
  pedaling_technique: { measured: 0.7, rated: { pedal_clean_blurred: -1 } },
  tone_quality: {
    measured: 0,
    rated: { timbre_shallow_rich: 0.5, timbre_even_colorful: 0.3, dynamic_mellow_raw: -0.2 },
  },
  phrasing: {
    measured: 0,
    rated: {
      music_flat_spacious: 0.5,
      music_disproportioned_balanced: 0.3,
      dynamic_little_large_range: 0.2,
    },
  },
  expressiveness: {
    measured: 0,
    rated: { music_pure_dramatic: 0.3, mood_honest_imaginative: 0.4, timbre_even_colorful: 0.3 },
  },
  musical_interpretation: {
    measured: 0,
    rated: {
      interpretation_doubtful_convincing: 0.5,
      mood_honest_imaginative: 0.3,
      music_flat_spacious: 0.2,
    },
  },
  stylistic_appropriateness: {
    measured: 0,
    rated: { music_disproportioned_balanced: 0.5, interpretation_doubtful_convincing: 0.5 },
  },
  overall_musicality: {
    measured: 0,
    rated: {
      interpretation_doubtful_convincing: 0.3,
      music_flat_spacious: 0.2,
      timbre_shallow_rich: 0.2,
      mood_honest_imaginative: 0.15,
      music_disproportioned_balanced: 0.15,
    },
  },
  overall_quality: {
    measured: 0.4,
    rated: {
      interpretation_doubtful_convincing: 0.4,
      music_disproportioned_balanced: 0.2,
      timbre_shallow_rich: 0.2,
      music_flat_spacious: 0.2,
    },
  },
};

/**
 * The score of a composite that equals the mean of all rated performances, and the points of one standard deviation:
 * those were played by advanced students and professionals, so that their middle is a good mark, and hardly any
 * performance leaves the scale (99.7 % lie within 3 standard deviations).
 */
export const MIDDLE_SCORE = 70;
export const POINTS_PER_DEVIATION = 10;

/** Weighted sum of scales in standard deviations of their ratings; 0 where a dimension rests on no scale. */
export function ratedComposite(
  dimension: Dimension,
  scales: ArrayLike<number>,
  means: ArrayLike<number>,
  deviations: ArrayLike<number>,
): number {
  const weights = DIMENSION_BASES[dimension].rated;
  let sum = 0;
  PERCEPTUAL_SCALES.forEach((scale, index) => {
    const weight = weights[scale];
    if (weight !== undefined) sum += (weight * (scales[index] - means[index])) / deviations[index];
  });
  return sum;
}
