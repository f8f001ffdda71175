/** Level that stands for digital silence, in dB: below the quietest step of 16 bits, and a number JSON can hold. */
export const SILENCE_DB = -120;

/** Level in dB of a power (mean square) relative to full scale 1; at least SILENCE_DB. */
export function powerToDecibel(power: number): number {
  return power > 1e-12 ? 10 * Math.log10(power) : SILENCE_DB;
}
