import type { Span } from "./levels.ts";

/** Seconds of silence before or after the playing from which it is no part of what is judged: shorter is breath and resonance. */
const LEAST_EDGE = 2;
/** Seconds of it that stay, so that the first note begins and the last one dies away inside. */
const MARGIN = 0.2;

/**
 * The stretch of a recording in which somebody plays, in the recording's own seconds: all of it, without long silences at its
 * beginning and its end, nor what is said there.
 *
 * @param silences seconds of silence before the first and after the last sound, speech counting as silence.
 * @param seconds length of the recording.
 * @param spoken where somebody speaks, in seconds.
 */
export function playedSpan(
  silences: { readonly leading: number; readonly trailing: number },
  seconds: number,
  spoken: readonly Span[] = [],
): Span {
  const { leading, trailing } = silences;
  const isAnnounced = spoken.some(({ start }) => start < leading);
  const isCommented = spoken.some(({ end }) => end > seconds - trailing);
  const start = leading > LEAST_EDGE || isAnnounced ? Math.max(0, leading - MARGIN) : 0;
  const end = trailing > LEAST_EDGE || isCommented ? Math.min(seconds, seconds - trailing + MARGIN) : seconds;
  return end > start ? { start, end } : { start: 0, end: seconds };
}

/** The silences around what is played; none where it fills the recording. */
export function silencesAround({ start, end }: Span, seconds: number): Span[] {
  return [
    { start: 0, end: start },
    { start: end, end: seconds },
  ].filter((edge) => edge.end > edge.start);
}
