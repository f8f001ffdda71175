import type { Analysis } from "@crescendai/contracts";
import { playedSpan } from "@crescendai/performance-analysis";
import type { Span } from "./statement.ts";

/** A recording as far as its playing is looked for in it. */
interface Heard extends Pick<Analysis, "analysed_duration"> {
  readonly measurements: Pick<Analysis["measurements"], "leading_silence" | "trailing_silence">;
}

/** The stretch in which somebody plays, as the analysis judged it: without long silences before and after. */
export function playedOf({ analysed_duration, measurements }: Heard): Span {
  const { leading_silence: leading, trailing_silence: trailing } = measurements;
  return playedSpan({ leading, trailing }, analysed_duration);
}

/** Seconds of playing. */
export function playedSeconds(heard: Heard): number {
  const { start, end } = playedOf(heard);
  return end - start;
}
