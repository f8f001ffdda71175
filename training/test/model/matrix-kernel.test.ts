import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { COLUMN_BLOCK, createMatrixKernel, sumOuterProducts } from "../../src/model/matrix-kernel.ts";
import { createRandom } from "../../src/render/random.ts";

describe("the matrix kernel", () => {
  it("gives the products of matrices, of any shape and turned or not", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 3 }),
        fc.nat(1000),
        (rows, inner, blocks, seed) => {
          const columns = COLUMN_BLOCK * blocks;
          const random = createRandom(`matrices ${seed}`);
          const kernel = createMatrixKernel(2 * rows * inner + inner * columns + rows * columns, 4);
          const a = kernel.allot(rows * inner);
          const turned = kernel.allot(rows * inner);
          const b = kernel.allot(inner * columns);
          const out = kernel.allot(rows * columns);
          for (let row = 0; row < rows; row += 1)
            for (let i = 0; i < inner; i += 1) {
              a[row * inner + i] = random.normal();
              turned[i * rows + row] = a[row * inner + i];
            }
          b.forEach((_, index) => {
            b[index] = random.normal();
          });
          const expected = Float64Array.from({ length: rows * columns }, (_, at) => {
            const row = Math.floor(at / columns);
            let sum = 0;
            for (let i = 0; i < inner; i += 1) sum += a[row * inner + i] * b[i * columns + (at % columns)];
            return sum;
          });
          kernel.multiply(a, b, out, { rows, inner, columns });
          expected.forEach((value, at) => {
            expect(out[at]).toBeCloseTo(value, 4);
          });
          out.fill(9);
          kernel.multiplyTransposed(turned, b, out, { rows, inner, columns });
          expected.forEach((value, at) => {
            expect(out[at]).toBeCloseTo(value, 4);
          });
        },
      ),
      { seed: 13, numRuns: 50 },
    );
  });

  it("adds up outer products, of any number of vectors of any length", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 11 }),
        fc.integer({ min: 0, max: 140 }),
        fc.nat(1000),
        (n, count, seed) => {
          const random = createRandom(`vectors ${seed}`);
          const vectors = Array.from({ length: count }, () =>
            Float32Array.from({ length: n }, () => random.normal()),
          );
          const sum = sumOuterProducts(vectors, n);
          for (let row = 0; row < n; row += 1)
            for (let column = 0; column <= row; column += 1)
              expect(sum[row * n + column]).toBeCloseTo(
                vectors.reduce((total, vector) => total + vector[row] * vector[column], 0),
                9,
              );
        },
      ),
      { seed: 17, numRuns: 50 },
    );
  });
});
