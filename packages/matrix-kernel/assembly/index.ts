/**
 * Products of matrices: what fits of networks and of kernel regressions spend their time on.
 *
 * The host owns the memory: it puts matrices wherever it likes from `freeMemory` on, at multiples of sixteen bytes, and grows the
 * memory itself. Nothing is allocated here.
 */

/** The first address that the host may use. */
export function freeMemory(): usize {
  return __heap_base;
}

/**
 * Writes the product of two matrices, in single precision: `out[row][column] = Σ a[row][i] · b[i][column]`. Products are added up
 * in order of i.
 *
 * @param a address of 32-bit floats: `a[row][i]` is at `row · rowStride + i · innerStride`, so that a transposed matrix can be
 * read as it lies.
 * @param b address of `inner` rows of `columns` floats.
 * @param out address of `rows` rows of `columns` floats, which are written.
 * @param columns a multiple of 16: that many, of two rows, are worked out side by side.
 */
export function product(
  a: usize,
  rowStride: i32,
  innerStride: i32,
  b: usize,
  out: usize,
  rows: i32,
  inner: i32,
  columns: i32,
): void {
  const step = (<usize>innerStride) << 2;
  const width = (<usize>columns) << 2;
  for (let row = 0; row < rows; row += 2) {
    // Of an odd number of rows the last is worked out twice.
    const other = row + 1 < rows ? row + 1 : row;
    for (let column: usize = 0; column < width; column += 64) {
      let first = a + ((<usize>(row * rowStride)) << 2);
      let second = a + ((<usize>(other * rowStride)) << 2);
      let from = b + column;
      let sum0 = f32x4.splat(0);
      let sum1 = sum0;
      let sum2 = sum0;
      let sum3 = sum0;
      let other0 = sum0;
      let other1 = sum0;
      let other2 = sum0;
      let other3 = sum0;
      for (let i = 0; i < inner; i += 1) {
        const b0 = v128.load(from);
        const b1 = v128.load(from, 16);
        const b2 = v128.load(from, 32);
        const b3 = v128.load(from, 48);
        const factor = v128.load_splat<f32>(first);
        sum0 = f32x4.add(sum0, f32x4.mul(factor, b0));
        sum1 = f32x4.add(sum1, f32x4.mul(factor, b1));
        sum2 = f32x4.add(sum2, f32x4.mul(factor, b2));
        sum3 = f32x4.add(sum3, f32x4.mul(factor, b3));
        const otherFactor = v128.load_splat<f32>(second);
        other0 = f32x4.add(other0, f32x4.mul(otherFactor, b0));
        other1 = f32x4.add(other1, f32x4.mul(otherFactor, b1));
        other2 = f32x4.add(other2, f32x4.mul(otherFactor, b2));
        other3 = f32x4.add(other3, f32x4.mul(otherFactor, b3));
        first += step;
        second += step;
        from += width;
      }
      let to = out + <usize>row * width + column;
      v128.store(to, sum0);
      v128.store(to, sum1, 16);
      v128.store(to, sum2, 32);
      v128.store(to, sum3, 48);
      to = out + <usize>other * width + column;
      v128.store(to, other0);
      v128.store(to, other1, 16);
      v128.store(to, other2, 32);
      v128.store(to, other3, 48);
    }
  }
}

/**
 * Adds the outer products xᵀx of vectors to a symmetric matrix, in double precision: to its lower half, and to what of the
 * upper one lies in the 4 × 4 blocks on the diagonal. Products are added up in order of the vectors.
 *
 * @param panels address of the vectors' 64-bit floats: four components of each vector, then the next four of each, and so on.
 * @param count vectors.
 * @param width components of a vector, a multiple of 4.
 * @param matrix address of `width` rows of `width` 64-bit floats.
 */
export function addOuterProducts(panels: usize, count: i32, width: i32, matrix: usize): void {
  const panel = (<usize>count) << 5;
  const stride = (<usize>width) << 3;
  let left = panels;
  for (let row = 0; row < width; row += 4) {
    let right = panels;
    for (let column = 0; column <= row; column += 4) {
      let a = left;
      let b = right;
      let sum00 = f64x2.splat(0);
      let sum01 = sum00;
      let sum10 = sum00;
      let sum11 = sum00;
      let sum20 = sum00;
      let sum21 = sum00;
      let sum30 = sum00;
      let sum31 = sum00;
      for (let i = 0; i < count; i += 1) {
        const b0 = v128.load(b);
        const b1 = v128.load(b, 16);
        const a0 = v128.load_splat<f64>(a);
        sum00 = f64x2.add(sum00, f64x2.mul(a0, b0));
        sum01 = f64x2.add(sum01, f64x2.mul(a0, b1));
        const a1 = v128.load_splat<f64>(a, 8);
        sum10 = f64x2.add(sum10, f64x2.mul(a1, b0));
        sum11 = f64x2.add(sum11, f64x2.mul(a1, b1));
        const a2 = v128.load_splat<f64>(a, 16);
        sum20 = f64x2.add(sum20, f64x2.mul(a2, b0));
        sum21 = f64x2.add(sum21, f64x2.mul(a2, b1));
        const a3 = v128.load_splat<f64>(a, 24);
        sum30 = f64x2.add(sum30, f64x2.mul(a3, b0));
        sum31 = f64x2.add(sum31, f64x2.mul(a3, b1));
        a += 32;
        b += 32;
      }
      let to = matrix + <usize>row * stride + ((<usize>column) << 3);
      addPair(to, sum00, sum01);
      to += stride;
      addPair(to, sum10, sum11);
      to += stride;
      addPair(to, sum20, sum21);
      to += stride;
      addPair(to, sum30, sum31);
      right += panel;
    }
    left += panel;
  }
}

function addPair(to: usize, first: v128, second: v128): void {
  v128.store(to, f64x2.add(v128.load(to), first));
  v128.store(to, f64x2.add(v128.load(to, 16), second), 16);
}
