/** Where each table of weights/basic-pitch.bin stands; the order is that of scripts/pack-weights.ts. */

const FLOAT: usize = 4;

/** Floats in the whole file. */
export const WEIGHTS: i32 = 35699;

const start: usize = memory.data(WEIGHTS * 4, 16);

/** Where the file's first float goes. */
export function weightsStart(): usize {
  return start;
}

/** Low-pass filter before each halving of the sample rate, 256 taps. */
export const lowPass: usize = start;
/** Constant-Q kernel, real then imaginary: 256 samples × 36 bins. */
export const kernelReal: usize = lowPass + 256 * FLOAT;
export const kernelImaginary: usize = kernelReal + 9216 * FLOAT;
/** Square roots of the kernels' lengths in samples, 309 bins. */
export const rootLengths: usize = kernelImaginary + 9216 * FLOAT;
/** Batch norm of the spectrum: factor, term. */
export const spectrumScale: usize = rootLengths + 309 * FLOAT;
/** Contour layer: 3 frames × 39 bins × 8 harmonics × 8 channels, then 8 biases. */
export const contourFeatureWeights: usize = spectrumScale + 2 * FLOAT;
export const contourFeatureBias: usize = contourFeatureWeights + 7488 * FLOAT;
/** Contours: 5 frames × 5 bins × 8 channels, then the bias. */
export const contourWeights: usize = contourFeatureBias + 8 * FLOAT;
export const contourBias: usize = contourWeights + 200 * FLOAT;
/** Note layer: 7 frames × 7 bins × 32 channels, then 32 biases. */
export const noteFeatureWeights: usize = contourBias + FLOAT;
export const noteFeatureBias: usize = noteFeatureWeights + 1568 * FLOAT;
/** Notes: 7 frames × 3 keys × 32 channels, then the bias. */
export const noteWeights: usize = noteFeatureBias + 32 * FLOAT;
export const noteBias: usize = noteWeights + 672 * FLOAT;
/** Onset layer: 5 frames × 5 bins × 8 harmonics × 32 channels, then 32 biases. */
export const onsetFeatureWeights: usize = noteBias + FLOAT;
export const onsetFeatureBias: usize = onsetFeatureWeights + 6400 * FLOAT;
/** Onsets: 3 frames × 3 keys of the note posterior, 3 × 3 × 32 channels of the onset layer, then the bias. */
export const onsetNoteWeights: usize = onsetFeatureBias + 32 * FLOAT;
export const onsetWeights: usize = onsetNoteWeights + 9 * FLOAT;
export const onsetBias: usize = onsetWeights + 288 * FLOAT;
