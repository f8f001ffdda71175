/**
 * Basic Pitch on one window of sound. Put the weights at weightsPointer() and call prepare() once; then put a window of
 * WINDOW samples (mono, 22.05 kHz) at samplesPointer(), call transcribe(), and read KEPT_FRAMES rows at each of the
 * output pointers.
 */

import { constantQ, prepareConstantQ, samples } from "./constant-q";
import { contourFeatures, contourLayer, prepareContourFeatures } from "./contour-features";
import { convolveNarrow, convolveWide } from "./convolution";
import {
  CHANNELS,
  CONTOUR_FEATURE_ROW,
  CONTOUR_ROW,
  FIRST_FRAME,
  FRAMES,
  HARMONICS,
  HOP,
  KEPT_FRAMES,
  KEY_BINS,
  KEYS,
  LEVEL_ROW,
  NOTE_ROW,
  WIDE_ROW,
  WINDOW,
} from "./dimensions";
import { multiplyAdd, sigmoid } from "./elementary";
import { prepareFourier } from "./fourier";
import { levels, normalise, prepareNormalise } from "./normalise";
import { onsetFeatures, onsetLayer, prepareOnsetFeatures } from "./onset-features";
import { transformSpectra } from "./spectrum-transforms";
import {
  contourBias,
  contourWeights,
  noteBias,
  noteFeatureBias,
  noteFeatureWeights,
  noteWeights,
  onsetBias,
  onsetNoteWeights,
  onsetWeights,
  WEIGHTS,
  weightsStart,
} from "./weights";

export {
  layerBiasesPointer,
  layerInputs,
  layerInputsPointer,
  layerOutputsPointer,
  layerRows,
  layerUnits,
  layerWeightsPointer,
  runLayer,
} from "./dense-layer";

const contours: usize = memory.data(FRAMES * CONTOUR_ROW * 4, 16);
const noteFeatures: usize = memory.data(FRAMES * WIDE_ROW * 4, 16);
const notes: usize = memory.data(FRAMES * NOTE_ROW * 4, 16);
const onsets: usize = memory.data(FRAMES * KEYS * 4, 16);

/** Frames kept, and for each layer before how many more its successors look at to either side. */
const LAST_FRAME: i32 = FIRST_FRAME + KEPT_FRAMES;
const NOTE_REACH: i32 = 1;
const NOTE_FEATURE_REACH: i32 = NOTE_REACH + 3;
const CONTOUR_REACH: i32 = NOTE_FEATURE_REACH + 3;
const CONTOUR_FEATURE_REACH: i32 = CONTOUR_REACH + 2;

function squash(at: usize, count: i32): void {
  for (let i = 0; i < count; i += 4) v128.store(at + i * 4, sigmoid(v128.load(at + i * 4)));
}

/** Contours: 5 frames × 5 bins × 8 channels → one posterior a bin. */
function contourFrame(frame: i32): void {
  const to = contours + (frame * CONTOUR_ROW + 2) * 4;
  memory.fill(to, 0, KEY_BINS * 4);
  const from = contourFeatures + (frame - 2) * CONTOUR_FEATURE_ROW * 4;
  convolveNarrow(
    from,
    CONTOUR_FEATURE_ROW * 4,
    5,
    HARMONICS * 4,
    KEY_BINS,
    5 * HARMONICS,
    contourWeights,
    load<f32>(contourBias),
    to,
  );
  squash(to, KEY_BINS);
}

/** Notes: 7 frames × 3 keys × 32 channels → one posterior a key. */
function noteFrame(frame: i32): void {
  const to = notes + (frame * NOTE_ROW + 1) * 4;
  memory.fill(to, 0, KEYS * 4);
  const from = noteFeatures + (frame - 3) * WIDE_ROW * 4;
  convolveNarrow(
    from,
    WIDE_ROW * 4,
    7,
    CHANNELS * 4,
    KEYS,
    3 * CHANNELS,
    noteWeights,
    load<f32>(noteBias),
    to,
  );
  squash(to, KEYS);
}

