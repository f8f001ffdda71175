import { comparePositions, laplacian, positionOf } from "@crescendai/performance-analysis/judgement";
import { layOutFeatures } from "./feature-space.ts";

/**
 * Gram matrix of the Laplacian kernel: its values of all rows at all rows, row by row. Every row is a segment of its own, so
 * that all features count alike.
 *
 * @param gamma width of the kernel.
 */
export function gramMatrix(rows: readonly Float32Array[], gamma: number): Float64Array {
  const space = layOutFeatures(rows, [...rows.keys()]);
  const kernel = laplacian(gamma);
  const positions = rows.map((row) => positionOf(row, space));
  const matrix = new Float64Array(rows.length ** 2);
  positions.forEach((position, row) => {
    positions.forEach((other, column) => {
      matrix[row * rows.length + column] =
        column < row ? matrix[column * rows.length + row] : kernel(comparePositions(position, other, 0));
    });
  });
  return matrix;
}
