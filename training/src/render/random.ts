/** Chance by seed: the same text gives the same numbers everywhere, so that every render can be made again. */

/** A source of seeded random numbers. */
export interface Random {
  /** An even spread over [0, 1). */
  next(): number;
  /** An even spread over [low, high). */
  uniform(low: number, high: number): number;
  /** An even spread of the logarithm over [low, high), both positive: for frequencies, times, ratios. */
  logUniform(low: number, high: number): number;
  /** Normally distributed, mean 0, standard deviation 1. */
  normal(): number;
  /** True with this probability, 0 to 1. */
  chance(probability: number): boolean;
  /** One of the items, each as likely as its neighbours. Throws if there are none. */
  pick<Item>(items: readonly Item[]): Item;
  /** A source of its own for one purpose: what it is used for doesn't shift the numbers of another purpose. */
  fork(purpose: string): Random;
}

/** 32-bit FNV-1a hash of a text's UTF-16 code units, from a start value. */
function hash(text: string, start: number): number {
  let state = start;
  for (let i = 0; i < text.length; i++) state = Math.imul(state ^ text.charCodeAt(i), 0x01000193);
  // Finaliser of MurmurHash3: a change of one letter must change all bits.
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return (state ^ (state >>> 16)) | 0;
}

/** The numbers of a seed: sfc32 (Chris Doty-Humphrey, PractRand), 128 bits of state. */
export function createRandom(seed: string): Random {
  let a = hash(seed, 0x811c9dc5 | 0);
  let b = hash(seed, 0x1b873593);
  let c = hash(seed, 0x5bd1e995);
  let counter = 1;

  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  // Bring the seed into all of the state, as the algorithm's author does.
  for (let i = 0; i < 12; i++) next();

  const uniform = (low: number, high: number): number => low + (high - low) * next();
  return {
    next,
    uniform,
    logUniform: (low, high) => low * (high / low) ** next(),
    // Box and Muller (1958); 1 − next() is never 0.
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    chance: (probability) => next() < probability,
    pick(items) {
      const item = items[Math.floor(next() * items.length)];
      if (item === undefined) throw new Error("nothing to pick from");
      return item;
    },
    fork: (purpose) => createRandom(`${seed}/${purpose}`),
  };
}
