import type { BitReader } from "../bit-reader.ts";
import { type Granule, SHORT_BLOCKS } from "./side-information.ts";

/** The most scale-factor bands of a granule: 13 short ones in three windows. */
const MAX_BANDS = 39;

/** Scale factors of one channel by band, in the order of its layout; the highest bands have none, and 0. */
export type ScaleFactors = {
  readonly values: Uint8Array;
  /** By band, the value that stands for "no intensity stereo here". */
  readonly illegal: Uint8Array;
};

export function newScaleFactors(): ScaleFactors {
  return { values: new Uint8Array(MAX_BANDS), illegal: new Uint8Array(MAX_BANDS).fill(7) };
}

/** ISO/IEC 11172-3 section 2.4.2.7: slen1 and slen2 by scalefac_compress. */
const LENGTHS = [
  [0, 0],
  [0, 1],
  [0, 2],
  [0, 3],
  [3, 0],
  [1, 1],
  [1, 2],
  [1, 3],
  [2, 1],
  [2, 2],
  [2, 3],
  [3, 1],
  [3, 2],
  [3, 3],
  [4, 2],
  [4, 3],
];
/** Bands that share a flag of `scfsi` (section 2.4.2.7). */
const SHARED_GROUPS = [0, 6, 11, 16, 21];
/** Bands with slen1, and with slen2, of long, short and mixed blocks. */
const LONG_COUNTS = [11, 10];
const SHORT_COUNTS = [18, 18];
const MIXED_COUNTS = [17, 18];

/** Reads those of MPEG 1 over those of the granule before, which go on where the granule says so. */
export function readScaleFactors(reader: BitReader, granule: Granule, factors: ScaleFactors): void {
  const lengths = LENGTHS[granule.scalefacCompress];
  const { values } = factors;
  if (granule.blockType === SHORT_BLOCKS) {
    const counts = granule.isMixed ? MIXED_COUNTS : SHORT_COUNTS;
    for (let band = 0; band < counts[0]; band += 1) values[band] = reader.read(lengths[0]);
    const end = counts[0] + counts[1];
    for (let band = counts[0]; band < end; band += 1) values[band] = reader.read(lengths[1]);
    values.fill(0, end);
    return;
  }
  for (let group = 0; group < 4; group += 1) {
    if (granule.shared[group]) continue;
    for (let band = SHARED_GROUPS[group]; band < SHARED_GROUPS[group + 1]; band += 1) {
      values[band] = reader.read(lengths[band < LONG_COUNTS[0] ? 0 : 1]);
    }
  }
  values.fill(0, SHARED_GROUPS[4]);
}

/** How MPEG 2 splits a value of scalefac_compress: four lengths, and the bands that have them. */
type Split = {
  readonly lengths: readonly number[];
  /** By length, bands of long, short and mixed blocks. */
  readonly counts: readonly (readonly number[])[];
  readonly preflag: boolean;
};

/** ISO/IEC 13818-3 section 2.4.3.2. `isIntensity`: of the right channel under intensity stereo. */
function split(compress: number, isIntensity: boolean): Split {
  if (isIntensity) {
    const half = compress >> 1;
    if (half < 180) {
      const lengths = [Math.floor(half / 36), Math.floor((half % 36) / 6), half % 6, 0];
      return {
        lengths,
        counts: [
          [7, 7, 7, 0],
          [12, 12, 12, 0],
          [6, 15, 12, 0],
        ],
        preflag: false,
      }; // prettier-ignore
    }
    if (half < 244) {
      const rest = half - 180;
      const lengths = [(rest >> 4) & 3, (rest >> 2) & 3, rest & 3, 0];
      return {
        lengths,
        counts: [
          [6, 6, 6, 3],
          [12, 9, 9, 6],
          [6, 12, 9, 6],
        ],
        preflag: false,
      }; // prettier-ignore
    }
    const lengths = [Math.floor((half - 244) / 3), (half - 244) % 3, 0, 0];
    return {
      lengths,
      counts: [
        [8, 8, 5, 0],
        [15, 12, 9, 0],
        [6, 18, 9, 0],
      ],
      preflag: false,
    }; // prettier-ignore
  }
  if (compress < 400) {
    const lengths = [Math.floor((compress >> 4) / 5), (compress >> 4) % 5, (compress >> 2) & 3, compress & 3];
    return {
      lengths,
      counts: [
        [6, 5, 5, 5],
        [9, 9, 9, 9],
        [6, 9, 9, 9],
      ],
      preflag: false,
    }; // prettier-ignore
  }
  if (compress < 500) {
    const rest = compress - 400;
    const lengths = [Math.floor((rest >> 2) / 5), (rest >> 2) % 5, rest & 3, 0];
    return {
      lengths,
      counts: [
        [6, 5, 7, 3],
        [9, 9, 12, 6],
        [6, 9, 12, 6],
      ],
      preflag: false,
    }; // prettier-ignore
  }
  const lengths = [Math.floor((compress - 500) / 3), (compress - 500) % 3, 0, 0];
  return {
    lengths,
    counts: [
      [11, 10, 0, 0],
      [18, 18, 0, 0],
      [15, 18, 0, 0],
    ],
    preflag: true,
  }; // prettier-ignore
}

/** Reads those of MPEG 2 and 2.5, which also tell the granule's preflag. */
export function readHalfRateScaleFactors(
  reader: BitReader,
  granule: Granule,
  factors: ScaleFactors,
  isIntensity: boolean,
): void {
  const { lengths, counts, preflag } = split(granule.scalefacCompress, isIntensity);
  const kind = granule.blockType !== SHORT_BLOCKS ? 0 : granule.isMixed ? 2 : 1;
  granule.preflag = preflag;
  let band = 0;
  for (let part = 0; part < 4; part += 1) {
    const length = lengths[part];
    for (let end = band + counts[kind][part]; band < end; band += 1) {
      factors.values[band] = reader.read(length);
      factors.illegal[band] = (1 << length) - 1;
    }
  }
  factors.values.fill(0, band);
  factors.illegal.fill(0, band);
}
