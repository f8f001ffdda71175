import { SYNTHESIS_WINDOW } from "./synthesis-window.ts";

const SUBBANDS = 32;
/** Times whose values are kept, and room for those of each (ISO/IEC 11172-3 section 2.4.3.2.2). */
const TIMES = 16;
const ROOM = 64;
/** Where, in the room of one time, the values begin that the odd ages use. */
const ODD = 32;

/** 1 / (2 cos(π (2k + 1) / (2 size))) for the halves of a DCT-II of this size. */
function factors(size: number): Float64Array {
  return Float64Array.from(
    { length: size / 2 },
    (_, k) => 0.5 / Math.cos((Math.PI * (2 * k + 1)) / (2 * size)),
  );
}

const FACTORS_32 = factors(32);
const FACTORS_16 = factors(16);
const [F80, F81, F82, F83] = factors(8);
const [F40, F41] = factors(4);
const F2 = Math.SQRT1_2;

const halves = new Float64Array(SUBBANDS);
const quarters = new Float64Array(SUBBANDS);
const cosines = new Float64Array(SUBBANDS);

/** The polyphase synthesis filter of one channel. */
export type SynthesisFilter = {
  /** Turns `times` · 32 sub-band samples into as many samples of sound, full scale being 1. */
  run(samples: Float64Array, times: number, sound: Float32Array, offset: number): void;
};

/** ISO/IEC 11172-3 section 2.4.3.2.2 with the matrixing done by a fast cosine transform. */
export function createSynthesisFilter(): SynthesisFilter {
  const vectors = new Float64Array(TIMES * ROOM);
  let newest = 0;
  return {
    run(samples, times, sound, offset) {
      for (let time = 0; time < times; time += 1) {
        newest = (newest + TIMES - 1) % TIMES;
        transform(samples, time * SUBBANDS);
        // Of the 64 values of the vector V, 17 differ in each half but for their sign.
        const at = newest * ROOM;
        for (let n = 0; n < 16; n += 1) vectors[at + n] = cosines[n + 16];
        for (let n = 0; n <= 16; n += 1) vectors[at + ODD + n] = -cosines[16 - n];
        applyWindow(vectors, newest, sound, offset + time * SUBBANDS);
      }
    },
  };
}

/**
 * Puts in `cosines[n]` the sum over k of samples[from + k] · cos(π n (2k + 1) / 64): a DCT-II by B. G. Lee (1984), which
 * halves it again and again, sums in one half, scaled differences in the other; neighbours of the latter's results add up
 * to the odd ones.
 */
function transform(samples: Float64Array, from: number): void {
  for (let k = 0; k < 16; k += 1) {
    const first = samples[from + k];
    const last = samples[from + 31 - k];
    halves[k] = first + last;
    halves[16 + k] = (first - last) * FACTORS_32[k];
  }
  for (let start = 0; start < 32; start += 16) {
    for (let k = 0; k < 8; k += 1) {
      const first = halves[start + k];
      const last = halves[start + 15 - k];
      quarters[start + k] = first + last;
      quarters[start + 8 + k] = (first - last) * FACTORS_16[k];
    }
  }
  for (let start = 0; start < 32; start += 8) transform8(quarters, start);
  for (let start = 0; start < 32; start += 16) {
    for (let k = 0; k < 8; k += 1) {
      const odd = quarters[start + 8 + k];
      halves[start + 2 * k] = quarters[start + k];
      halves[start + 2 * k + 1] = k < 7 ? odd + quarters[start + 9 + k] : odd;
    }
  }
  for (let k = 0; k < 16; k += 1) {
    const odd = halves[16 + k];
    cosines[2 * k] = halves[k];
    cosines[2 * k + 1] = k < 15 ? odd + halves[17 + k] : odd;
  }
}

