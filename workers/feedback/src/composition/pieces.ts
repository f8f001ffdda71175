import type { Analysis, Section } from "@crescendai/contracts";
import { playedOf } from "./played.ts";
import type { Span } from "./statement.ts";
import { leadsToRestart } from "./stumble.ts";

/**
 * Seconds of silence from which one piece may have ended and another begun. The longest within one piece among 122 recordings
 * was 2.4 s; who stops for longer goes unrecognised as such, and is asked (`findings/continuity.ts`).
 */
const BETWEEN_PIECES_SECONDS = 2.5;
/** Least seconds of a piece: eight bars of four crotchets at 64 BPM. Two long silences nearer than that are stops. */
const PIECE_SECONDS = 30;

/** What tells of several pieces in one recording. */
type Heard = Pick<Analysis, "measurements" | "analysed_duration">;

/**
 * The silences as between two pieces or movements, each with room for a piece on both sides, up to the next long silence or an
 * end of the playing; none after which what had been played is begun again. None where a recording is of one piece.
 */
export function intervalsOf(analysis: Heard): Span[] {
  const played = playedOf(analysis);
  const { pauses, notes } = analysis.measurements;
  const long = pauses.filter(({ start, end }) => end - start >= BETWEEN_PIECES_SECONDS);
  return long.filter(
    (pause) =>
      pause.start - played.start >= PIECE_SECONDS &&
      played.end - pause.end >= PIECE_SECONDS &&
      !leadsToRestart(pause, notes?.restarts ?? []) &&
      long.every(
        (other) =>
          other === pause ||
          pause.start - other.end >= PIECE_SECONDS ||
          other.start - pause.end >= PIECE_SECONDS,
      ),
  );
}

/** What an average is taken of: the take, or one piece of it where there may be several. */
export function takeOrPiece(analysis: Heard): "take" | "piece" {
  return intervalsOf(analysis).length === 0 ? "take" : "piece";
}

/** The passages of the piece that a passage is of: those between the silences around it. */
export function passagesOfPiece(section: Section, analysis: Heard & Pick<Analysis, "sections">): Section[] {
  const ends = intervalsOf(analysis).map(({ start, end }) => (start + end) / 2);
  const pieceOf = ({ start, end }: Span) => ends.filter((at) => at < (start + end) / 2).length;
  return analysis.sections.filter((other) => pieceOf(other) === pieceOf(section));
}
