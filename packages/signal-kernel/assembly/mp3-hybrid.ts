/** MP3's hybrid filter bank, from lines to sub-band samples: ISO/IEC 11172-3 section 2.4.3.4.10. */

import { overlapOf, SUBBANDS, subbands, TIMES } from "./mp3-state";

/** Lines of a granule, and of a sub-band. */
const LINES: i32 = 576;
const LINES_PER_SUBBAND: i32 = 18;
/** Samples of a block: those of a granule, and half a block that overlaps the next one. */
const BLOCK: i32 = 36;
/** Block types (section 2.4.2.7). */
const START_BLOCK: i32 = 1;
const STOP_BLOCK: i32 = 3;
/** Butterflies against aliasing at each border (section 2.4.3.4.10.1). */
const BUTTERFLIES: i32 = 8;

const lines: usize = memory.data(576 * 4, 16);
/** cos(π (2n + 1) (2k + 1) / 72), a DCT-IV of 18: all n for each k. And the same of 6, over 24: all k for each n. */
const longCosines: usize = memory.data(18 * 18 * 8, 16);
const shortCosines: usize = memory.data(6 * 6 * 8, 16);
/** Windows of 36 by block type; short blocks have one of 12. */
const windows: usize = memory.data(4 * 36 * 8, 16);
const shortWindow: usize = memory.data(12 * 8, 16);
/** The butterflies' factors: cs, ca. */
const aliasFactors: usize = memory.data(8 * 16, 16);
const transformed: usize = memory.data(18 * 8, 16);
const block: usize = memory.data(36 * 8, 16);

/** Section 2.4.3.4.10.1, table B.9: the coefficients c of the butterflies. */
function aliasCoefficient(index: i32): f64 {
  switch (index) {
    case 0:
      return -0.6;
    case 1:
      return -0.535;
    case 2:
      return -0.33;
    case 3:
      return -0.185;
    case 4:
      return -0.095;
    case 5:
      return -0.041;
    case 6:
      return -0.0142;
    default:
      return -0.0037;
  }
}

/** Section 2.4.3.4.10.3: the windows by block type. */
function windowAt(type: i32, index: i32): f64 {
  const mirrored = type === STOP_BLOCK ? BLOCK - 1 - index : index;
  if ((type !== START_BLOCK && type !== STOP_BLOCK) || mirrored < 18) {
    return Math.sin((Math.PI / 36) * (<f64>index + 0.5));
  }
  if (mirrored < 24) return 1;
  return mirrored < 30 ? Math.sin((Math.PI / 12) * (<f64>(mirrored - 18) + 0.5)) : 0;
}

/** Fills the tables. */
export function prepareHybrid(): void {
  for (let k = 0; k < 18; k += 1) {
    for (let n = 0; n < 18; n += 1) {
      const angle: f64 = (Math.PI * ((2 * n + 1) * (2 * k + 1))) / 72;
      store<f64>(longCosines + (k * 18 + n) * 8, Math.cos(angle));
    }
  }
  for (let n = 0; n < 6; n += 1) {
    for (let k = 0; k < 6; k += 1) {
      const angle: f64 = (Math.PI * ((2 * n + 1) * (2 * k + 1))) / 24;
      store<f64>(shortCosines + (n * 6 + k) * 8, Math.cos(angle));
    }
  }
  for (let type = 0; type < 4; type += 1) {
    for (let index = 0; index < BLOCK; index += 1) {
      store<f64>(windows + (type * BLOCK + index) * 8, windowAt(type, index));
    }
  }
  for (let index = 0; index < 12; index += 1) {
    store<f64>(shortWindow + index * 8, Math.sin((Math.PI / 12) * (<f64>index + 0.5)));
  }
  for (let index = 0; index < BUTTERFLIES; index += 1) {
    const c = aliasCoefficient(index);
    store<f64>(aliasFactors + index * 16, 1 / Math.sqrt(1 + c * c));
    store<f64>(aliasFactors + index * 16, c / Math.sqrt(1 + c * c), 8);
  }
}

/** Section 2.4.3.4.10.1, between the sub-bands of long blocks. Answers where the lines that aren't 0 end now. */
function reduceAlias(count: i32, longLines: i32): i32 {
  const reached = (count + LINES_PER_SUBBAND - 1) / LINES_PER_SUBBAND + 1;
  const last = min(longLines, reached * LINES_PER_SUBBAND);
  for (let border = LINES_PER_SUBBAND; border < last; border += LINES_PER_SUBBAND) {
    for (let index = 0; index < BUTTERFLIES; index += 1) {
      const lower = lines + (border - 1 - index) * 4;
      const upper = lines + (border + index) * 4;
      const below: f64 = load<f32>(lower);
      const above: f64 = load<f32>(upper);
      const cs = load<f64>(aliasFactors + index * 16);
      const ca = load<f64>(aliasFactors + index * 16, 8);
      store<f32>(lower, <f32>(below * cs - above * ca));
      store<f32>(upper, <f32>(above * cs + below * ca));
    }
  }
  return max(count, min(last, LINES));
}

/** Two lines' shares in two values of the DCT-IV, added to `sum`. */
function addPair(sum: v128, even: v128, odd: v128, cosines: usize): v128 {
  const both = f64x2.add(f64x2.mul(even, v128.load(cosines)), f64x2.mul(odd, v128.load(cosines, 18 * 8)));
  return f64x2.add(sum, both);
}

