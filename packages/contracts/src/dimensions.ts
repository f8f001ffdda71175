import * as v from "valibot";

/** The six dimensions of technique (design §6). */
export const TECHNICAL_DIMENSIONS = [
  "note_accuracy",
  "rhythmic_precision",
  "dynamics_control",
  "articulation_quality",
  "pedaling_technique",
  "tone_quality",
] as const;

/** The six dimensions of interpretation (design §6). */
export const INTERPRETIVE_DIMENSIONS = [
  "phrasing",
  "expressiveness",
  "musical_interpretation",
  "stylistic_appropriateness",
  "overall_musicality",
  "overall_quality",
] as const;

/** All twelve dimensions, the technical ones first. */
export const DIMENSIONS = [...TECHNICAL_DIMENSIONS, ...INTERPRETIVE_DIMENSIONS] as const;

/** The name of a dimension. */
export const DimensionSchema = v.picklist(DIMENSIONS);
export type Dimension = v.InferOutput<typeof DimensionSchema>;

/**
 * The 19 perceptual scales of PercePiano (Park, Kim, Park et al., 2024), as named in its ratings; a scale
 * named `x_a_b` runs from a (0) to b (1).
 */
export const PERCEPTUAL_SCALES = [
  "timing_stable_unstable",
  "articulation_short_long",
  "articulation_soft_hard",
  "pedal_sparse_saturated",
  "pedal_clean_blurred",
  "timbre_even_colorful",
  "timbre_shallow_rich",
  "timbre_bright_dark",
  "timbre_soft_loud",
  "dynamic_mellow_raw",
  "dynamic_little_large_range",
  "music_fast_slow_paced",
  "music_flat_spacious",
  "music_disproportioned_balanced",
  "music_pure_dramatic",
  "mood_optimistic_dark",
  "mood_low_high_energy",
  "mood_honest_imaginative",
  "interpretation_doubtful_convincing",
] as const;

/**
 * One schema for every member of a list of names, as the entries of a strict object: keeps each name a typed,
 * required member.
 */
export function entriesFor<const Name extends string, const Schema extends v.GenericSchema>(
  names: readonly Name[],
  schema: Schema,
): Record<Name, Schema> {
  return entriesOf(names, () => schema);
}

/** A value for every one of a list of names, in their order. */
export function entriesOf<const Name extends string, Value>(
  names: readonly Name[],
  value: (name: Name, index: number) => Value,
): Record<Name, Value> {
  const entries: Partial<Record<Name, Value>> = {};
  names.forEach((name, index) => {
    entries[name] = value(name, index);
  });
  if (!hasEvery(names, entries)) throw new Error("unreachable: every name was just set");
  return entries;
}

function hasEvery<Name extends string, Value>(
  names: readonly Name[],
  record: Partial<Record<Name, Value>>,
): record is Record<Name, Value> {
  return names.every((name) => record[name] !== undefined);
}
