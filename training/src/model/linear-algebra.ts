/**
 * Solves A X = B for a symmetric positive definite A (n × n, row by row; overwritten) and B (n × m; overwritten by X)
 * by Cholesky's factorisation (Golub & Van Loan, Matrix Computations, §4.2). Throws if A isn't positive definite.
 */
export function solvePositiveDefinite(a: Float64Array, n: number, b: Float64Array, m: number): void {
  for (let row = 0; row < n; row += 1) {
    const rowFrom = row * n;
    for (let column = 0; column <= row; column += 1) {
      const columnFrom = column * n;
      let sum = a[rowFrom + column];
      for (let index = 0; index < column; index += 1) sum -= a[rowFrom + index] * a[columnFrom + index];
      if (column < row) a[rowFrom + column] = sum / a[columnFrom + column];
      else if (sum > 0) a[rowFrom + row] = Math.sqrt(sum);
      else throw new Error("the matrix is not positive definite");
    }
  }
  // All outputs of a row at once: what is read lies side by side.
  for (let row = 0; row < n; row += 1) {
    for (let index = 0; index < row; index += 1) subtractRow(b, m, row, index, a[row * n + index]);
    for (let output = 0; output < m; output += 1) b[row * m + output] /= a[row * n + row];
  }
  for (let row = n - 1; row >= 0; row -= 1) {
    for (let index = row + 1; index < n; index += 1) subtractRow(b, m, row, index, a[index * n + row]);
    for (let output = 0; output < m; output += 1) b[row * m + output] /= a[row * n + row];
  }
}

/** Takes `factor` times a row of `b` (m wide) off another. */
function subtractRow(b: Float64Array, m: number, row: number, other: number, factor: number): void {
  const to = row * m;
  const from = other * m;
  for (let output = 0; output < m; output += 1) b[to + output] -= factor * b[from + output];
}
