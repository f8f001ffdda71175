/** Sums of weighted samples: the output of a filter whose taps differ from one output to the next, as in resampling. */

/**
 * Writes the sums of `taps` products each: in double precision, those of even and of odd taps added up apart, and both at the
 * end.
 *
 * @param samples address of 64-bit floats: converted once each, not for every sum that they are part of.
 * @param starts address of `count` 32-bit integers: where among the samples each sum begins.
 * @param table address of 64-bit floats.
 * @param rows address of `count` 32-bit integers: where in the table each sum's taps begin.
 * @param taps products of a sum, an even number.
 * @param count sums, a multiple of four: that many are worked out side by side.
 * @param sums address of `count` 64-bit floats, which are written.
 */
export function weightedSums(
  samples: usize,
  starts: usize,
  table: usize,
  rows: usize,
  taps: i32,
  count: i32,
  sums: usize,
): void {
  const bytes = taps << 3;
  for (let at = 0; at < count; at += 4) {
    const start = starts + (at << 2);
    const row = rows + (at << 2);
    let sample0 = samples + (load<i32>(start) << 3);
    let sample1 = samples + (load<i32>(start, 4) << 3);
    let sample2 = samples + (load<i32>(start, 8) << 3);
    let sample3 = samples + (load<i32>(start, 12) << 3);
    let tap0 = table + (load<i32>(row) << 3);
    let tap1 = table + (load<i32>(row, 4) << 3);
    let tap2 = table + (load<i32>(row, 8) << 3);
    let tap3 = table + (load<i32>(row, 12) << 3);
    const end = tap0 + bytes;
    let sum0 = f64x2.splat(0);
    let sum1 = sum0;
    let sum2 = sum0;
    let sum3 = sum0;
    while (tap0 < end) {
      sum0 = f64x2.add(sum0, f64x2.mul(v128.load(sample0), v128.load(tap0)));
      sum1 = f64x2.add(sum1, f64x2.mul(v128.load(sample1), v128.load(tap1)));
      sum2 = f64x2.add(sum2, f64x2.mul(v128.load(sample2), v128.load(tap2)));
      sum3 = f64x2.add(sum3, f64x2.mul(v128.load(sample3), v128.load(tap3)));
      sample0 += 16;
      sample1 += 16;
      sample2 += 16;
      sample3 += 16;
      tap0 += 16;
      tap1 += 16;
      tap2 += 16;
      tap3 += 16;
    }
    const to = sums + (at << 3);
    store<f64>(to, laneSum(sum0));
    store<f64>(to, laneSum(sum1), 8);
    store<f64>(to, laneSum(sum2), 16);
    store<f64>(to, laneSum(sum3), 24);
  }
}

/**
 * The same where all sums have the same taps and each begins two samples behind the one before, as when a rate is halved: taps
 * are loaded once for eight sums, and one address tells where all their samples are.
 *
 * @param samples address of 64-bit floats; `taps + 2 · count` of them are read.
 * @param table address of the taps, 64-bit floats.
 * @param taps products of a sum, an even number.
 * @param count sums, a multiple of eight.
 * @param sums address of `count` 64-bit floats, which are written.
 */
export function halvingSums(samples: usize, table: usize, taps: i32, count: i32, sums: usize): void {
  const end = table + (taps << 3);
  for (let at = 0; at < count; at += 8) {
    let sample = samples + (at << 4);
    let sum0 = f64x2.splat(0);
    let sum1 = sum0;
    let sum2 = sum0;
    let sum3 = sum0;
    let sum4 = sum0;
    let sum5 = sum0;
    let sum6 = sum0;
    let sum7 = sum0;
    for (let tap = table; tap < end; tap += 16) {
      const weight = v128.load(tap);
      sum0 = f64x2.add(sum0, f64x2.mul(v128.load(sample), weight));
      sum1 = f64x2.add(sum1, f64x2.mul(v128.load(sample, 16), weight));
      sum2 = f64x2.add(sum2, f64x2.mul(v128.load(sample, 32), weight));
      sum3 = f64x2.add(sum3, f64x2.mul(v128.load(sample, 48), weight));
      sum4 = f64x2.add(sum4, f64x2.mul(v128.load(sample, 64), weight));
      sum5 = f64x2.add(sum5, f64x2.mul(v128.load(sample, 80), weight));
      sum6 = f64x2.add(sum6, f64x2.mul(v128.load(sample, 96), weight));
      sum7 = f64x2.add(sum7, f64x2.mul(v128.load(sample, 112), weight));
      sample += 16;
    }
    const to = sums + (at << 3);
    store<f64>(to, laneSum(sum0));
    store<f64>(to, laneSum(sum1), 8);
    store<f64>(to, laneSum(sum2), 16);
    store<f64>(to, laneSum(sum3), 24);
    store<f64>(to, laneSum(sum4), 32);
    store<f64>(to, laneSum(sum5), 40);
    store<f64>(to, laneSum(sum6), 48);
    store<f64>(to, laneSum(sum7), 56);
  }
}

function laneSum(sums: v128): f64 {
  return f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
}
