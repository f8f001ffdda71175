import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { RatedSegment } from "../data/ratings.ts";
import type { Render } from "../data/renders.ts";
import { gramMatrix } from "../model/gram-matrix.ts";
import { readPerformance } from "../render/performance.ts";
import { KNOWN_CLEAN_COPY } from "../render/schedule.ts";
import type { FeatureTable } from "./load-features.ts";
import { playedFeatures } from "./played-features.ts";

/** γ of the teacher's Laplacian kernels: what targets take of the teacher was chosen with it. */
const GAMMA = 0.7;

/**
 * How alike segments are by what was played and by the clean render of the known piano: half and half. Listeners' ratings and
 * other renders aren't looked at.
 *
 * @param renders of the rows of `table`.
 * @param midi folder of the performances, `<segment>.mid`.
 * @returns of each segment at each segment, row by row. Throws if a segment has no clean render.
 */
export async function teacherKernel(
  segments: readonly RatedSegment[],
  renders: readonly Render[],
  table: FeatureTable,
  midi: string,
): Promise<Float64Array> {
  const clean = new Map(
    renders.flatMap(({ segment, copy }, index) =>
      copy === KNOWN_CLEAN_COPY ? [[segment, table.rows[index]] as const] : [],
    ),
  );
  const heard = segments.map(({ segment }) => {
    const row = clean.get(segment);
    if (row === undefined) throw new Error(`the clean copy of ${segment} is missing`);
    return row;
  });
  const played = await Promise.all(
    segments.map(async ({ segment }) =>
      playedFeatures(readPerformance(await readFile(join(midi, `${segment}.mid`)))),
    ),
  );
  const ofPlayed = gramMatrix(played, GAMMA);
  return gramMatrix(heard, GAMMA).map((value, index) => (value + ofPlayed[index]) / 2);
}
