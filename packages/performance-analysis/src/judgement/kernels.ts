import { POSITION_STEPS } from "./feature-space.ts";

/** How a position and another differ, feature by feature, summed up: all that the kernels look at. */
export interface Comparison {
  /** Features of either. */
  readonly width: number;
  /** Sum of |x − y|. */
  readonly distance: number;
  /** Sums of x y, of x² and of y². */
  readonly product: number;
  readonly square: number;
  readonly otherSquare: number;
}

/** How alike two positions are: 1 of a position with itself. */
export type Kernel = (compared: Comparison) => number;

/** Hidden layers of the network that the arc-cosine kernel stands for; three order two players no better (0.618 in a room). */
const LAYERS = 2;
/**
 * Square of the network's constant input, where every feature's square is 1 in the mean. It hardly matters: 0.01 orders two
 * players no better either, and explains no more.
 */
const CONSTANT_INPUT = 0.1;

/**
 * Compares a position with the one that begins at `offset` of `positions`. All sums in one loop: the processor adds to one while it
 * waits for the others, and a model's landmarks, 0.8 MB, are read once.
 */
export function comparePositions(
  position: Float32Array,
  positions: Int8Array | Float32Array,
  offset: number,
): Comparison {
  let distance = 0;
  let product = 0;
  let square = 0;
  let otherSquare = 0;
  for (let index = 0; index < position.length; index += 1) {
    const value = position[index];
    const other = positions[offset + index];
    distance += Math.abs(value - other);
    product += value * other;
    square += value * value;
    otherSquare += other * other;
  }
  return { width: position.length, distance, product, square, otherSquare };
}

/** The Laplacian kernel exp(−γ · mean |x − y|): what lies near counts, feature by feature. */
export function laplacian(gamma: number): Kernel {
  return ({ distance, width }) => Math.exp((-gamma * distance) / POSITION_STEPS / width);
}

/**
 * The arc-cosine kernel of degree 1, composed twice: how alike two positions look to an infinitely wide network with two layers
 * of rectified random units (Cho & Saul 2009, §2). It depends on the angle between them only.
 */
export function arcCosine({ width, product, square, otherSquare }: Comparison): number {
  const constant = CONSTANT_INPUT * POSITION_STEPS ** 2 * width;
  let cosine = (product + constant) / Math.sqrt((square + constant) * (otherSquare + constant));
  for (let layer = 0; layer < LAYERS; layer += 1) {
    // Rounding may put it a little beyond 1.
    cosine = Math.min(1, cosine);
    const sine = Math.sqrt(1 - cosine * cosine);
    cosine = (sine + (Math.PI - Math.acos(cosine)) * cosine) / Math.PI;
  }
  return cosine;
}
