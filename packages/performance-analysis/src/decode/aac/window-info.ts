import type { BitReader } from "../bit-reader.ts";
import { type Bands, SHORT_WINDOWS } from "./bands.ts";

/** Window sequences (ISO/IEC 14496-3 table 4.150). */
export const ONLY_LONG = 0;
export const LONG_START = 1;
export const EIGHT_SHORT = 2;
export const LONG_STOP = 3;

/** How a frame's lines are windowed and grouped (`ics_info`, section 4.4.2.1). */
export type WindowInfo = {
  readonly sequence: number;
  /** 0: sine, 1: Kaiser-Bessel derived. */
  readonly shape: number;
  /** Bands that are coded, in each group. */
  readonly codedBands: number;
  /** Windows of each group; one of one for long windows. */
  readonly groups: readonly number[];
  /** Lines at which the bands begin, in one window. */
  readonly offsets: readonly number[];
};

/** What a silent frame has. */
export function silentWindow(bands: Bands): WindowInfo {
  return { sequence: ONLY_LONG, shape: 0, codedBands: 0, groups: [1], offsets: bands.long };
}

/** Null where it says what LC can't have. */
export function readWindowInfo(reader: BitReader, bands: Bands): WindowInfo | null {
  const isReserved = reader.readFlag();
  const sequence = reader.read(2);
  const shape = reader.read(1);
  if (isReserved) return null;
  if (sequence !== EIGHT_SHORT) {
    const codedBands = reader.read(6);
    const usesPrediction = reader.readFlag();
    if (usesPrediction || codedBands >= bands.long.length) return null;
    return { sequence, shape, codedBands, groups: [1], offsets: bands.long };
  }
  const codedBands = reader.read(4);
  if (codedBands >= bands.short.length) return null;
  const groups = [1];
  // A bit for each window but the first: it goes on with the group before.
  for (let window = 1; window < SHORT_WINDOWS; window += 1) {
    if (reader.readFlag()) groups[groups.length - 1] += 1;
    else groups.push(1);
  }
  return { sequence, shape, codedBands, groups, offsets: bands.short };
}