/** The same for 8 values, in place, written out. */
function transform8(values: Float64Array, at: number): void {
  const a0 = values[at] + values[at + 7];
  const a1 = values[at + 1] + values[at + 6];
  const a2 = values[at + 2] + values[at + 5];
  const a3 = values[at + 3] + values[at + 4];
  const b0 = (values[at] - values[at + 7]) * F80;
  const b1 = (values[at + 1] - values[at + 6]) * F81;
  const b2 = (values[at + 2] - values[at + 5]) * F82;
  const b3 = (values[at + 3] - values[at + 4]) * F83;
  const c0 = a0 + a3;
  const c1 = a1 + a2;
  const d0 = (a0 - a3) * F40;
  const d1 = (a1 - a2) * F41;
  const d = (d0 - d1) * F2;
  values[at] = c0 + c1;
  values[at + 2] = d0 + d1 + d;
  values[at + 4] = (c0 - c1) * F2;
  values[at + 6] = d;
  const e0 = b0 + b3;
  const e1 = b1 + b2;
  const f0 = (b0 - b3) * F40;
  const f1 = (b1 - b2) * F41;
  const f = (f0 - f1) * F2;
  const g = (e0 - e1) * F2;
  const h = f0 + f1 + f;
  values[at + 1] = e0 + e1 + h;
  values[at + 3] = h + g;
  values[at + 5] = g + f;
  values[at + 7] = f;
}

/** Where the values of the time `age` times ago begin that serve it. */
function startOf(newest: number, age: number): number {
  return ((newest + age) % TIMES) * ROOM + (age & 1) * ODD;
}

/**
 * Sums the windowed vectors of the last 16 times, of the even ages the lower halves, of the odd ones the upper halves. Both
 * mirror themselves, so that every value serves for two samples.
 */
function applyWindow(vectors: Float64Array, newest: number, sound: Float32Array, offset: number): void {
  const a = startOf(newest, 0);
  const b = startOf(newest, 1);
  const c = startOf(newest, 2);
  const d = startOf(newest, 3);
  const e = startOf(newest, 4);
  const f = startOf(newest, 5);
  const g = startOf(newest, 6);
  const h = startOf(newest, 7);
  const i = startOf(newest, 8);
  const j = startOf(newest, 9);
  const k = startOf(newest, 10);
  const l = startOf(newest, 11);
  const m = startOf(newest, 12);
  const n = startOf(newest, 13);
  const o = startOf(newest, 14);
  const p = startOf(newest, 15);
  const window = SYNTHESIS_WINDOW;
  for (let band = 1; band < 16; band += 1) {
    const mirror = 32 - band;
    const va = vectors[a + band];
    const vb = vectors[b + band];
    const vc = vectors[c + band];
    const vd = vectors[d + band];
    const ve = vectors[e + band];
    const vf = vectors[f + band];
    const vg = vectors[g + band];
    const vh = vectors[h + band];
    const vi = vectors[i + band];
    const vj = vectors[j + band];
    const vk = vectors[k + band];
    const vl = vectors[l + band];
    const vm = vectors[m + band];
    const vn = vectors[n + band];
    const vo = vectors[o + band];
    const vp = vectors[p + band];
    sound[offset + band] =
      va * window[band] +
      vb * window[band + 32] +
      vc * window[band + 64] +
      vd * window[band + 96] +
      ve * window[band + 128] +
      vf * window[band + 160] +
      vg * window[band + 192] +
      vh * window[band + 224] +
      vi * window[band + 256] +
      vj * window[band + 288] +
      vk * window[band + 320] +
      vl * window[band + 352] +
      vm * window[band + 384] +
      vn * window[band + 416] +
      vo * window[band + 448] +
      vp * window[band + 480];
    sound[offset + mirror] =
      vb * window[mirror + 32] -
      va * window[mirror] +
      vd * window[mirror + 96] -
      vc * window[mirror + 64] +
      vf * window[mirror + 160] -
      ve * window[mirror + 128] +
      vh * window[mirror + 224] -
      vg * window[mirror + 192] +
      vj * window[mirror + 288] -
      vi * window[mirror + 256] +
      vl * window[mirror + 352] -
      vk * window[mirror + 320] +
      vn * window[mirror + 416] -
      vm * window[mirror + 384] +
      vp * window[mirror + 480] -
      vo * window[mirror + 448];
  }
  let first = 0;
  let middle = 0;
  for (let age = 0; age < TIMES; age += 1) {
    const start = startOf(newest, age);
    first += vectors[start] * window[age * 32];
    if (age % 2 === 1) middle += vectors[start + 16] * window[age * 32 + 16];
  }
  sound[offset] = first;
  sound[offset + 16] = middle;
}
