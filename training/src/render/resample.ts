/** From 44.1 kHz to 22.05 kHz, for copies that no codec touches. */

/** Taps on either side of the centre; with this window flat below 9.5 kHz, −75 dB above 13 kHz. */
const HALF = 31;

/** A half-band low-pass: sinc under a Blackman window. Every other tap but the centre's is zero. */
const KERNEL = Float64Array.from({ length: HALF + 1 }, (_, i) => {
  if (i === 0) return 0.5;
  const window =
    0.42 + 0.5 * Math.cos((Math.PI * i) / (HALF + 1)) + 0.08 * Math.cos((2 * Math.PI * i) / (HALF + 1));
  return (Math.sin((Math.PI * i) / 2) / (Math.PI * i)) * window;
});

/** Every second sample after a low-pass at half the band; sample i of the result stands at sample 2i. */
export function halveRate(sound: Float32Array): Float32Array<ArrayBuffer> {
  const result = new Float32Array(Math.floor(sound.length / 2));
  // Silence on both sides, so that the loop needn't look where the sound ends.
  const padded = new Float32Array(sound.length + 2 * HALF);
  padded.set(sound, HALF);
  for (let i = 0; i < result.length; i++) {
    const centre = 2 * i + HALF;
    let sum = 0.5 * padded[centre];
    for (let tap = 1; tap <= HALF; tap += 2) {
      sum += KERNEL[tap] * (padded[centre - tap] + padded[centre + tap]);
    }
    result[i] = sum;
  }
  return result;
}
