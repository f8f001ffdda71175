import type { BitReader } from "../bit-reader.ts";
import { readResidual } from "./residual.ts";

/** RFC 9639 section 9.2.6: the most coefficients of a linear predictor. */
const MAX_ORDER = 32;
/** Section 9.2.5: the fixed predictors' coefficients, by order; the first is for the sample just before. */
const FIXED_PREDICTORS = [[], [1], [2, -1], [3, -3, 1], [4, -6, 4, -1]];

/** Times full scale, at most: beyond lies only what a predictor comes to that runs away, as no encoder's does. */
const MOST = 16;

const coefficients = new Float64Array(MAX_ORDER);

/**
 * Reads one channel of a frame (RFC 9639 section 9.2) into the first `blockSize` of `samples`. All arithmetic is exact in
 * doubles: 33-bit samples times 15-bit coefficients, 32 of them, are below 2^53. False: these bits are no subframe.
 */
export function readSubframe(
  reader: BitReader,
  samples: Float64Array,
  blockSize: number,
  bitDepth: number,
): boolean {
  if (reader.read(1) !== 0) return false;
  const type = reader.read(6);
  const wasted = reader.readFlag() ? reader.readUnary() + 1 : 0;
  const depth = bitDepth - wasted;
  if (depth <= 0 || !readByType(reader, samples, blockSize, depth, type)) return false;
  if (wasted > 0) {
    const scale = 2 ** wasted;
    for (let at = 0; at < blockSize; at += 1) samples[at] *= scale;
  }
  return !reader.overrun;
}

function readByType(
  reader: BitReader,
  samples: Float64Array,
  blockSize: number,
  depth: number,
  type: number,
): boolean {
  if (type === 0) {
    samples.fill(reader.readSigned(depth), 0, blockSize);
    return true;
  }
  if (type === 1) {
    for (let at = 0; at < blockSize; at += 1) samples[at] = reader.readSigned(depth);
    return true;
  }
  if (type >= 8 && type <= 12) return readFixed(reader, samples, blockSize, depth, type - 8);
  return type >= 32 && readLinear(reader, samples, blockSize, depth, type - 31);
}

function readWarmUp(reader: BitReader, samples: Float64Array, order: number, depth: number): void {
  for (let at = 0; at < order; at += 1) samples[at] = reader.readSigned(depth);
}

function readFixed(
  reader: BitReader,
  samples: Float64Array,
  blockSize: number,
  depth: number,
  order: number,
): boolean {
  if (order > blockSize) return false;
  readWarmUp(reader, samples, order, depth);
  if (!readResidual(reader, samples, order, blockSize)) return false;
  coefficients.set(FIXED_PREDICTORS[order]);
  predict(samples, blockSize, order, 0);
  return staysWithin(samples, blockSize, MOST * 2 ** (depth - 1));
}

function readLinear(
  reader: BitReader,
  samples: Float64Array,
  blockSize: number,
  depth: number,
  order: number,
): boolean {
  if (order > blockSize) return false;
  readWarmUp(reader, samples, order, depth);
  const precision = reader.read(4) + 1;
  const shift = reader.readSigned(5);
  // 16 is the reserved precision; a negative shift is forbidden.
  if (precision === 16 || shift < 0) return false;
  for (let index = 0; index < order; index += 1) coefficients[index] = reader.readSigned(precision);
  if (!readResidual(reader, samples, order, blockSize)) return false;
  predict(samples, blockSize, order, shift);
  return staysWithin(samples, blockSize, MOST * 2 ** (depth - 1));
}

/** Adds to each residual what the `order` samples before it predict (sections 9.2.5 and 9.2.6). */
function predict(samples: Float64Array, blockSize: number, order: number, shift: number): void {
  const scale = 2 ** -shift;
  for (let index = 0; index < order; index += 1) coefficients[index] *= scale;
  coefficients.fill(0, order);
  if (order <= FEW) predictFromFew(samples, blockSize, order);
  else predictFromMany(samples, blockSize, order);
}

/** The highest order of all but the slowest settings of encoders: so many samples stay in the processor's registers. */
const FEW = 8;

/** With the terms written out, twice as fast as in a loop. */
function predictFromFew(samples: Float64Array, blockSize: number, order: number): void {
  const [c0, c1, c2, c3, c4, c5, c6, c7] = coefficients;
  // The newest sample first; 0 for those that there aren't, whose coefficients are 0.
  let [s0, s1, s2, s3, s4, s5, s6, s7] = Array.from({ length: FEW }, (_, lag) =>
    lag < order ? samples[order - 1 - lag] : 0,
  );
  for (let at = order; at < blockSize; at += 1) {
    // The newest comes last: the processor has to wait for it.
    const older = c7 * s7 + c6 * s6 + (c5 * s5 + c4 * s4) + (c3 * s3 + c2 * s2) + c1 * s1;
    s7 = s6;
    s6 = s5;
    s5 = s4;
    s4 = s3;
    s3 = s2;
    s2 = s1;
    s1 = s0;
    s0 = samples[at] + Math.floor(older + c0 * s0);
    samples[at] = s0;
  }
}

/** No sample is larger than `most`, or isn't a number. */
function staysWithin(samples: Float64Array, blockSize: number, most: number): boolean {
  for (let at = 0; at < blockSize; at += 1) if (!(Math.abs(samples[at]) <= most)) return false;
  return true;
}

function predictFromMany(samples: Float64Array, blockSize: number, order: number): void {
  for (let at = order; at < blockSize; at += 1) {
    let sum = 0;
    for (let index = 0, before = at - 1; index < order; index += 1, before -= 1) {
      sum += coefficients[index] * samples[before];
    }
    samples[at] += Math.floor(sum);
  }
}
