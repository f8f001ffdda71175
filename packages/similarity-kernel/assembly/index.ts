/**
 * Dot products of one vector with many, whose components are bytes.
 *
 * The host owns the memory: it puts the query, the vectors and a place for the results wherever it likes from `freeMemory`
 * on, and grows the memory itself. Nothing is allocated here.
 */

/** The first address that the host may use. */
export function freeMemory(): usize {
  return __heap_base;
}

/**
 * Writes the dot product of the query with each of `count` vectors.
 *
 * @param query address of `stride` 16-bit components. |component| ≤ 8191, so that a sum over 1,536 products with bytes stays
 * within 32 bits.
 * @param vectors address of `count` vectors of `stride` signed bytes, one after the other.
 * @param stride components of a vector, a multiple of 16; what is missing is padded with zeros.
 * @param products address of `count` 32-bit integers, which are written.
 */
export function dotProducts(query: usize, vectors: usize, stride: i32, count: i32, products: usize): void {
  let at = vectors;
  for (let i = 0; i < count; i += 1) {
    let even = i32x4.splat(0);
    let odd = even;
    let component = query;
    const end = at + stride;
    while (at < end) {
      const bytes = v128.load(at);
      even = i32x4.add(even, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_s(bytes), v128.load(component)));
      odd = i32x4.add(odd, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_s(bytes), v128.load(component, 16)));
      at += 16;
      component += 32;
    }
    const sum = i32x4.add(even, odd);
    store<i32>(
      products + (i << 2),
      i32x4.extract_lane(sum, 0) +
        i32x4.extract_lane(sum, 1) +
        i32x4.extract_lane(sum, 2) +
        i32x4.extract_lane(sum, 3),
    );
  }
}
