/** Counts of latencies in bins of growing width: small, and two of them add up to one. */
export type LatencyHistogram = readonly number[];

/** Bins a doubling: neighbouring bin edges differ by 19 %, so a percentile is within that of the truth. */
const BINS_PER_OCTAVE = 4;
/** 17 octaves above a millisecond are 131 s: longer than any request. */
const BINS = 17 * BINS_PER_OCTAVE + 1;

/** A histogram before the first request. */
export const EMPTY_HISTOGRAM: LatencyHistogram = new Array<number>(BINS).fill(0);

/**
 * Adds one latency, in milliseconds; what is below one millisecond counts as one, and so does what is negative
 * because the clock was set back meanwhile.
 */
export function addLatency(histogram: LatencyHistogram, milliseconds: number): LatencyHistogram {
  const bin = Math.min(BINS - 1, Math.ceil(Math.log2(Math.max(1, milliseconds)) * BINS_PER_OCTAVE));
  return histogram.with(bin, (histogram[bin] ?? 0) + 1);
}

/** The sum of two histograms, bin by bin. */
export function addHistograms(one: LatencyHistogram, other: LatencyHistogram): LatencyHistogram {
  return one.map((count, bin) => count + (other[bin] ?? 0));
}

/**
 * The latency in milliseconds that a share of the requests stayed within: the upper edge of the bin where the
 * share is reached (nearest-rank percentile).
 *
 * @param share 0 to 1.
 */
export function percentile(histogram: LatencyHistogram, share: number): number {
  const total = histogram.reduce((sum, count) => sum + count, 0);
  if (total === 0) return 0;
  let below = 0;
  const bin = histogram.findIndex((count) => {
    below += count;
    return below >= share * total;
  });
  return Math.round(2 ** (bin / BINS_PER_OCTAVE) * 10) / 10;
}
