/**
 * The noise that stands for bands of which only the energy was sent (perceptual noise substitution, ISO/IEC 14496-3
 * section 4.6.13). From a generator of its own, so that the same file always sounds the same.
 */
export type NoiseGenerator = {
  /** Its state; setting it back gives the same noise again. */
  state: number;
};

/** Any start will do. */
const SEED = 0x1f2e3d4c;

export function createNoiseGenerator(): NoiseGenerator {
  return { state: SEED };
}

/** Fills the lines from `from` to before `to` with noise whose energy is `level` squared. */
export function fillWithNoise(
  generator: NoiseGenerator,
  lines: Float32Array,
  from: number,
  to: number,
  level: number,
): void {
  let { state } = generator;
  let energy = 0;
  for (let line = from; line < to; line += 1) {
    // The linear congruential generator of Numerical Recipes, second edition, section 7.1.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    const value = state / 2 ** 31;
    lines[line] = value;
    energy += value * value;
  }
  generator.state = state;
  const scale = energy > 0 ? level / Math.sqrt(energy) : 0;
  for (let line = from; line < to; line += 1) lines[line] *= scale;
}
