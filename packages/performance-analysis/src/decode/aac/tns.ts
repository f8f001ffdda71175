import type { BitReader } from "../bit-reader.ts";
import { type Bands, SHORT_LINES } from "./bands.ts";
import { EIGHT_SHORT, type WindowInfo } from "./window-info.ts";

/** The highest order of a filter in the LC profile, for long and short windows (ISO/IEC 14496-3 section 4.6.9.4). */
const MAX_ORDER = { long: 12, short: 7 };

/** One filter over the spectrum of a window (temporal noise shaping). */
export type TnsFilter = {
  readonly window: number;
  /** Bands that it spans, downwards from where the filter before it ended. */
  readonly length: number;
  readonly isDownward: boolean;
  /** Reflection coefficients. */
  readonly reflections: readonly number[];
};

/** Reads `tns_data` (section 4.4.2.7) into a list of filters, in the order of their windows. Null: an order too high. */
export function readTns(reader: BitReader, info: WindowInfo): TnsFilter[] | null {
  const isShort = info.sequence === EIGHT_SHORT;
  const filters: TnsFilter[] = [];
  for (let window = 0; window < (isShort ? 8 : 1); window += 1) {
    const count = reader.read(isShort ? 1 : 2);
    const resolution = count > 0 ? reader.read(1) + 3 : 0;
    for (let index = 0; index < count; index += 1) {
      const length = reader.read(isShort ? 4 : 6);
      const order = reader.read(isShort ? 3 : 5);
      if (order > (isShort ? MAX_ORDER.short : MAX_ORDER.long)) return null;
      const isDownward = order > 0 && reader.readFlag();
      const bits = order > 0 ? resolution - reader.read(1) : 0;
      const reflections = Array.from({ length: order }, () =>
        reflection(reader.readSigned(bits), resolution),
      );
      filters.push({ window, length, isDownward, reflections });
    }
  }
  return filters;
}

/** Section 4.6.9.3: the inverse quantisation of a coefficient, an arc sine. */
function reflection(value: number, resolution: number): number {
  const steps = 2 ** (resolution - 1) + (value >= 0 ? -0.5 : 0.5);
  return Math.sin((value * Math.PI) / (2 * steps));
}

/** Applies the filters to the spectrum (section 4.6.9.3). */
export function applyTns(
  lines: Float32Array,
  info: WindowInfo,
  bands: Bands,
  filters: readonly TnsFilter[],
): void {
  const isShort = info.sequence === EIGHT_SHORT;
  const highest = Math.min(isShort ? bands.maxTnsShort : bands.maxTnsLong, info.codedBands);
  let top = 0;
  let window = -1;
  for (const filter of filters) {
    if (filter.window !== window) {
      window = filter.window;
      top = info.offsets.length - 1;
    }
    const bottom = Math.max(0, top - filter.length);
    const start = window * SHORT_LINES + info.offsets[Math.min(bottom, highest)];
    const end = window * SHORT_LINES + info.offsets[Math.min(top, highest)];
    top = bottom;
    if (filter.reflections.length === 0 || end <= start) continue;
    const coefficients = toLinearPrediction(filter.reflections);
    if (filter.isDownward) filterLines(lines, end - 1, end - start, -1, coefficients);
    else filterLines(lines, start, end - start, 1, coefficients);
  }
}

/** The step-up recursion: reflection coefficients to those of the filter, without the leading 1. */
function toLinearPrediction(reflections: readonly number[]): number[] {
  let coefficients: number[] = [];
  for (const value of reflections) {
    const before = coefficients;
    coefficients = before.map((own, index) => own + value * before[before.length - 1 - index]);
    coefficients.push(value);
  }
  return coefficients;
}

/** An all-pole filter along the spectrum, in place. */
function filterLines(
  lines: Float32Array,
  first: number,
  count: number,
  step: number,
  coefficients: readonly number[],
): void {
  for (let index = 0, line = first; index < count; index += 1, line += step) {
    let value = lines[line];
    const order = Math.min(index, coefficients.length);
    for (let lag = 1; lag <= order; lag += 1) value -= lines[line - lag * step] * coefficients[lag - 1];
    lines[line] = value;
  }
}
