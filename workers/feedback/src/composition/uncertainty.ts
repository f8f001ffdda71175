import type { DimensionReading } from "@crescendai/contracts";

/**
 * Share of the error that two readings of the same music by the same player have in common: the model misjudges a
 * piece, an instrument and a room in the same way both times. Of what the model leaves unexplained about half is the
 * passage rather than the playing (field measurements on the ratings: a predictor that knows only the passage's mean
 * already explains .27 of the variance, a human ceiling falls from .77 to .59 within a passage).
 */
export const COMMON_ERROR_SAME_MUSIC = 0.5;

/** Share of the error that scores of the same music have in common that rest on this: what is measured errs anew each time. */
export function commonErrorOf(basis: DimensionReading["basis"]): number {
  return basis === "rated" ? COMMON_ERROR_SAME_MUSIC : 0;
}

/**
 * Half-width of the 80 % interval of a difference of two readings, from theirs: √(a² + b² − 2ρab), the variance of a
 * difference of two errors with correlation ρ.
 */
export function uncertaintyOfDifference(a: number, b: number, correlation: number): number {
  return Math.sqrt(Math.max(0, a * a + b * b - 2 * correlation * a * b));
}

/**
 * Share of an 80 % interval's half-width beyond which a difference is called probable: three chances in four that it
 * lies on that side, were the error normal (Φ⁻¹(0.75) / Φ⁻¹(0.9) = 0.674 / 1.282).
 */
export const PROBABLE = 0.526;
