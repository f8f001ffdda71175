/** Sizes of the network, as published: ISMIR 2022's NMP model ("Basic Pitch"), icassp_2022 checkpoint. */

/** Samples in a window, at 22.05 kHz: two seconds less one hop. */
export const WINDOW: i32 = 43844;
/** Samples between frames. */
export const HOP: i32 = 256;
/** Frames in a window: WINDOW / HOP + 1. */
export const FRAMES: i32 = 172;
/** Bins of the constant-Q transform: three a semitone, from 27.5 Hz. */
export const BINS: i32 = 309;
/** Bins the network works on: 88 keys, three each. */
export const KEY_BINS: i32 = 264;
/** Keys of a piano. */
export const KEYS: i32 = 88;
/** Harmonics that the network hears side by side, as channels of each bin. */
export const HARMONICS: i32 = 8;
/** Channels of the two wide layers. */
export const CHANNELS: i32 = 32;

/**
 * First frame of a window that is handed out, and how many are. The frames at either end hear the window's edge
 * instead of the music; each layer below is worked out only for the frames these need.
 */
export const FIRST_FRAME: i32 = 15;
export const KEPT_FRAMES: i32 = 141;

/** Floats in a row of the normalised spectrum: bin 0 stands at SPECTRUM_LEFT, zeros around it for the harmonics' shifts. */
export const SPECTRUM_LEFT: i32 = 36;
export const SPECTRUM_ROW: i32 = 404;
/** Floats in a row of levels. */
export const LEVEL_ROW: i32 = 312;
/** Floats in a frame of the contour layer: two bins of zeros at either end. */
export const CONTOUR_FEATURE_ROW: i32 = (KEY_BINS + 4) * HARMONICS;
/** Floats in a frame of contours: two bins of zeros before, two after, and two to reach a whole vector. */
export const CONTOUR_ROW: i32 = KEY_BINS + 8;
/** Floats in a frame of a wide layer: one key of zeros at either end. */
export const WIDE_ROW: i32 = (KEYS + 2) * CHANNELS;
/** Floats in a frame of note posteriors: one key of zeros before, and after up to a whole vector. */
export const NOTE_ROW: i32 = KEYS + 4;

/** How far, in bins, each harmonic lies above its fundamental: round(36 log2 h) for h = ½, 1, 2 … 7. */
export function harmonicShift(harmonic: i32): i32 {
  switch (harmonic) {
    case 0:
      return -36;
    case 1:
      return 0;
    case 2:
      return 36;
    case 3:
      return 57;
    case 4:
      return 72;
    case 5:
      return 84;
    case 6:
      return 93;
    default:
      return 101;
  }
}
