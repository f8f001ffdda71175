import { centsOf, type FramePartials } from "./partials.ts";

/** Partials of a note that are looked for. */
export const PARTIALS = 12;
/** Cents by which a partial may lie off where the string's stiffness puts it: two strings of one key beat within that. */
const TOLERANCE = 14;
/** Cents by which the fundamental may lie off its key: recordings and pianos are out of tune. */
const OUT_OF_TUNE = 60;
/** Cents from one tuning that is tried to the next. */
const TUNING_STEP = 3;
/** Tunings that are tried, in cents over the key. */
const TUNINGS = Array.from(
  { length: (2 * OUT_OF_TUNE) / TUNING_STEP + 1 },
  (_, index) => TUNING_STEP * index - OUT_OF_TUNE,
);
/** Coefficients tried, as powers of ten from 10⁻⁵ˑ⁵ (a violin's string, or a pipe) to 10⁻²ˑ⁵ (a piano's highest octave). */
const EXPONENTS = Array.from({ length: 16 }, (_, index) => -5.5 + 0.2 * index);
/** Fewest partials from which stiffness can be told. */
const FEWEST = 4;
/** dB under the strongest partial at which a partial counts nothing; nearer ones count the more. */
const AUDIBLE_DB = 50;

/** How far each partial lies over the multiple of the fundamental, in cents, for each coefficient tried. */
const STRETCH = EXPONENTS.map((exponent) =>
  Float64Array.from({ length: PARTIALS }, (_, index) => stretch(10 ** exponent, index + 1)),
);
const MULTIPLES = Float64Array.from({ length: PARTIALS }, (_, index) => 1200 * Math.log2(index + 1));

/** Cents of partial n over n times the fundamental of the same string without stiffness: f = n f₀ √(1 + B n²) (Fletcher 1964). */
function stretch(coefficient: number, partial: number): number {
  return 600 * Math.log2(1 + coefficient * partial * partial);
}

/** What the partials of a note tell of its string. */
export interface Stiffness {
  /** ln of the inharmonicity coefficient B over that of a piano's key at this pitch: 0 is a piano, −3 a twentieth of it. */
  readonly overPiano: number;
  /** How much better the partials fit that B than none at all, and than that of a piano: 0 (no better) to 1. */
  readonly overNone: number;
  readonly pianoMisfit: number;
  /** Partials that were found, 0 to 12. */
  readonly found: number;
  /** Level of each partial in dB relative to the strongest, −50 for one that wasn't found. */
  readonly levels: readonly number[];
  /** Fundamental over its key, in cents. */
  readonly tuning: number;
}

/**
 * Typical inharmonicity coefficient of a piano's strings at a MIDI pitch: ln B is the sum of two lines, one for the bass's wound
 * strings, one for the plain ones (Rigaud, David & Daudet 2013, mean of several pianos).
 */
export function pianoCoefficient(pitch: number): number {
  return Math.exp(-0.0847 * pitch - 5.82) + Math.exp(0.0926 * pitch - 13.64);
}

/** Where the string of a key, tuned to 440 Hz and as stiff as is typical, has its partials: cents over 55 Hz, ascending. */
export function partialsOfKey(pitch: number): number[] {
  const key = centsOf(440 * 2 ** ((pitch - 69) / 12));
  const coefficient = pianoCoefficient(pitch);
  return Array.from(
    MULTIPLES,
    (multiple, index) => key + multiple + stretch(coefficient, index + 1) - stretch(coefficient, 1),
  );
}

/** The stiffness of the string that sounds at a pitch; null where too few of its partials are heard. */
export function findStiffness(frame: FramePartials, pitch: number): Stiffness | null {
  const key = centsOf(440 * 2 ** ((pitch - 69) / 12));
  const candidates = candidatesFor(frame, key);
  const scores = scoresOf(candidates, key);
  let best = { score: 0, fit: 0, tuning: 0 };
  const perFit = new Float64Array(EXPONENTS.length);
  TUNINGS.forEach((tuning, row) => {
    for (let fit = 0; fit < EXPONENTS.length; fit += 1) {
      const score = scores[row * EXPONENTS.length + fit];
      if (score > perFit[fit]) perFit[fit] = score;
      if (score > best.score) best = { score, fit, tuning };
    }
  });
  const levels = candidates.map((list, index) =>
    levelAt(list, key + best.tuning + MULTIPLES[index] + STRETCH[best.fit][index]),
  );
  const found = levels.filter((level) => level > -AUDIBLE_DB).length;
  if (found < FEWEST) return null;
  const piano = Math.log10(pianoCoefficient(pitch));
  const asPiano = EXPONENTS.reduce(
    (most, exponent, fit) => (Math.abs(exponent - piano) < 0.35 ? Math.max(most, perFit[fit]) : most),
    0,
  );
  return {
    overPiano: Math.LN10 * (EXPONENTS[best.fit] - piano),
    overNone: 1 - perFit[0] / best.score,
    pianoMisfit: 1 - asPiano / best.score,
    found,
    levels,
    tuning: best.tuning,
  };
}

