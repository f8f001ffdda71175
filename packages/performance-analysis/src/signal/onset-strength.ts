import type { Band } from "./filterbank.ts";

/**
 * Compression of magnitudes, log10(1 + 1000 · m): a partial at −60 dB of full scale still counts a fifth of one at
 * 0 dB, noise at −90 dB almost nothing (log magnitude: Bello et al. 2005, §3; Böck & Widmer 2013).
 */
const COMPRESSION = 1000;
/** Frames that lie between the two spectra compared: 23 ms, where their windows still overlap by a half. */
const LAG = 2;

/**
 * Onset strength by spectral flux with a maximum filter (SuperFlux: Böck & Widmer, DAFx 2013), a refinement of
 * the half-wave rectified flux of Dixon (DAFx 2006): the rise of each band's log magnitude over the largest of
 * itself and its neighbours two frames ago, so that a beating string isn't a new note. Mean over bands, 0 and up.
 */
export function createOnsetStrength(filterbank: readonly Band[]): (magnitudes: Float32Array) => number {
  const history = Array.from({ length: LAG + 1 }, () => new Float32Array(filterbank.length));
  let frame = 0;
  return (magnitudes) => {
    const current = history[frame % (LAG + 1)];
    const earlier = history[(frame + 1) % (LAG + 1)];
    for (let index = 0; index < filterbank.length; index += 1) {
      const { first, weights } = filterbank[index];
      let sum = 0;
      for (let offset = 0; offset < weights.length; offset += 1) {
        sum += weights[offset] * magnitudes[first + offset];
      }
      current[index] = Math.log10(1 + COMPRESSION * sum);
    }
    let flux = 0;
    const last = filterbank.length - 1;
    for (let index = 0; index <= last; index += 1) {
      const below = index > 0 ? earlier[index - 1] : 0;
      const above = index < last ? earlier[index + 1] : 0;
      const rise = current[index] - Math.max(earlier[index], below, above);
      if (rise > 0) flux += rise;
    }
    frame += 1;
    return flux / filterbank.length;
  };
}
