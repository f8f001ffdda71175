import { type BandLayout, LINES, LONG_WINDOW } from "./bands.ts";
import { SHORT_BLOCKS, START_BLOCK, STOP_BLOCK } from "./side-information.ts";

/** Sub-bands, and lines of each (ISO/IEC 11172-3 section 2.4.3.4). */
const SUBBANDS = 32;
const LINES_PER_SUBBAND = 18;
/** Section 2.4.3.4.10.1, table B.9: the coefficients c of the butterflies against aliasing. */
const ALIAS_COEFFICIENTS = [-0.6, -0.535, -0.33, -0.185, -0.095, -0.041, -0.0142, -0.0037];
const ALIAS_CS = ALIAS_COEFFICIENTS.map((c) => 1 / Math.sqrt(1 + c * c));
const ALIAS_CA = ALIAS_COEFFICIENTS.map((c) => c / Math.sqrt(1 + c * c));

/** cos(π (2n + 1) (2k + 1) / (4 size)): a DCT-IV of this size, row n. */
function cosines(size: number): Float64Array {
  return Float64Array.from({ length: size * size }, (_, index) => {
    const n = Math.floor(index / size);
    const k = index % size;
    return Math.cos((Math.PI * (2 * n + 1) * (2 * k + 1)) / (4 * size));
  });
}

const COSINES_18 = cosines(18);
const COSINES_6 = cosines(6);

/** Section 2.4.3.4.10.3: the windows of 36 by block type. */
const WINDOWS = [0, START_BLOCK, SHORT_BLOCKS, STOP_BLOCK].map((type) =>
  Float64Array.from({ length: 36 }, (_, index) => {
    const long = Math.sin((Math.PI / 36) * (index + 0.5));
    const mirrored = type === STOP_BLOCK ? 35 - index : index;
    if (type === 0 || type === SHORT_BLOCKS || mirrored < 18) return long;
    if (mirrored < 24) return 1;
    return mirrored < 30 ? Math.sin((Math.PI / 12) * (mirrored - 18 + 0.5)) : 0;
  }),
);
const SHORT_WINDOW = Float64Array.from({ length: 12 }, (_, index) =>
  Math.sin((Math.PI / 12) * (index + 0.5)),
);

const reordered = new Float32Array(LINES);
const transformed = new Float64Array(LINES_PER_SUBBAND);
const block = new Float64Array(2 * LINES_PER_SUBBAND);

/** The hybrid filter bank of one channel, which keeps half a block of each sub-band for the next granule. */
export type HybridFilter = {
  /**
   * Turns a granule's lines (which it changes) into sub-band samples, by time and sub-band: `samples[32 t + b]`. `count`:
   * lines up to the last that isn't 0.
   */
  run(lines: Float32Array, count: number, layout: BandLayout, blockType: number, samples: Float64Array): void;
};

export function createHybridFilter(): HybridFilter {
  const overlap = new Float64Array(LINES);
  return {
    run(lines, count, layout, blockType, samples) {
      const { longLines } = layout;
      let end = count;
      if (longLines < LINES) {
        reorder(lines, layout);
        // Reordering moves lines within their band, so the last one may have moved up.
        end = LINES;
      }
      end = reduceAlias(lines, end, longLines);
      const longSubbands = longLines / LINES_PER_SUBBAND;
      for (let subband = 0; subband < SUBBANDS; subband += 1) {
        const first = subband * LINES_PER_SUBBAND;
        if (first >= end) block.fill(0);
        else if (subband < longSubbands) {
          // The long blocks below short ones have the normal window.
          transformLong(lines, first, WINDOWS[longLines < LINES ? 0 : blockType]);
        } else transformShort(lines, first);
        for (let time = 0; time < LINES_PER_SUBBAND; time += 1) {
          const sample = block[time] + overlap[first + time];
          overlap[first + time] = block[time + LINES_PER_SUBBAND];
          // Section 2.4.3.4.10.5: every odd sample of every odd sub-band is inverted.
          samples[time * SUBBANDS + subband] = time & subband & 1 ? -sample : sample;
        }
      }
    },
  };
}

