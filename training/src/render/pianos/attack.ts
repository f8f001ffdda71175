/** Where a sound begins. */

/** The part of the peak at which an attack is taken to begin. */
const ATTACK = 0.1;

/**
 * The frame (sample of each channel) at which interleaved audio first reaches a tenth of its peak in [from, to).
 * 0-based, counted from the start of the audio. Silence gives `from`.
 */
export function findAttack(
  audio: Int16Array | Float32Array,
  channels: number,
  from = 0,
  to = audio.length / channels,
): number {
  let peak = 0;
  for (let i = from * channels; i < to * channels; i++) peak = Math.max(peak, Math.abs(audio[i] ?? 0));
  for (let i = from * channels; i < to * channels; i++) {
    if (peak > 0 && Math.abs(audio[i] ?? 0) >= ATTACK * peak) return Math.floor(i / channels);
  }
  return from;
}
