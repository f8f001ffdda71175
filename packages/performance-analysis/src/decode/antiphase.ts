/** Takes the sum of two channels apart from their difference, over a whole recording. */
export type AntiphaseGuard = {
  /** Puts `side` in place of `mono` where the channels cancel each other out in all that was given so far. Lengths are equal. */
  apply(mono: Float32Array, side: Float32Array): void;
};

/**
 * Energy of half the channels' difference over that of half their sum, from which the channels are in antiphase: 10 dB. Of
 * microphones that are wide apart both are about the same; only a channel whose plug or cable is the wrong way round, or what
 * was made for "vocal removal", comes near.
 */
const ANTIPHASE_RATIO = 10;

/**
 * Listens to the difference of two channels in place of their sum where the sum is silent although both sound: of a right channel
 * that is the left one upside down the difference is the left one. Decided by the energies from the start up to and with each
 * block, so that it doesn't depend on how the file was read, and seldom changes after the first second of sound.
 */
export function createAntiphaseGuard(): AntiphaseGuard {
  let sum = 0;
  let difference = 0;
  return {
    apply(mono, side) {
      // Both in one loop, and in variables of its own: the processor goes on with the one sum while it waits for the other.
      let ofMono = sum;
      let ofSide = difference;
      for (let index = 0; index < mono.length; index += 1) {
        ofMono += mono[index] * mono[index];
        ofSide += side[index] * side[index];
      }
      sum = ofMono;
      difference = ofSide;
      if (difference > ANTIPHASE_RATIO * sum) mono.set(side);
    },
  };
}
