import { type BandLayout, LINES, LONG_WINDOW } from "./bands.ts";

const reordered = new Float32Array(LINES);

/**
 * Brings short lines, coded window by window in each band, into the order of frequency (ISO/IEC 11172-3 section 2.4.3.4.8).
 */
export function reorder(lines: Float32Array, layout: BandLayout): void {
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
