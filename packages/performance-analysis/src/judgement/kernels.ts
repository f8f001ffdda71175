import { POSITION_STEPS } from "./feature-space.ts";

/** How alike a position and the landmark are that begins at `offset` of `positions`: 1 of a position with itself. */
export type Kernel = (position: Float32Array, positions: Int8Array | Float32Array, offset: number) => number;

/** Hidden layers of the network that the arc-cosine kernel stands for; three order two players no better (0.618 in a room). */
const LAYERS = 2;
/**
 * Square of the network's constant input, where every feature's square is 1 in the mean. It hardly matters: 0.01 orders two
 * players no better either, and explains no more.
 */
const CONSTANT_INPUT = 0.1;

/** The Laplacian kernel exp(−γ · mean |x − y|): what lies near counts, feature by feature. */
export function laplacian(gamma: number): Kernel {
  return (position, positions, offset) => {
    const width = position.length;
    // Four sums: the processor adds to one while it waits for the others.
    let sum0 = 0;
    let sum1 = 0;
    let sum2 = 0;
    let sum3 = 0;
    let index = 0;
    for (let at = offset; index + 4 <= width; index += 4, at += 4) {
      sum0 += Math.abs(position[index] - positions[at]);
      sum1 += Math.abs(position[index + 1] - positions[at + 1]);
      sum2 += Math.abs(position[index + 2] - positions[at + 2]);
      sum3 += Math.abs(position[index + 3] - positions[at + 3]);
    }
    for (; index < width; index += 1) sum0 += Math.abs(position[index] - positions[offset + index]);
    return Math.exp((-gamma * (sum0 + sum1 + (sum2 + sum3))) / POSITION_STEPS / width);
  };
}

/**
 * The arc-cosine kernel of degree 1, composed twice: how alike two positions look to an infinitely wide network with two layers
 * of rectified random units (Cho & Saul 2009, §2). It depends on the angle between them only.
 */
export function arcCosine(
  position: Float32Array,
  positions: Int8Array | Float32Array,
  offset: number,
): number {
  let product = 0;
  let square = 0;
  let otherSquare = 0;
  for (let index = 0; index < position.length; index += 1) {
    const value = position[index];
    const other = positions[offset + index];
    product += value * other;
    square += value * value;
    otherSquare += other * other;
  }
  const constant = CONSTANT_INPUT * POSITION_STEPS ** 2 * position.length;
  let cosine = (product + constant) / Math.sqrt((square + constant) * (otherSquare + constant));
  for (let layer = 0; layer < LAYERS; layer += 1) {
    // Rounding may put it a little beyond 1.
    cosine = Math.min(1, cosine);
    const sine = Math.sqrt(1 - cosine * cosine);
    cosine = (sine + (Math.PI - Math.acos(cosine)) * cosine) / Math.PI;
  }
  return cosine;
}
