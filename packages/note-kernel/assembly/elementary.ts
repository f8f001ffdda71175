/** Elementary functions on four floats at once. */

/** a · b + c, rounded once where the processor can. */
export function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  return f32x4.relaxed_madd(a, b, c);
}

/** c − a · b. */
export function multiplySubtract(a: v128, b: v128, c: v128): v128 {
  return f32x4.relaxed_nmadd(a, b, c);
}

function step(polynomial: v128, x: v128, coefficient: f32): v128 {
  return multiplyAdd(polynomial, x, f32x4.splat(coefficient));
}

/** Natural logarithm of positive, normal numbers; polynomial of the Cephes library's logf (S. Moshier), 2⁻²³ relative. */
export function logarithm(x: v128): v128 {
  const bits = i32x4.sub(x, i32x4.splat(0x3f3504f3)); // √½, so that the mantissa lies in √½ … √2
  const exponent = f32x4.convert_i32x4_s(i32x4.shr_s(bits, 23));
  const mantissa = i32x4.add(v128.and(bits, i32x4.splat(0x007fffff)), i32x4.splat(0x3f3504f3));
  const m = f32x4.sub(mantissa, f32x4.splat(1));
  let p = f32x4.splat(7.0376836292e-2);
  p = step(p, m, -1.151461031e-1);
  p = step(p, m, 1.167699874e-1);
  p = step(p, m, -1.2420140846e-1);
  p = step(p, m, 1.4249322787e-1);
  p = step(p, m, -1.6668057665e-1);
  p = step(p, m, 2.0000714765e-1);
  p = step(p, m, -2.4999993993e-1);
  p = step(p, m, 3.3333331174e-1);
  const square = f32x4.mul(m, m);
  let y = f32x4.mul(f32x4.mul(p, m), square);
  y = multiplyAdd(exponent, f32x4.splat(-2.1219444e-4), y); // ln 2 in two parts
  y = multiplyAdd(square, f32x4.splat(-0.5), y);
  return multiplyAdd(exponent, f32x4.splat(0.693359375), f32x4.add(m, y));
}

/** 1 / (1 + e⁻ˣ); exponential by the polynomial of the Cephes library's expf. */
export function sigmoid(x: v128): v128 {
  const z = f32x4.max(f32x4.min(f32x4.neg(x), f32x4.splat(80)), f32x4.splat(-80));
  const whole = f32x4.nearest(f32x4.mul(z, f32x4.splat(Mathf.LOG2E)));
  let r = multiplySubtract(whole, f32x4.splat(0.693359375), z);
  r = multiplySubtract(whole, f32x4.splat(-2.1219444e-4), r);
  let p = f32x4.splat(1.98756915e-4);
  p = step(p, r, 1.3981999507e-3);
  p = step(p, r, 8.3334519073e-3);
  p = step(p, r, 4.1665795894e-2);
  p = step(p, r, 1.6666665459e-1);
  p = step(p, r, 5.0000001201e-1);
  p = f32x4.add(multiplyAdd(p, f32x4.mul(r, r), r), f32x4.splat(1));
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(whole), i32x4.splat(127)), 23);
  return f32x4.div(f32x4.splat(1), multiplyAdd(p, power, f32x4.splat(1)));
}

/** The sums of four vectors' lanes, as one vector. */
export function laneSums(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7));
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
}
