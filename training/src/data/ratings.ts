import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { PERCEPTUAL_SCALES } from "@crescendai/contracts";

/** One rated performance of a passage. */
export interface RatedSegment {
  /** `<piece>_<bars>_<player>_<segment>`. */
  readonly segment: string;
  readonly player: string;
  /** Piece and place in it, whoever plays: segments of one passage are performances of the same bars. */
  readonly passage: string;
  /** Composition, or movement of one. */
  readonly work: string;
  /** Mean rating on each of the 19 scales, 0 to 1, in the order of `PERCEPTUAL_SCALES`. */
  readonly ratings: Float64Array;
}

/** Reads `ratings.csv` of the data folder. Throws on a file of another shape. */
export async function readRatings(folder: string): Promise<RatedSegment[]> {
  const text = await readFile(join(folder, "ratings.csv"), "utf8");
  const [head, ...lines] = text.trim().split(/\r?\n/u);
  const columns = head.split(",");
  const scales = PERCEPTUAL_SCALES.map((scale) => {
    const column = columns.indexOf(scale);
    if (column < 0) throw new Error(`ratings.csv has no column ${scale}`);
    return column;
  });
  return lines.map((line) => {
    const cells = line.split(",");
    const segment = cells[columns.indexOf("segment")];
    const parts = segment.split("_");
    const piece = parts.slice(0, -2).join("_");
    return {
      segment,
      player: cells[columns.indexOf("player")],
      passage: `${piece} ${parts.at(-1)}`,
      work: piece.replace(/_\d+bars$/u, "").replace(/^(Beethoven_WoO80)_.*/u, "$1"),
      ratings: Float64Array.from(scales, (column) => Number(cells[column])),
    };
  });
}
