import { type BandLayout, LINES } from "./bands.ts";
import type { ScaleFactors } from "./scale-factors.ts";

/** Undoes mid/side stereo over `count` lines (section 2.4.3.4.9.2). */
export function undoMidSide(left: Float32Array, right: Float32Array, from: number, to: number): void {
  for (let line = from; line < to; line += 1) {
    const mid = left[line];
    const side = right[line];
    left[line] = (mid + side) * Math.SQRT1_2;
    right[line] = (mid - side) * Math.SQRT1_2;
  }
}

/** The shares of left and right by MPEG 1's intensity position (section 2.4.3.4.9.3). */
const MPEG1_SHARES = [0, 1, 2, 3, 4, 5, 6].map((position) => {
  const ratio = Math.tan((position * Math.PI) / 12);
  return position === 6 ? [1, 0] : [ratio / (1 + ratio), 1 / (1 + ratio)];
});

/** The shares of left and right by MPEG 2's intensity position (ISO/IEC 13818-3 section 2.4.3.2). */
function mpeg2Shares(position: number, isCoarse: boolean): readonly number[] {
  const base = isCoarse ? Math.SQRT1_2 : Math.SQRT1_2 ** 0.5;
  if (position === 0) return [1, 1];
  return position % 2 === 1 ? [base ** ((position + 1) / 2), 1] : [1, base ** (position / 2)];
}

/**
 * Undoes joint stereo with intensity: above the right channel's last line that isn't 0 (of each window), its scale
 * factors tell how the left channel's lines are shared out. `coarse`: null for MPEG 1, else intensity_scale of MPEG 2.
 */
export function undoIntensity(
  left: Float32Array,
  right: Float32Array,
  layout: BandLayout,
  factors: ScaleFactors,
  coarse: boolean | null,
  isMidSide: boolean,
): void {
  const last = lastBands(right, layout);
  let line = 0;
  for (let band = 0; band < layout.widths.length && line < LINES; band += 1) {
    const end = line + layout.widths[band];
    const isZero = band > last[layout.windows[band]];
    // The highest band has no scale factor: that of the one below, in its window, goes on.
    const source = hasFactor(layout, band) ? band : band - (layout.windows[band] < 3 ? 3 : 1);
    const position = factors.values[source];
    const shares = coarse === null ? MPEG1_SHARES[position] : mpeg2Shares(position, coarse);
    if (isZero && position !== factors.illegal[source] && shares !== undefined) {
      for (; line < end; line += 1) {
        const whole = left[line];
        left[line] = whole * shares[0];
        right[line] = whole * shares[1];
      }
    } else if (isMidSide) undoMidSide(left, right, line, end);
    line = end;
  }
}

function hasFactor(layout: BandLayout, band: number): boolean {
  return band < layout.widths.length - (layout.windows[band] < 3 ? 3 : 1);
}

/** By window (3: long blocks), the last band with a line that isn't 0, or -1. Short blocks lie above long ones. */
function lastBands(lines: Float32Array, layout: BandLayout): number[] {
  const last = [-1, -1, -1, -1];
  let line = 0;
  for (let band = 0; band < layout.widths.length; band += 1) {
    const end = line + layout.widths[band];
    for (; line < end; line += 1) {
      if (lines[line] !== 0) last[layout.windows[band]] = band;
    }
  }
  last[3] = Math.max(...last);
  return last;
}