/** A peak that may be a certain partial of the note. */
interface Candidate {
  /** Cents over 55 Hz. */
  readonly cents: number;
  /** dB relative to the strongest candidate of all partials. */
  readonly level: number;
}

/** The peaks that may be each of the partials, however out of tune and stiff the string is. */
function candidatesFor({ cents, levels }: FramePartials, key: number): Candidate[][] {
  const ranges = Array.from({ length: PARTIALS }, (_, index) => {
    const from = key + MULTIPLES[index] - OUT_OF_TUNE - TOLERANCE;
    const to = key + MULTIPLES[index] + OUT_OF_TUNE + TOLERANCE + stretch(10 ** EXPONENTS[15], index + 1);
    const list: Candidate[] = [];
    for (let peak = firstAbove(cents, from); peak < cents.length && cents[peak] <= to; peak += 1) {
      list.push({ cents: cents[peak], level: levels[peak] });
    }
    return list;
  });
  const top = Math.max(...ranges.flat().map(({ level }) => level));
  return ranges.map((list) => list.map(({ cents, level }) => ({ cents, level: level - top })));
}

/** What a candidate gains as the partial that should lie at a place: 0, where it doesn't, to 1. */
function gainOf({ cents, level }: Candidate, place: number): number {
  const off = Math.abs(cents - place) / TOLERANCE;
  return off >= 1 ? 0 : Math.max(0, 1 + level / AUDIBLE_DB) * (1 - off * off);
}

/** How well the candidates fit a string of each tuning and stiffness: the sum of its partials' gains, tuning by tuning. */
function scoresOf(candidates: readonly (readonly Candidate[])[], key: number): Float64Array {
  const scores = new Float64Array(TUNINGS.length * EXPONENTS.length);
  const gains = new Float64Array(TUNINGS.length);
  for (let partial = 0; partial < PARTIALS; partial += 1) {
    const list = candidates[partial];
    if (list.length === 0) continue;
    for (let fit = 0; fit < EXPONENTS.length; fit += 1) {
      gains.fill(0);
      for (let index = 0; index < list.length; index += 1) raiseGains(gains, list[index], key, partial, fit);
      for (let row = 0; row < TUNINGS.length; row += 1) scores[row * EXPONENTS.length + fit] += gains[row];
    }
  }
  return scores;
}

/** Raises each tuning's gain to what a candidate gains as that partial of a string of that stiffness. */
function raiseGains(
  gains: Float64Array,
  candidate: Candidate,
  key: number,
  partial: number,
  fit: number,
): void {
  const multiple = MULTIPLES[partial];
  const stretched = STRETCH[fit][partial];
  // Tunings that put the partial near enough to it; the others needn't be asked.
  const tuning = candidate.cents - key - multiple - stretched;
  const first = Math.max(0, Math.floor((tuning - TOLERANCE + OUT_OF_TUNE) / TUNING_STEP));
  const last = Math.min(TUNINGS.length - 1, Math.ceil((tuning + TOLERANCE + OUT_OF_TUNE) / TUNING_STEP));
  for (let row = first; row <= last; row += 1) {
    gains[row] = Math.max(gains[row], gainOf(candidate, key + TUNINGS[row] + multiple + stretched));
  }
}

/** Level of the candidate that gains most as the partial at a place, −50 at least and where there is none. */
function levelAt(candidates: readonly Candidate[], place: number): number {
  let most = 0;
  let found = -AUDIBLE_DB;
  for (const candidate of candidates) {
    const gain = gainOf(candidate, place);
    if (gain <= most) continue;
    most = gain;
    found = Math.max(-AUDIBLE_DB, candidate.level);
  }
  return found;
}

/** Index of the first of the ascending values that isn't below `least`. */
function firstAbove(ascending: Float64Array, least: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle] < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