/** Section 2.4.3.4.8: brings short lines, coded window by window in each band, into the order of frequency. */
function reorder(lines: Float32Array, layout: BandLayout): void {
  let line = 0;
  for (let band = 0; band < layout.widths.length; band += 1) {
    const width = layout.widths[band];
    const window = layout.windows[band];
    if (window === LONG_WINDOW) {
      line += width;
      continue;
    }
    const start = line - window * width;
    for (let index = 0; index < width; index += 1) {
      reordered[start + 3 * index + window] = lines[line + index];
    }
    line += width;
  }
  lines.set(reordered.subarray(layout.longLines), layout.longLines);
}

/** Section 2.4.3.4.10.1, between the sub-bands of long blocks. Answers where the lines that aren't 0 end now. */
function reduceAlias(lines: Float32Array, count: number, longLines: number): number {
  const last = Math.min(longLines, Math.ceil(count / LINES_PER_SUBBAND + 1) * LINES_PER_SUBBAND);
  for (let border = LINES_PER_SUBBAND; border < last; border += LINES_PER_SUBBAND) {
    for (let index = 0; index < 8; index += 1) {
      const below = lines[border - 1 - index];
      const above = lines[border + index];
      lines[border - 1 - index] = below * ALIAS_CS[index] - above * ALIAS_CA[index];
      lines[border + index] = above * ALIAS_CS[index] + below * ALIAS_CA[index];
    }
  }
  return Math.max(count, Math.min(last, LINES));
}

/** Section 2.4.3.4.10.2: 18 lines to 36 windowed samples in `block`, by a DCT-IV and its symmetries. */
function transformLong(lines: Float32Array, first: number, window: Float64Array): void {
  // Three sums side by side: the processor goes on with the others while it waits for one.
  for (let n = 0; n < 18; n += 3) {
    const row0 = n * 18;
    const row1 = row0 + 18;
    const row2 = row1 + 18;
    let sum0 = 0;
    let sum1 = 0;
    let sum2 = 0;
    for (let k = 0; k < 18; k += 2) {
      const even = lines[first + k];
      const odd = lines[first + k + 1];
      sum0 += even * COSINES_18[row0 + k] + odd * COSINES_18[row0 + k + 1];
      sum1 += even * COSINES_18[row1 + k] + odd * COSINES_18[row1 + k + 1];
      sum2 += even * COSINES_18[row2 + k] + odd * COSINES_18[row2 + k + 1];
    }
    transformed[n] = sum0;
    transformed[n + 1] = sum1;
    transformed[n + 2] = sum2;
  }
  for (let n = 0; n < 9; n += 1) {
    block[n] = transformed[n + 9] * window[n];
    block[n + 27] = -transformed[n] * window[n + 27];
  }
  for (let n = 9; n < 27; n += 1) block[n] = -transformed[26 - n] * window[n];
}

/** The same for three short blocks of 6 lines, at 6, 12 and 18 samples from the block's start. */
function transformShort(lines: Float32Array, first: number): void {
  block.fill(0);
  for (let window = 0; window < 3; window += 1) {
    for (let n = 0, row = 0; n < 6; n += 1, row += 6) {
      let sum = 0;
      for (let k = 0; k < 6; k += 1) sum += lines[first + 3 * k + window] * COSINES_6[row + k];
      transformed[n] = sum;
    }
    const start = 6 + 6 * window;
    for (let n = 0; n < 3; n += 1) {
      block[start + n] += transformed[n + 3] * SHORT_WINDOW[n];
      block[start + n + 9] -= transformed[n] * SHORT_WINDOW[n + 9];
    }
    for (let n = 3; n < 9; n += 1) block[start + n] -= transformed[8 - n] * SHORT_WINDOW[n];
  }
}
