/** Hz; from here up half-octave bands hold enough bins for flatness to mean something, to the top of the partials. */
const LOWEST = 170;
const HIGHEST = 8000;
/** Added to every power, so that silence has a logarithm. */
const LEAST_POWER = 1e-20;
/** Powers that are multiplied before the logarithm is taken: 10⁻²⁰ each, they are far from what a double can't hold. */
const PRODUCT = 8;

/**
 * Spectral flatness (geometric over arithmetic mean of the power: Johnston 1988; MPEG-7 AudioSpectrumFlatness) in
 * half-octave bands, averaged with their energy as weight, so that coloured noise is as flat as white and a quiet hiss
 * above the partials doesn't hide them. About 0.55 for noise, under 0.2 for piano tones; 0 for silence.
 */
export function createFlatness(
  sampleRate: number,
  windowLength: number,
): (magnitudes: Float32Array) => number {
  const edges: number[] = [];
  for (let frequency = LOWEST; frequency <= HIGHEST; frequency *= Math.SQRT2) {
    edges.push(Math.round((frequency * windowLength) / sampleRate));
  }
  return (magnitudes) => {
    let weighted = 0;
    let total = 0;
    for (let band = 0; band + 1 < edges.length; band += 1) {
      const bins = edges[band + 1] - edges[band];
      let logarithms = 0;
      let energy = 0;
      for (let bin = edges[band]; bin < edges[band + 1]; ) {
        const end = Math.min(edges[band + 1], bin + PRODUCT);
        let product = 1;
        for (; bin < end; bin += 1) {
          const power = magnitudes[bin] * magnitudes[bin] + LEAST_POWER;
          product *= power;
          energy += power;
        }
        logarithms += Math.log(product);
      }
      weighted += Math.exp(logarithms / bins) * bins;
      total += energy;
    }
    return total < 1e-14 ? 0 : weighted / total;
  };
}

/** Frequency in Hz of the strongest bin, refined by a parabola through the log magnitudes around it (Smith, SASP). */
export function peakFrequency(magnitudes: Float32Array, sampleRate: number, windowLength: number): number {
  let peak = 1;
  for (let bin = 2; bin < magnitudes.length - 1; bin += 1) {
    if (magnitudes[bin] > magnitudes[peak]) peak = bin;
  }
  const left = Math.log(magnitudes[peak - 1] + 1e-12);
  const centre = Math.log(magnitudes[peak] + 1e-12);
  const right = Math.log(magnitudes[peak + 1] + 1e-12);
  const curvature = left - 2 * centre + right;
  const shift = curvature < 0 ? (0.5 * (left - right)) / curvature : 0;
  return ((peak + shift) * sampleRate) / windowLength;
}
