import type { Analysis, PERCEPTUAL_SCALES } from "@crescendai/contracts";
import type { EarlierRecording } from "./history.ts";
import { COMMON_ERROR_SAME_MUSIC, PROBABLE, uncertaintyOfDifference } from "./uncertainty.ts";
import { listed } from "./wording.ts";

type Scale = (typeof PERCEPTUAL_SCALES)[number];

interface ScaleWords {
  readonly scale: Scale;
  /** Mean of the ratings in PercePiano (1,189 segments), from which a leaning is counted. */
  readonly usual: number;
  /** Towards 0 and towards 1, of playing; then compared with another take. */
  readonly low: string;
  readonly high: string;
  readonly less: string;
  readonly more: string;
}

/**
 * The scales that can be heard in a stranger's recording. Left out: brightness and optimism (the piece, not the
 * playing), loudness, energy and dynamic range (the recording's gain), touch, timing and pedal's clarity, which are
 * measured instead.
 */
const HEARD_SCALES: readonly ScaleWords[] = [
  {
    scale: "timbre_shallow_rich",
    usual: 0.59,
    low: "lean in tone",
    high: "full-toned",
    less: "leaner in tone",
    more: "fuller in tone",
  },
  {
    scale: "music_flat_spacious",
    usual: 0.56,
    low: "close-knit",
    high: "spacious",
    less: "less spacious",
    more: "more spacious",
  },
  {
    scale: "pedal_sparse_saturated",
    usual: 0.62,
    low: "sparingly pedalled",
    high: "generously pedalled",
    less: "more sparing with the pedal",
    more: "more generous with the pedal",
  },
  {
    scale: "articulation_short_long",
    usual: 0.55,
    low: "crisp in its articulation",
    high: "long-breathed in its articulation",
    less: "crisper",
    more: "longer-breathed",
  },
  {
    scale: "music_fast_slow_paced",
    usual: 0.52,
    low: "brisk",
    high: "unhurried",
    less: "brisker",
    more: "less hurried",
  },
  {
    scale: "music_disproportioned_balanced",
    usual: 0.6,
    low: "free in its proportions",
    high: "well balanced",
    less: "less balanced",
    more: "better balanced",
  },
  {
    scale: "timbre_even_colorful",
    usual: 0.53,
    low: "even in colour",
    high: "colourful",
    less: "more even in colour",
    more: "more colourful",
  },
  {
    scale: "music_pure_dramatic",
    usual: 0.58,
    low: "simple",
    high: "dramatic",
    less: "simpler",
    more: "more dramatic",
  },
  {
    scale: "mood_honest_imaginative",
    usual: 0.54,
    low: "straightforward",
    high: "imaginative",
    less: "more straightforward",
    more: "more imaginative",
  },
  {
    scale: "interpretation_doubtful_convincing",
    usual: 0.56,
    low: "searching",
    high: "convincing",
    less: "more searching",
    more: "more convincing",
  },
];

/** Most words of an impression: more would blur it. */
const MOST_WORDS = 3;

/**
 * What listeners would probably call the playing, as a sentence; null where no scale leans far enough from the usual
 * for that. Predictions are drawn towards the mean, so a leaning is judged against its own uncertainty.
 */
export function impressionOf({ perception, perception_uncertainty }: Analysis): string | null {
  if (perception === null || perception_uncertainty === null) return null;
  const words = HEARD_SCALES.map(({ scale, usual, low, high }) => {
    const leaning = perception[scale] - usual;
    return { word: leaning < 0 ? low : high, weight: relative(leaning, perception_uncertainty[scale]) };
  });
  const chosen = plainest(words);
  return chosen.length === 0 ? null : `Listeners would probably call it ${listed(chosen)}.`;
}

/** How the impression differs from that of an earlier take, as a sentence; null where it hardly does. */
export function impressionAgainst(earlier: EarlierRecording, day: string, analysis: Analysis): string | null {
  const { perception, perception_uncertainty } = analysis;
  const before = earlier.perception;
  const uncertaintyBefore = earlier.perception_uncertainty;
  if (perception === null || perception_uncertainty === null) return null;
  if (before === null || uncertaintyBefore === null) return null;
  const words = HEARD_SCALES.map(({ scale, less, more }) => {
    const difference = perception[scale] - before[scale];
    const uncertainty = uncertaintyOfDifference(
      perception_uncertainty[scale],
      uncertaintyBefore[scale],
      COMMON_ERROR_SAME_MUSIC,
    );
    return { word: difference < 0 ? less : more, weight: relative(difference, uncertainty) };
  });
  const chosen = plainest(words);
  return chosen.length === 0 ? null : `It probably sounds ${listed(chosen)} than ${day}.`;
}

function relative(difference: number, uncertainty: number): number {
  return uncertainty === 0 ? 0 : Math.abs(difference) / uncertainty;
}

function plainest(words: readonly { readonly word: string; readonly weight: number }[]): string[] {
  return words
    .filter(({ weight }) => weight >= PROBABLE)
    .toSorted((a, b) => b.weight - a.weight)
    .slice(0, MOST_WORDS)
    .map(({ word }) => word);
}
