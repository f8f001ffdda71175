/** Quarters up to which powers are kept: beyond what gains and scale factors of MP3 and AAC come to together. */
const MOST = 512;
const POWERS = Float64Array.from({ length: 2 * MOST + 1 }, (_, index) => 2 ** ((index - MOST) / 4));

/** 2 to the power of so many quarters, a whole number: gains of MP3 and AAC are in steps of 1.5 dB, hundreds in a second. */
export function quarterPower(quarters: number): number {
  return POWERS[quarters + MOST] ?? 2 ** (quarters / 4);
}
