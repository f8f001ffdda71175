import type { Dimension } from "@crescendai/contracts";
import type { ComparedMeasurements } from "../history.ts";
import type { Topic } from "../topic.ts";
import { figure, percent, whole } from "../wording.ts";
import type { Change } from "./change.ts";

/** A measured quantity that can be compared between two takes of the same music. */
interface Quantity {
  readonly name: string;
  readonly unit: string;
  readonly topic: Topic;
  readonly dimension: Dimension;
  /** Whether it's a count, which takes of about the same length only can be compared by. */
  readonly counts: boolean;
  /** Whether another piano, room or microphone changes it as well. */
  readonly isConditional: boolean;
  readonly read: (measurements: ComparedMeasurements) => number | null;
  /** Least change that is claimed, above what measuring the same playing twice can differ by. */
  readonly least: (before: number, now: number) => number;
  readonly direction: (before: number, now: number) => Change["direction"];
  /** The change as a sentence; `than` is "than on 3 March". */
  readonly sentence: (before: number, now: number, than: string) => string;
}

const lowerIsBetter = (before: number, now: number) => (now < before ? "better" : "worse");

function none(count: number): string {
  return count === 0 ? "none" : String(count);
}

/** dB of range under which more of it is better in itself; beyond, it's a choice. */
const FLAT_DB = 10;
/** dB over the accompaniment under which a melody gains by more; beyond, it's a choice. */
const LED_DB = 3;

/** What is said of quantities that another piano, room or microphone changes as well. */
const IF_THE_SAME = "if piano, room and microphone are the same";

/**
 * What is compared, in order of how plainly it can be heard. The least changes are such that of 50 performances on one piano,
 * once without a room, once in a small and once in a large one through poor microphones and MP3, one in ten or fewer differ by
 * as much (docs/analysis.md, "Compared with earlier takes"); on another piano balance, range and note lengths differ by more.
 */
