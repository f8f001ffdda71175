import type { Analysis, Section } from "@crescendai/contracts";
import { playedOf } from "./played.ts";
import type { Span } from "./statement.ts";

/** Seconds of silence from which one piece may have ended and another begun, with so many seconds played before and after it. */
const BETWEEN_PIECES_SECONDS = 2.5;
const PIECE_SECONDS = 30;

/**
 * Whether a silence is as long as between two pieces or movements, and stands where there may be two.
 *
 * @param played seconds at which the playing ends.
 */
export function isInterval({ start, end }: Span, played: number): boolean {
  return end - start >= BETWEEN_PIECES_SECONDS && start >= PIECE_SECONDS && played - end >= PIECE_SECONDS;
}

/** The silences as between two pieces, in order of time; none where a recording is of one piece. */
export function intervalsOf(analysis: Pick<Analysis, "measurements" | "analysed_duration">): Span[] {
  const { end } = playedOf(analysis);
  return analysis.measurements.pauses.filter((pause) => isInterval(pause, end));
}

/** The passages of the piece that a passage is of: those between the silences around it. */
export function passagesOfPiece(
  section: Section,
  analysis: Pick<Analysis, "measurements" | "analysed_duration" | "sections">,
): Section[] {
  const ends = intervalsOf(analysis).map(({ start, end }) => (start + end) / 2);
  const pieceOf = ({ start, end }: Span) => ends.filter((at) => at < (start + end) / 2).length;
  return analysis.sections.filter((other) => pieceOf(other) === pieceOf(section));
}