/** Section 2.4.3.4.10.2: 18 lines to 36 windowed samples in `block`, by a DCT-IV and its symmetries. */
function transformLong(from: usize, window: usize): void {
  const zero = f64x2.splat(0);
  let sum0 = zero;
  let sum1 = zero;
  let sum2 = zero;
  let sum3 = zero;
  let sum4 = zero;
  let sum5 = zero;
  let sum6 = zero;
  let sum7 = zero;
  let sum8 = zero;
  let cosines = longCosines;
  for (let k = 0; k < 18; k += 2) {
    const even = f64x2.splat(load<f32>(from + k * 4));
    const odd = f64x2.splat(load<f32>(from + k * 4, 4));
    sum0 = addPair(sum0, even, odd, cosines);
    sum1 = addPair(sum1, even, odd, cosines + 16);
    sum2 = addPair(sum2, even, odd, cosines + 32);
    sum3 = addPair(sum3, even, odd, cosines + 48);
    sum4 = addPair(sum4, even, odd, cosines + 64);
    sum5 = addPair(sum5, even, odd, cosines + 80);
    sum6 = addPair(sum6, even, odd, cosines + 96);
    sum7 = addPair(sum7, even, odd, cosines + 112);
    sum8 = addPair(sum8, even, odd, cosines + 128);
    cosines += 2 * 18 * 8;
  }
  v128.store(transformed, sum0);
  v128.store(transformed, sum1, 16);
  v128.store(transformed, sum2, 32);
  v128.store(transformed, sum3, 48);
  v128.store(transformed, sum4, 64);
  v128.store(transformed, sum5, 80);
  v128.store(transformed, sum6, 96);
  v128.store(transformed, sum7, 112);
  v128.store(transformed, sum8, 128);
  for (let n = 0; n < 9; n += 1) {
    const at = n * 8;
    store<f64>(block + at, load<f64>(transformed + at, 72) * load<f64>(window + at));
    store<f64>(block + at, -load<f64>(transformed + at) * load<f64>(window + at, 216), 216);
  }
  for (let n = 9; n < 27; n += 1) {
    store<f64>(block + n * 8, -load<f64>(transformed + (26 - n) * 8) * load<f64>(window + n * 8));
  }
}

/** The same for three short blocks of 6 lines, at 6, 12 and 18 samples from the block's start. */
function transformShort(from: usize): void {
  memory.fill(block, 0, BLOCK * 8);
  for (let window = 0; window < 3; window += 1) {
    for (let n = 0; n < 6; n += 1) {
      let sum: f64 = 0;
      for (let k = 0; k < 6; k += 1) {
        sum += <f64>load<f32>(from + (3 * k + window) * 4) * load<f64>(shortCosines + (n * 6 + k) * 8);
      }
      store<f64>(transformed + n * 8, sum);
    }
    const start = block + (6 + 6 * window) * 8;
    for (let n = 0; n < 3; n += 1) {
      const at = n * 8;
      addTo(start + at, load<f64>(transformed + at, 24) * load<f64>(shortWindow + at));
      addTo(start + at + 72, -load<f64>(transformed + at) * load<f64>(shortWindow + at, 72));
    }
    for (let n = 3; n < 9; n += 1) {
      addTo(start + n * 8, -load<f64>(transformed + (8 - n) * 8) * load<f64>(shortWindow + n * 8));
    }
  }
}

function addTo(at: usize, value: f64): void {
  store<f64>(at, load<f64>(at) + value);
}

/** Puts a sub-band's samples down and keeps the half of the block that overlaps the next one. */
function overlap(channel: i32, subband: i32): void {
  const kept = overlapOf(channel) + subband * TIMES * 8;
  const to = subbands + subband * TIMES * 8;
  // Section 2.4.3.4.10.5: every odd sample of every odd sub-band is inverted.
  const inverted = (subband & 1) === 1 ? f64x2(0, -0.0) : f64x2.splat(0);
  for (let at = 0; at < TIMES * 8; at += 16) {
    const sum = f64x2.add(v128.load(block + at), v128.load(kept + at));
    v128.store(to + at, v128.xor(sum, inverted));
    v128.store(kept + at, v128.load(block + at, TIMES * 8));
  }
}

/**
 * Turns a channel's lines of one granule, at linesPointer() and in the order of frequency, into sub-band samples at
 * subbandsPointer(). The lines are overwritten.
 *
 * @param count lines up to the last that isn't 0.
 * @param longLines lines of long blocks; those above are of short ones.
 */
export function runHybrid(channel: i32, count: i32, longLines: i32, blockType: i32): void {
  const end = reduceAlias(count, longLines);
  // The long blocks below short ones have the normal window.
  const window = windows + (longLines < LINES ? 0 : blockType) * BLOCK * 8;
  for (let subband = 0; subband < SUBBANDS; subband += 1) {
    const first = subband * LINES_PER_SUBBAND;
    if (first >= end) memory.fill(block, 0, BLOCK * 8);
    else if (first < longLines) transformLong(lines + first * 4, window);
    else transformShort(lines + first * 4);
    overlap(channel, subband);
  }
}

/** 576 floats. */
export function linesPointer(): usize {
  return lines;
}
