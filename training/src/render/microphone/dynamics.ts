/** What recorders do to loudness: automatic gain, compression, limiting, clipping. */

/** A feed-forward compressor; levels in dB against the sound's peak, times in seconds. */
export interface Compressor {
  readonly threshold: number;
  /** Input dB for one more output dB, above the threshold; 1 does nothing. */
  readonly ratio: number;
  readonly attack: number;
  readonly release: number;
}

/** Samples between two settings of the gain; in between it moves in a straight line. */
const STEP = 32;
/** No level is taken to be below this, in dB against the peak. */
const FLOOR = -100;

/** The largest magnitude in any of the channels. */
export function peakOf(channels: readonly Float32Array[]): number {
  let peak = 0;
  for (const channel of channels) {
    for (let i = 0; i < channel.length; i++) {
      const value = Math.abs(channel[i]);
      if (value > peak) peak = value;
    }
  }
  return peak;
}

/** Compresses channels together, in place, at a sample rate in hertz. */
export function compress(channels: readonly Float32Array[], compressor: Compressor, rate: number): void {
  const { threshold, ratio, attack, release } = compressor;
  const length = channels[0]?.length ?? 0;
  const peak = peakOf(channels);
  if (peak === 0 || ratio === 1) return;
  const rising = Math.exp(-STEP / (attack * rate));
  const falling = Math.exp(-STEP / (release * rate));
  let level = FLOOR;
  let gain = 1;
  for (let start = 0; start < length; start += STEP) {
    const end = Math.min(length, start + STEP);
    let most = 0;
    for (const channel of channels) {
      for (let i = start; i < end; i++) most = Math.max(most, Math.abs(channel[i]));
    }
    const now = Math.max(FLOOR, 20 * Math.log10(most / peak + 1e-9));
    const smoothing = now > level ? rising : falling;
    level = now + smoothing * (level - now);
    const over = Math.max(0, level - threshold);
    const wanted = 10 ** ((over * (1 / ratio - 1)) / 20);
    const slope = (wanted - gain) / STEP;
    for (const channel of channels) {
      for (let i = start; i < end; i++) channel[i] *= gain + slope * (i - start + 1);
    }
    gain = wanted;
  }
}

/** Bends what exceeds ±`ceiling` smoothly towards ±1.25 `ceiling` (soft) or cuts it off there (hard), in place. */
export function limit(sound: Float32Array, ceiling: number, soft: boolean): void {
  const room = 0.25 * ceiling;
  for (let i = 0; i < sound.length; i++) {
    const over = Math.abs(sound[i]) - ceiling;
    if (over > 0) sound[i] = Math.sign(sound[i]) * (ceiling + (soft ? room * Math.tanh(over / room) : 0));
  }
}