/** Onsets: 3 frames × 3 keys of 32 channels and the note posterior → one posterior a key. */
function onsetFrame(frame: i32): void {
  const to = onsets + (frame - FIRST_FRAME) * KEYS * 4;
  for (let key = 0; key < KEYS; key += 4) {
    let sum = f32x4.splat(0);
    for (let offset = 0; offset < 3; offset += 1) {
      const from = notes + ((frame - 1 + offset) * NOTE_ROW + key) * 4;
      const weight = onsetNoteWeights + offset * 12;
      sum = multiplyAdd(v128.load32_splat(weight), v128.load(from), sum);
      sum = multiplyAdd(v128.load32_splat(weight, 4), v128.load(from, 4), sum);
      sum = multiplyAdd(v128.load32_splat(weight, 8), v128.load(from, 8), sum);
    }
    v128.store(to + key * 4, sum);
  }
  const from = onsetFeatures + (frame - 1) * WIDE_ROW * 4;
  convolveNarrow(
    from,
    WIDE_ROW * 4,
    3,
    CHANNELS * 4,
    KEYS,
    3 * CHANNELS,
    onsetWeights,
    load<f32>(onsetBias),
    to,
  );
  squash(to, KEYS);
}

/** Works the tables out that follow from the weights. */
export function prepare(): void {
  prepareFourier();
  prepareConstantQ();
  prepareNormalise();
  prepareContourFeatures();
  prepareOnsetFeatures();
}

/** Hears one window. The samples are overwritten. */
export function transcribe(): void {
  normalise(constantQ());
  transformSpectra(FIRST_FRAME - CONTOUR_FEATURE_REACH - 1, LAST_FRAME + CONTOUR_FEATURE_REACH + 2);
  contourLayer(FIRST_FRAME - CONTOUR_FEATURE_REACH, LAST_FRAME + CONTOUR_FEATURE_REACH + 1);
  for (let frame = FIRST_FRAME - CONTOUR_REACH; frame < LAST_FRAME + CONTOUR_REACH; frame += 1) {
    contourFrame(frame);
  }
  for (let frame = FIRST_FRAME - NOTE_FEATURE_REACH; frame < LAST_FRAME + NOTE_FEATURE_REACH; frame += 1) {
    convolveWide(
      contours + (frame - 3) * CONTOUR_ROW * 4,
      CONTOUR_ROW * 4,
      7,
      3 * 4,
      7,
      noteFeatureWeights,
      noteFeatureBias,
      noteFeatures + (frame * WIDE_ROW + CHANNELS) * 4,
    );
  }
  for (let frame = FIRST_FRAME - NOTE_REACH; frame < LAST_FRAME + NOTE_REACH; frame += 1) {
    noteFrame(frame);
  }
  onsetLayer(FIRST_FRAME - NOTE_REACH, LAST_FRAME + NOTE_REACH);
  for (let frame = FIRST_FRAME; frame < LAST_FRAME; frame += 1) onsetFrame(frame);
}

/** Floats to be put at weightsPointer(). */
export function weightCount(): i32 {
  return WEIGHTS;
}

export function weightsPointer(): usize {
  return weightsStart();
}

/** Samples in a window. */
export function windowLength(): i32 {
  return WINDOW;
}

/** Samples between frames. */
export function hopLength(): i32 {
  return HOP;
}

/** Frames handed out of each window; the first is centred on the sample `firstFrame() · hopLength()`. */
export function frameCount(): i32 {
  return KEPT_FRAMES;
}

export function firstFrame(): i32 {
  return FIRST_FRAME;
}

export function samplesPointer(): usize {
  return samples;
}

/** First frame's note posteriors, 88 floats 0 … 1; the next frame's are noteStride() floats on. */
export function notesPointer(): usize {
  return notes + (FIRST_FRAME * NOTE_ROW + 1) * 4;
}

export function noteStride(): i32 {
  return NOTE_ROW;
}

/** First frame's onset posteriors, 88 floats 0 … 1, one frame after the other. */
export function onsetsPointer(): usize {
  return onsets;
}

/** First frame's levels, 309 floats in decibels (power), three bins a semitone from 27.5 Hz; the next, levelStride() on. */
export function levelsPointer(): usize {
  return levels + FIRST_FRAME * LEVEL_ROW * 4;
}

export function levelStride(): i32 {
  return LEVEL_ROW;
}
