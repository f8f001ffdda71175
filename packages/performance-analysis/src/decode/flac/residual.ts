import type { BitReader } from "../bit-reader.ts";

/** Rice parameters that mean "unencoded, in as many bits as follow", by coding method (RFC 9639 section 9.2.7). */
const ESCAPE = [15, 31];
/** Bits of a Rice parameter by coding method. */
const PARAMETER_BITS = [4, 5];

/**
 * Reads the coded residual of a subframe (RFC 9639 section 9.2.7) into `samples`, from `order` to `blockSize`. False:
 * these bits are no residual.
 */
export function readResidual(
  reader: BitReader,
  samples: Float64Array,
  order: number,
  blockSize: number,
): boolean {
  const method = reader.read(2);
  if (method > 1) return false;
  const partitionOrder = reader.read(4);
  const partitionLength = blockSize >> partitionOrder;
  if (partitionLength << partitionOrder !== blockSize || partitionLength < order) return false;
  let at = order;
  for (let end = partitionLength; end <= blockSize; end += partitionLength) {
    const parameter = reader.read(PARAMETER_BITS[method]);
    if (parameter === ESCAPE[method]) {
      const bits = reader.read(5);
      for (; at < end; at += 1) samples[at] = bits === 0 ? 0 : reader.readSigned(bits);
    } else {
      readRice(reader, samples, at, end, parameter);
      at = end;
    }
    if (reader.overrun) return false;
  }
  return true;
}

/** Section 9.2.7.1: the quotient in unary, the remainder in `parameter` bits, the sign in the last bit. */
function readRice(
  reader: BitReader,
  samples: Float64Array,
  from: number,
  to: number,
  parameter: number,
): void {
  let { position } = reader;
  for (let at = from; at < to; at += 1) {
    const bits = reader.bitsAt(position);
    const zeros = Math.clz32(bits) - 7;
    const length = zeros + 1 + parameter;
    if (length <= 25) {
      // Nearly all: the whole code is in sight.
      const remainder = (bits >>> (25 - length)) & ((1 << parameter) - 1);
      const folded = (zeros << parameter) | remainder;
      position += length;
      samples[at] = (folded >>> 1) ^ -(folded & 1);
    } else {
      reader.position = position;
      const folded = reader.readUnary() * 2 ** parameter + reader.readLong(parameter);
      samples[at] = folded % 2 === 0 ? folded / 2 : -(folded + 1) / 2;
      if (reader.overrun) return;
      position = reader.position;
    }
  }
  reader.position = position;
}
