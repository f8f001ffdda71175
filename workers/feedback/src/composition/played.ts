import type { Analysis } from "@crescendai/contracts";
import { playedSpan } from "@crescendai/performance-analysis";
import type { Span } from "./statement.ts";

/** The stretch in which somebody plays, as the analysis judged it: without long silences before and after. */
export function playedOf({ analysed_duration, measurements }: Analysis): Span {
  const { leading_silence: leading, trailing_silence: trailing } = measurements;
  return playedSpan({ leading, trailing }, analysed_duration);
}
