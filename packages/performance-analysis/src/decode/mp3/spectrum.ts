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
import { quarterPower } from "../quarter-powers.ts";
import { type BandLayout, LINES, LONG_WINDOW } from "./bands.ts";
import { type CodeTable, LINBITS, PAIR_TABLES, QUADRUPLE_TABLES } from "./huffman-tables.ts";
import type { ScaleFactors } from "./scale-factors.ts";
import { type Granule, SHORT_BLOCKS } from "./side-information.ts";

/** The code of each pair table, by number; null for 0, which has no codewords, and for the unused 4 and 14. */
const PAIRS: readonly (PrefixCode | null)[] = LINBITS.map((_, number) => {
  const table = PAIR_TABLES.get(number < 16 ? number : number < 24 ? 16 : 24);
  return table ? build(table, 2) : null;
});
const QUADRUPLES = QUADRUPLE_TABLES.map((table) => build(table, 1));

function build({ lengths, values }: CodeTable, digits: number): PrefixCode {
  const symbols = Array.from(lengths, (_, leaf) =>
    Number.parseInt(values.slice(leaf * digits, (leaf + 1) * digits), 16),
  );
  return buildPrefixCode(
    Array.from(lengths, (digit) => Number.parseInt(digit, 36)),
    symbols,
  );
}

/** A value of a pair that stands for itself plus what follows in `linbits` bits. */
const ESCAPE = 15;
/** The largest value: 15 and 13 bits. */
const MAX_VALUE = 15 + 8191;
/** |value|^(4/3) (ISO/IEC 11172-3 section 2.4.3.4.7.1). */
const POWERS = Float64Array.from({ length: MAX_VALUE + 1 }, (_, value) => value ** (4 / 3));
/** Offset of the global gain (same section). */
const GAIN_OFFSET = 210;
/** Section 2.4.3.4.7.1, table B.6: what preflag adds to the scale factors of long bands. */
const PRETAB = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 3, 3, 2, 0];

/**
 * Reads the Huffman coded lines of a granule (section 2.4.1.7) into `values`, whose bits end at `end`, zeros behind the
 * last. Answers the number of lines up to it, or -1 where the bits make no sense.
 */
export function readLines(
  reader: BitReader,
  end: number,
  granule: Granule,
  borders: readonly [number, number],
  values: Int32Array,
): number {
  const bigEnd = granule.bigValues * 2;
  let line = 0;
  for (let region = 0; region < 3; region += 1) {
    const regionEnd = region === 2 ? bigEnd : Math.min(bigEnd, borders[region]);
    const table = granule.tableSelect[region];
    const code = PAIRS[table];
    if (code === null) {
      if (table !== 0 && line < regionEnd) return -1;
      for (; line < regionEnd; line += 1) values[line] = 0;
      continue;
    }
    line = readPairs(reader, code, LINBITS[table], values, line, regionEnd);
    if (reader.position > end) return -1;
  }
  const code = QUADRUPLES[granule.count1Table];
  while (line + 4 <= LINES && reader.position < end) {
    const quadruple = readSymbol(code, reader);
    for (let mask = 8; mask > 0; mask >>= 1) {
      values[line] = quadruple & mask ? (reader.readFlag() ? -1 : 1) : 0;
      line += 1;
    }
  }
  // The last quadruple may be stuffing that was read as one: encoders rely on its being dropped.
  if (reader.position > end) line -= 4;
  values.fill(0, line);
  while (line > 0 && values[line - 1] === 0) line -= 1;
  return line;
}

/** Reads pairs of values from line `from` on, up to `to`; answers the first line behind them. */
function readPairs(
  reader: BitReader,
  code: PrefixCode,
  linbits: number,
  values: Int32Array,
  from: number,
  to: number,
): number {
  const leastEscaped = linbits > 0 ? ESCAPE : ESCAPE + 1;
  let line = from;
  let position = reader.position;
  for (; line < to; line += 2) {
    const bits = reader.bitsAt(position);
    const entry = lookUp(code, bits);
    const first = symbolOf(entry) >>> 4;
    const second = symbolOf(entry) & 15;
    position += lengthOf(entry);
    if (first < leastEscaped && second < leastEscaped) {
      const signs = bitsBehind(entry, bits);
      values[line] = withSign(first, signs);
      values[line + 1] = withSign(second, signs << signBits(first));
      position += signBits(first) + signBits(second);
    } else {
      reader.position = position;
      values[line] = readValue(reader, first, linbits);
      values[line + 1] = readValue(reader, second, linbits);
      position = reader.position;
    }
  }
  reader.position = position;
  return line;
}

function readValue(reader: BitReader, symbol: number, linbits: number): number {
  if (symbol === 0) return 0;
  const value = symbol === ESCAPE && linbits > 0 ? symbol + reader.read(linbits) : symbol;
  return reader.readFlag() ? -value : value;
}

/** The lines at which the second and the third region of pairs begin (section 2.4.2.7, region_address). */
export function regionBorders(granule: Granule, long: BandLayout, isMpeg1: boolean): [number, number] {
  const linesOf = (bands: number): number => {
    let lines = 0;
    for (let band = 0; band < bands && band < long.widths.length; band += 1) lines += long.widths[band];
    return lines;
  };
  if (!granule.isSwitched) {
    const first = granule.region0Count + 1;
    return [linesOf(first), linesOf(first + granule.region1Count + 1)];
  }
  // Nine short bands, or eight long ones; the former are as many lines as six long ones of the half rates.
  const isShort = granule.blockType === SHORT_BLOCKS;
  return [linesOf(isShort && !isMpeg1 ? 6 : 8), LINES];
}

/**
 * Turns values into amplitudes (section 2.4.3.4.7.1), full scale being 1. `count`: lines up to the last that isn't 0;
 * those behind it are set to 0.
 */
export function requantise(
  values: Int32Array,
  count: number,
  granule: Granule,
  factors: ScaleFactors,
  layout: BandLayout,
  lines: Float32Array,
): void {
  // Exponents of 2, in quarters.
  const step = granule.scalefacScale === 1 ? 4 : 2;
  const gain = granule.globalGain - GAIN_OFFSET;
  let line = 0;
  for (let band = 0; line < count; band += 1) {
    const window = layout.windows[band];
    const isLong = window === LONG_WINDOW;
    const factor = factors.values[band] + (isLong && granule.preflag ? PRETAB[band] : 0);
    const scale = quarterPower(gain - step * factor - (isLong ? 0 : 8 * granule.subblockGain[window]));
    for (const end = Math.min(count, line + layout.widths[band]); line < end; line += 1) {
      const value = values[line];
      lines[line] = value === 0 ? 0 : value > 0 ? POWERS[value] * scale : -POWERS[-value] * scale;
    }
  }
  lines.fill(0, count);
}
