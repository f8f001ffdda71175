import { pseudoRandom } from "../piano.ts";

/** Two channels of a made-up performance: decaying notes to the left and right, castanets, a burst of noise. */
export function performance(seconds: number, sampleRate: number): [Float32Array, Float32Array] {
  const length = Math.round(seconds * sampleRate);
  const left = new Float32Array(length);
  const right = new Float32Array(length);
  for (let note = 0; note * 0.3 < seconds; note += 1) {
    const frequency = 220 * 2 ** (((note * 7) % 24) / 12);
    const pan = (note % 3) / 2;
    const start = Math.round((0.05 + note * 0.3) * sampleRate);
    for (let partial = 1; partial <= 6 && frequency * partial < sampleRate / 2.3; partial += 1) {
      const step = (2 * Math.PI * frequency * partial) / sampleRate;
      for (let at = start; at < length; at += 1) {
        const time = (at - start) / sampleRate;
        const sound = (0.2 / partial) * Math.exp(-time * (2 + partial)) * Math.sin(step * (at - start));
        left[at] += sound * (1 - pan);
        right[at] += sound * (0.3 + 0.7 * pan);
      }
    }
  }
  const random = pseudoRandom(7);
  for (let click = 0.21; click < seconds; click += 0.37) {
    const start = Math.round(click * sampleRate);
    for (let at = start; at < Math.min(length, start + sampleRate * 0.02); at += 1) {
      const sound = 0.5 * Math.exp((-(at - start) / sampleRate) * 400) * (2 * random() - 1);
      left[at] += sound;
      right[at] += sound * 0.8;
    }
  }
  for (let at = Math.round(0.6 * sampleRate); at < Math.min(length, 0.8 * sampleRate); at += 1) {
    left[at] += 0.05 * (2 * random() - 1);
    right[at] += 0.05 * (2 * random() - 1);
  }
  return [left, right];
}
