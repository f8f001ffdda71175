import type { Finding, FindingKind } from "@crescendai/contracts";

/**
 * The numbers that each kind of finding must bring for it to be put into words, as performance-analysis gives them;
 * others may stand beside them. The unit is in the name; `…_ratio` and `…_share` are fractions of 1. Where and how long
 * is told by the finding's span.
 *
 * - pulse: as in `measurements.pulse`; `local_deviation_percent` is that of the finding's own span.
 * - restart: the span goes from what is played again to where that begins; `repeated_notes` are notes or chords in a
 *   row, `lost_seconds` the time from the one to the other.
 * - dynamics: `dynamic_range_db` is how far loudness goes up and down over bars, not from moment to moment;
 *   `contrast_db` lies between the loudest and the softest passage.
 * - runs: `unevenness_ms` off an even spacing, `interval_ms` from one note to the next, over `notes` notes.
 * - chords: `spread_ms` from a chord's first note to its last (median), over `chords` chords.
 * - melody: `melody_over_accompaniment_db`, negative where the melody is the softer.
 * - touch: `duration_ratio`, sounding length over the time to the next note, there and elsewhere; an `elsewhere_ratio`
 *   of exactly 1 also stands for joined notes where there is no elsewhere to compare with.
 * - pedal: `blur_share`, the part of the notes that rub against what follows them which goes on sounding; at `changes`
 *   places.
 * - distant: `damping_db` where the room sounds on over the dampers, `above_noise_db` where noise comes near the music.
 */
export const EVIDENCE_KEYS = {
  silence: ["level_db"],
  steady_tone: ["level_db"],
  noise: ["level_db"],
  speech: [],
  other_instrument: [],
  unlike_piano: [],
  clipping: ["clipped_samples"],
  too_quiet: ["mean_loudness_db"],
  hum: ["hum_hz"],
  distant: [],
  damaged: ["lost_seconds"],
  talk: ["spoken_seconds", "places"],
  crescendo: ["change_db"],
  diminuendo: ["change_db"],
  loudest_passage: ["contrast_db"],
  softest_passage: ["contrast_db"],
  narrow_dynamics: ["dynamic_range_db"],
  wide_dynamics: ["dynamic_range_db"],
  melody_voiced: ["melody_over_accompaniment_db"],
  melody_buried: ["melody_over_accompaniment_db"],
  pause: ["pause_seconds"],
  hold: ["hold_seconds"],
  restart: ["repeated_notes", "lost_seconds"],
  tempo_drift: ["tempo_change_percent", "tempo_before_bpm", "tempo_after_bpm"],
  steady_pulse: ["tempo_bpm", "beat_deviation_percent"],
  unsteady_pulse: ["tempo_bpm", "beat_deviation_percent", "local_deviation_percent"],
  even_runs: ["unevenness_ms", "interval_ms", "notes"],
  uneven_runs: ["unevenness_ms", "interval_ms", "notes"],
  chords_together: ["spread_ms", "chords"],
  chords_not_together: ["spread_ms", "chords"],
  detached_passage: ["duration_ratio", "elsewhere_ratio"],
  overlapped_passage: ["duration_ratio", "elsewhere_ratio"],
  pedal_blur: ["blur_share", "changes"],
  clear_pedal: ["blur_share", "changes"],
} as const satisfies Readonly<Record<FindingKind, readonly string[]>>;

type KeyOf<Kind extends FindingKind> = (typeof EVIDENCE_KEYS)[Kind][number];

/** The numbers that a finding of this kind brings. */
export type Evidence<Kind extends FindingKind> = Readonly<Record<KeyOf<Kind>, number>>;

/** The evidence of a finding; null where a number is missing, for then the finding can't be told. */
export function evidenceOf<Kind extends FindingKind>(kind: Kind, finding: Finding): Evidence<Kind> | null {
  const keys: readonly KeyOf<Kind>[] = EVIDENCE_KEYS[kind];
  const { evidence } = finding;
  return holdsEvery(keys, evidence) ? evidence : null;
}

function holdsEvery<Key extends string>(
  keys: readonly Key[],
  evidence: Readonly<Record<string, number>>,
): evidence is Readonly<Record<string, number>> & Readonly<Record<Key, number>> {
  return keys.every((key) => Number.isFinite(evidence[key]));
}
