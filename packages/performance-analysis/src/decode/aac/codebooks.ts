import type { BitReader } from "../bit-reader.ts";
import {
  bitsBehind,
  buildPrefixCode,
  lengthOf,
  lookUp,
  type PrefixCode,
  readSymbol,
  signBits,
  symbolOf,
  withSign,
} from "../prefix-code.ts";
import { type Codebook, SCALE_FACTOR_CODEBOOK, SPECTRUM_CODEBOOKS } from "./codebook-tables.ts";

/** Codebook numbers with a meaning of their own (ISO/IEC 14496-3 section 4.6.3.2). */
export const ZERO_BAND = 0;
export const ESCAPE_CODEBOOK = 11;
export const NOISE = 13;
export const INTENSITY_OPPOSITE = 14;
export const INTENSITY = 15;

/** Table 4.151: by codebook, values a codeword, the largest value, and whether its sign is in the codeword. */
const PROPERTIES = [
  { dimension: 4, largest: 0, isSigned: true },
  { dimension: 4, largest: 1, isSigned: true },
  { dimension: 4, largest: 1, isSigned: true },
  { dimension: 4, largest: 2, isSigned: false },
  { dimension: 4, largest: 2, isSigned: false },
  { dimension: 2, largest: 4, isSigned: true },
  { dimension: 2, largest: 4, isSigned: true },
  { dimension: 2, largest: 7, isSigned: false },
  { dimension: 2, largest: 7, isSigned: false },
  { dimension: 2, largest: 12, isSigned: false },
  { dimension: 2, largest: 12, isSigned: false },
  { dimension: 2, largest: 16, isSigned: false },
];

/** Stands, in codebook 11, for a value that follows. */
const ESCAPE = 16;
/** Ones before an escaped value's zero, at most: values have 13 bits (section 4.6.3.3). */
const MAX_ESCAPE_PREFIX = 8;
/** Difference of scale factors that the index 0 stands for (section 4.6.2.3.2). */
const FACTOR_OFFSET = 60;

const CODES = SPECTRUM_CODEBOOKS.map(build);
const FACTOR_CODE = build(SCALE_FACTOR_CODEBOOK);
/** By codebook and index, the values of one codeword, one after the other (section 4.6.3.3). */
const VALUES = PROPERTIES.map(({ dimension, largest, isSigned }) => {
  const base = isSigned ? 2 * largest + 1 : largest + 1;
  return Int8Array.from({ length: base ** dimension * dimension }, (_, at) => {
    const index = Math.floor(at / dimension);
    const place = dimension - 1 - (at % dimension);
    return (Math.floor(index / base ** place) % base) - (isSigned ? largest : 0);
  });
});

function build({ counts, indices }: Codebook): PrefixCode {
  const lengths = counts.flatMap((count, index) => new Array<number>(count).fill(index + 1));
  return buildPrefixCode(lengths, indices);
}

/** Reads the difference to the scale factor before: -60 … 60. */
export function readFactorDifference(reader: BitReader): number {
  return readSymbol(FACTOR_CODE, reader) - FACTOR_OFFSET;
}

/**
 * Reads the quantised lines from `from` to before `to` with a codebook of 1 … 11. False: an escaped value has more bits
 * than there are.
 */
export function readBand(
  reader: BitReader,
  codebook: number,
  lines: Int32Array,
  from: number,
  to: number,
): boolean {
  const code = CODES[codebook];
  const values = VALUES[codebook];
  const { dimension, isSigned } = PROPERTIES[codebook];
  let { position } = reader;
  for (let line = from; line < to; line += dimension) {
    const bits = reader.bitsAt(position);
    const entry = lookUp(code, bits);
    const at = symbolOf(entry) * dimension;
    position += lengthOf(entry);
    if (isSigned) {
      for (let index = 0; index < dimension; index += 1) lines[line + index] = values[at + index];
      continue;
    }
    let signs = bitsBehind(entry, bits);
    for (let index = 0; index < dimension; index += 1) {
      const value = values[at + index];
      lines[line + index] = withSign(value, signs);
      signs <<= signBits(value);
      position += signBits(value);
    }
    if (codebook === ESCAPE_CODEBOOK && (values[at] === ESCAPE || values[at + 1] === ESCAPE)) {
      reader.position = position;
      if (!readEscape(reader, lines, line) || !readEscape(reader, lines, line + 1)) return false;
      position = reader.position;
    }
  }
  reader.position = position;
  return true;
}

/** Section 4.6.3.3: N ones, a zero, and N + 4 bits below a leading one. */
function readEscape(reader: BitReader, lines: Int32Array, line: number): boolean {
  const value = lines[line];
  if (value !== ESCAPE && value !== -ESCAPE) return true;
  let prefix = 0;
  while (reader.readFlag()) {
    prefix += 1;
    if (prefix > MAX_ESCAPE_PREFIX) return false;
  }
  const size = 2 ** (prefix + 4) + reader.read(prefix + 4);
  lines[line] = value < 0 ? -size : size;
  return true;
}