export const QUANTITIES: readonly Quantity[] = [
  {
    name: "restarts",
    unit: "count",
    topic: "continuity",
    dimension: "note_accuracy",
    counts: true,
    isConditional: false,
    read: ({ notes }) => notes?.restarts.length ?? null,
    least: () => 1,
    direction: lowerIsBetter,
    sentence: (before, now, than) =>
      `${now < before ? "Fewer" : "More"} restarts ${than}: ${none(now)} instead of ${none(before)}.`,
  },
  {
    name: "pauses",
    unit: "count",
    topic: "continuity",
    dimension: "note_accuracy",
    counts: true,
    isConditional: false,
    read: ({ pauses }) => pauses.length,
    // One may be a breath or a rest that was held a little longer.
    least: () => 2,
    direction: lowerIsBetter,
    sentence: (before, now, than) =>
      `${now < before ? "Fewer" : "More"} gaps in the sound ${than}: ${none(now)} instead of ${none(before)}.`,
  },
  {
    name: "unevenness_ms",
    unit: "ms",
    topic: "evenness",
    dimension: "rhythmic_precision",
    counts: false,
    isConditional: false,
    read: ({ notes }) => notes?.unevenness_ms ?? null,
    least: (before, now) => Math.max(6, 0.25 * Math.max(before, now)),
    direction: lowerIsBetter,
    sentence: (before, now, than) =>
      `Your running notes are ${now < before ? "steadier" : "less steady"} ${than}: ${whole(now)} ms off an even spacing instead of ${whole(before)}.`,
  },
  {
    name: "tempo_drift_percent",
    unit: "%",
    topic: "timing",
    dimension: "rhythmic_precision",
    counts: false,
    isConditional: false,
    read: ({ pulse }) => (pulse.drift_percent === null ? null : Math.abs(pulse.drift_percent)),
    least: () => 5,
    direction: lowerIsBetter,
    sentence: (before, now, than) =>
      `The tempo ${now < before ? "holds better" : "drifts more"} ${than}: ${figure(now)} % from the first third to the last instead of ${figure(before)}.`,
  },
  {
    name: "beat_deviation_percent",
    unit: "%",
    topic: "timing",
    dimension: "rhythmic_precision",
    counts: false,
    isConditional: false,
    read: ({ pulse }) => pulse.beat_deviation_percent,
    least: (before, now) => Math.max(2, 0.4 * Math.max(before, now)),
    // More freedom may be meant; a calmer pulse is rarely a loss.
    direction: (before, now) => (now < before ? "better" : "different"),
    sentence: (before, now, than) =>
      `The pulse is ${now < before ? "steadier" : "freer"} ${than}: beats vary by ${figure(now)} % instead of ${figure(before)}.`,
  },
  {
    name: "chord_spread_ms",
    unit: "ms",
    topic: "chords",
    dimension: "note_accuracy",
    counts: false,
    isConditional: false,
    read: ({ notes }) => notes?.chord_spread_ms ?? null,
    least: (before, now) => Math.max(6, 0.35 * Math.max(before, now)),
    direction: lowerIsBetter,
    sentence: (before, now, than) =>
      `Chords fall together ${now < before ? "better" : "less well"} ${than}: ${whole(now)} ms from first note to last instead of ${whole(before)}.`,
  },
  {
    name: "pedal_blur_share",
    unit: "share",
    topic: "pedal",
    dimension: "pedaling_technique",
    counts: false,
    isConditional: false,
    read: ({ notes }) => notes?.pedal_blur ?? null,
    least: () => 0.15,
    direction: lowerIsBetter,
    sentence: (before, now, than) =>
      `Harmonies are ${now < before ? "cleaner" : "more blurred"} ${than}: about ${percent(now)} of what clashes with what follows sounds on instead of ${percent(before)}.`,
  },
  {
    name: "melody_over_accompaniment_db",
    unit: "dB",
    topic: "balance",
    dimension: "dynamics_control",
    counts: false,
    isConditional: true,
    read: ({ notes }) => notes?.melody_over_accompaniment_db ?? null,
    least: () => 3,
    direction: (before, now) => {
      if (Math.min(before, now) >= LED_DB) return "different";
      return now > before ? "better" : "worse";
    },
    sentence: (before, now, than) =>
      `The top voice stands out ${now > before ? "more" : "less"} ${than}: ${figure(now)} dB over the rest instead of ${figure(before)}, ${IF_THE_SAME}.`,
  },
  {
    name: "dynamic_range_db",
    unit: "dB",
    topic: "dynamics",
    dimension: "dynamics_control",
    counts: false,
    isConditional: true,
    read: ({ dynamic_range_db }) => dynamic_range_db,
    least: () => 4,
    direction: (before, now) => {
      if (Math.min(before, now) >= FLAT_DB) return "different";
      return now > before ? "better" : "worse";
    },
    sentence: (before, now, than) =>
      `Soft and loud moments are ${now > before ? "further apart" : "closer together"} ${than}: ${figure(now)} dB instead of ${figure(before)}, ${IF_THE_SAME}.`,
  },
  {
    name: "duration_ratio",
    unit: "share",
    topic: "articulation",
    dimension: "articulation_quality",
    counts: false,
    isConditional: true,
    read: ({ notes }) => notes?.duration_ratio ?? null,
    least: () => 0.35,
    direction: () => "different",
    sentence: (before, now, than) =>
      `You play ${now > before ? "more joined" : "more detached"} ${than}: notes last ${percent(now)} of the time to the next instead of ${percent(before)}, ${IF_THE_SAME}.`,
  },
  {
    name: "tempo_bpm",
    unit: "BPM",
    topic: "timing",
    dimension: "rhythmic_precision",
    counts: false,
    isConditional: false,
    read: ({ pulse }) => pulse.tempo_bpm,
    // Beyond 1.6 it's rather another beat that was followed, half or double of the other.
    least: (before, now) =>
      Math.max(before, now) / Math.min(before, now) > 1.6 ? Number.POSITIVE_INFINITY : 0.05 * before,
    direction: () => "different",
    sentence: (before, now, than) =>
      `The tempo is ${now > before ? "faster" : "slower"} ${than}: a beat of about ${whole(now)} BPM instead of ${whole(before)}.`,
  },
];
