/** One band of the filterbank: weights of the spectrum's bins from `first` on; they add up to 1. */
export type Band = { readonly first: number; readonly weights: Float32Array };

/** Hz; the lowest A of the piano, and the highest partials that a recording reliably has. */
const LOWEST = 27.5;
const HIGHEST = 10_000;
/** Bands per octave: a semitone each, where the bins are fine enough (Böck & Widmer 2013 use a quarter tone). */
const BANDS_PER_OCTAVE = 12;

/** Overlapping triangular bands on a logarithmic axis; bands that would share their centre bin are merged. */
export function createFilterbank(sampleRate: number, windowLength: number): Band[] {
  const binWidth = sampleRate / windowLength;
  const centres: number[] = [];
  const bands = Math.floor(Math.log2(HIGHEST / LOWEST) * BANDS_PER_OCTAVE);
  for (let band = -1; band <= bands + 1; band += 1) {
    const bin = Math.round((LOWEST * 2 ** (band / BANDS_PER_OCTAVE)) / binWidth);
    if (bin > 0 && bin < windowLength / 2 && bin !== centres.at(-1)) centres.push(bin);
  }
  return centres.slice(1, -1).map((centre, index) => triangle(centres[index], centre, centres[index + 2]));
}

function triangle(left: number, centre: number, right: number): Band {
  const first = left + 1;
  const weights = new Float32Array(right - left - 1);
  let sum = 0;
  for (let index = 0; index < weights.length; index += 1) {
    const bin = first + index;
    weights[index] = bin <= centre ? (bin - left) / (centre - left) : (right - bin) / (right - centre);
    sum += weights[index];
  }
  return { first, weights: weights.map((weight) => weight / sum) };
}
