/** Lines of a granule's spectrum (ISO/IEC 11172-3 section 2.4.1.1). */
export const LINES = 576;
/** Marks a band of a long block among the windows 0, 1, 2 of short ones. */
export const LONG_WINDOW = 3;

/** The scale-factor bands of one granule in the order in which their lines are coded. */
export type BandLayout = {
  /** Lines of each band. */
  readonly widths: readonly number[];
  /** The short window that each band belongs to, or `LONG_WINDOW`. */
  readonly windows: readonly number[];
  /** Lines of long blocks, from the lowest: 576, 0, or in between where short blocks follow them. */
  readonly longLines: number;
};

/** The layouts of one sample rate. `mixed`: long blocks below, short ones above. */
export type BandLayouts = {
  readonly long: BandLayout;
  readonly short: BandLayout;
  readonly mixed: BandLayout;
};

// Widths of the bands by sample rate: ISO/IEC 11172-3 table B.8, ISO/IEC 13818-3 table B.2, and for MPEG 2.5, which no
// standard describes, those that all its encoders and decoders share. Of short bands the width in one window.
const LONG_48000 = [4, 4, 4, 4, 4, 4, 6, 6, 6, 8, 10, 12, 16, 18, 22, 28, 34, 40, 46, 54, 54, 192];
const LONG_44100 = [4, 4, 4, 4, 4, 4, 6, 6, 8, 8, 10, 12, 16, 20, 24, 28, 34, 42, 50, 54, 76, 158];
const LONG_32000 = [4, 4, 4, 4, 4, 4, 6, 6, 8, 10, 12, 16, 20, 24, 30, 38, 46, 56, 68, 84, 102, 26];
const LONG_24000 = [6, 6, 6, 6, 6, 6, 8, 10, 12, 14, 16, 18, 22, 26, 32, 38, 46, 54, 62, 70, 76, 36];
const LONG_22050 = [6, 6, 6, 6, 6, 6, 8, 10, 12, 14, 16, 20, 24, 28, 32, 38, 46, 52, 60, 68, 58, 54];
const LONG_8000 = [12, 12, 12, 12, 12, 12, 16, 20, 24, 28, 32, 40, 48, 56, 64, 76, 90, 2, 2, 2, 2, 2];
const SHORT_48000 = [4, 4, 4, 4, 6, 6, 10, 12, 14, 16, 20, 26, 66];
const SHORT_44100 = [4, 4, 4, 4, 6, 8, 10, 12, 14, 18, 22, 30, 56];
const SHORT_32000 = [4, 4, 4, 4, 6, 8, 12, 16, 20, 26, 34, 42, 12];
const SHORT_24000 = [4, 4, 4, 6, 8, 10, 12, 14, 18, 24, 32, 44, 12];
const SHORT_22050 = [4, 4, 4, 6, 6, 8, 10, 14, 18, 26, 32, 42, 18];
const SHORT_16000 = [4, 4, 4, 6, 8, 10, 12, 14, 18, 24, 30, 40, 18];
const SHORT_8000 = [8, 8, 8, 12, 16, 20, 24, 28, 36, 2, 2, 2, 26];

const WIDTHS = new Map([
  [48_000, [LONG_48000, SHORT_48000]],
  [44_100, [LONG_44100, SHORT_44100]],
  [32_000, [LONG_32000, SHORT_32000]],
  [24_000, [LONG_24000, SHORT_24000]],
  [22_050, [LONG_22050, SHORT_22050]],
  [16_000, [LONG_22050, SHORT_16000]],
  [12_000, [LONG_22050, SHORT_16000]],
  [11_025, [LONG_22050, SHORT_16000]],
  [8000, [LONG_8000, SHORT_8000]],
]);

/** Bands of long blocks below the short ones of a mixed block; the short ones go on at their fourth. */
const LONG_BANDS_IN_MIXED = { mpeg1: 8, mpeg2: 6 };
const FIRST_SHORT_BAND_IN_MIXED = 3;

/** The layouts of a sample rate of MPEG 1, 2 or 2.5 (Hz). */
export function bandLayouts(sampleRate: number, isMpeg1: boolean): BandLayouts {
  const [long, short] = WIDTHS.get(sampleRate) ?? [LONG_44100, SHORT_44100];
  const below = long.slice(0, isMpeg1 ? LONG_BANDS_IN_MIXED.mpeg1 : LONG_BANDS_IN_MIXED.mpeg2);
  return {
    long: layout(long, []),
    short: layout([], short),
    mixed: layout(below, short.slice(FIRST_SHORT_BAND_IN_MIXED)),
  };
}

function layout(long: readonly number[], short: readonly number[]): BandLayout {
  return {
    widths: [...long, ...short.flatMap((width) => [width, width, width])],
    windows: [...long.map(() => LONG_WINDOW), ...short.flatMap(() => [0, 1, 2])],
    longLines: long.reduce((sum, width) => sum + width, 0),
  };
}
