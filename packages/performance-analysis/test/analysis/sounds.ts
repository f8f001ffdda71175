/** Sounds that aren't a piano, made for the tests at 22,050 samples a second. */

import { pseudoRandom } from "../piano.ts";

const RATE = 22_050;

/** Decaying bursts of noise and low thuds on a beat: a drum kit. */
export function drums(seconds: number): Float32Array {
  const random = pseudoRandom(21);
  const sound = new Float32Array(seconds * RATE);
  for (let beat = 0; beat < seconds * 4; beat += 1) {
    const first = Math.round((beat / 4) * RATE);
    const low = beat % 4 === 0;
    let phase = 0;
    for (let index = 0; index < RATE / 4 && first + index < sound.length; index += 1) {
      const time = index / RATE;
      // The skin's pitch falls as it is let go.
      phase += (2 * Math.PI * (50 + 60 * Math.exp(-30 * time))) / RATE;
      const noise = (random() - 0.5) * Math.exp(-(low ? 60 : 25) * time);
      sound[first + index] = 0.6 * (noise + (low ? Math.exp(-14 * time) * Math.sin(phase) : 0));
    }
  }
  return sound;
}

/** So many strokes a second on skins of different sizes, tuned from `lowest` Hz on: toms, whose pitch falls as they sound. */
export function toms(seconds: number, perSecond: number, lowest: number): Float32Array {
  const random = pseudoRandom(5);
  const sound = new Float32Array(seconds * RATE);
  for (let stroke = 0; stroke < seconds * perSecond; stroke += 1) {
    const first = Math.round((stroke / perSecond) * RATE);
    const frequency = lowest * (1 + 2 * random());
    let phase = 0;
    for (let index = 0; index < RATE / 2 && first + index < sound.length; index += 1) {
      const time = index / RATE;
      phase += (2 * Math.PI * frequency * (1 + 0.45 * Math.exp(-12 * time))) / RATE;
      // The modes of a round skin (Fletcher & Rossing, _The Physics of Musical Instruments_): 1, 1.59, 2.14 times the lowest.
      const skin = Math.sin(phase) + 0.4 * Math.sin(1.59 * phase) + 0.3 * Math.sin(2.14 * phase);
      sound[first + index] +=
        0.3 * Math.exp(-9 * time) * skin + 0.35 * (random() - 0.5) * Math.exp(-40 * time);
    }
  }
  return sound;
}

/** Syllables of a voice whose pitch glides all the time, with hisses between them: speech without words. */
export function speech(seconds: number): Float32Array {
  const random = pseudoRandom(33);
  const sound = new Float32Array(seconds * RATE);
  let at = 0.2;
  while (at < seconds - 0.4) {
    const length = 0.09 + 0.08 * random();
    const from = 95 + 70 * random();
    const to = from * (0.75 + 0.5 * random());
    const formants = [300 + 500 * random(), 900 + 1300 * random(), 2500];
    let phase = 0;
    for (let index = 0; index < length * RATE; index += 1) {
      const share = index / (length * RATE);
      const pitch = from + (to - from) * share;
      phase += (2 * Math.PI * pitch) / RATE;
      let voice = 0;
      for (let partial = 1; partial * pitch < 4500; partial += 1) {
        const gain = formants.reduce((sum, f) => sum + Math.exp(-(((partial * pitch - f) / 120) ** 2)), 0.02);
        voice += (gain / partial ** 0.5) * Math.sin(partial * phase);
      }
      sound[Math.round(at * RATE) + index] += 0.15 * voice * Math.sin(Math.PI * share);
    }
    at += length;
    const hiss = 0.03 + 0.05 * random();
    if (random() < 0.5) {
      for (let index = 0; index < hiss * RATE; index += 1) {
        sound[Math.round(at * RATE) + index] += 0.08 * (random() - 0.5);
      }
    }
    at += hiss * 0.7;
  }
  return sound;
}
