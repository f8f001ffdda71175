import type { Measurements } from "@crescendai/contracts";
import { FRAME_RATE } from "../signal/frames.ts";
import { type Levels, NOISE_STRETCH, type Span } from "./levels.ts";
import type { Onset } from "./onsets.ts";

/** Least length of a pause in seconds: shorter silences are articulation and quick rests. */
const LEAST_PAUSE = 0.5;
/** Silences nearer than this, in seconds, with no onset between them are one: a click in the room doesn't end a pause. */
const LARGEST_BLIP = 0.08;

export type Silences = {
  /** Silences between sounds, at least 0.5 s long. */
  readonly pauses: readonly Span[];
  /** Seconds of silence before the first and after the last sound; both the whole length when nothing sounds. */
  readonly leading: number;
  readonly trailing: number;
};

/**
 * Whether the recording's noise can be told: playing without a pause, or with less silence before it than `NOISE_STRETCH`, has
 * no quiet moment, as its softest third of a second is music.
 */
export function hasQuietMoment({
  pauses,
  leading_silence: leading,
}: Pick<Measurements, "pauses" | "leading_silence">): boolean {
  return pauses.length > 0 || leading >= NOISE_STRETCH;
}

/**
 * Finds where nothing sounds. A held note that decays isn't a pause until it has sunk into the noise, or 45 dB below
 * the loud parts; a stretch in which notes begin isn't one either.
 */
export function findPauses(levels: Levels, onsets: readonly Onset[]): Silences {
  const length = levels.level.length / FRAME_RATE;
  const silences = join(levels.silences, onsets);
  const first = silences.at(0);
  const last = silences.at(-1);
  return {
    pauses: silences.filter(
      ({ start, end }) =>
        start > 0 && end < length && end - start >= LEAST_PAUSE && !containsOnset(start, end, onsets),
    ),
    leading: first !== undefined && first.start === 0 ? first.end : 0,
    trailing: last !== undefined && last.end >= length ? last.end - last.start : 0,
  };
}

function join(silences: readonly Span[], onsets: readonly Onset[]): Span[] {
  const joined: Span[] = [];
  for (const silence of silences) {
    const previous = joined.at(-1);
    const near = previous !== undefined && silence.start - previous.end <= LARGEST_BLIP;
    if (near && !onsets.some(({ time }) => time > previous.end - 0.05 && time < silence.start + 0.05)) {
      joined[joined.length - 1] = { start: previous.start, end: silence.end };
    } else {
      joined.push(silence);
    }
  }
  return joined;
}

/** Whether a note begins well inside; one at the very edge is what ended the silence. */
function containsOnset(start: number, end: number, onsets: readonly Onset[]): boolean {
  return onsets.some(({ time }) => time > start + 0.1 && time < end - 0.1);
}
