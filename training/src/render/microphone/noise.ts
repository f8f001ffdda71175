/** Noise that recordings have: hiss, rooms, mains hum, fans. */

import type { Random } from "../random.ts";
import { type Biquad, filter, lowPass, peaking } from "./filters.ts";

/** What noise there is, in what mixture; the parts' powers are against the sum's. */
export interface NoiseRecipe {
  /** Signal to noise, in dB: the playing's mean power, silence left out, against the noise's. */
  readonly signalToNoise: number;
  /** Amplitudes of the parts, any scale. */
  readonly white: number;
  readonly pink: number;
  readonly hum: number;
  readonly fan: number;
  /** The mains' frequency, in hertz. */
  readonly mains: 50 | 60;
  /** The fan's low-pass, its blades' tone, both in hertz. */
  readonly fanCutoff: number;
  readonly fanTone: number;
}

/** Harmonics of the mains that are heard. */
const HARMONICS = 12;

/** Noise at random: mostly hiss and the room's own rumble, sometimes hum or a fan. */
export function drawNoise(random: Random, quietest: number, loudest: number): NoiseRecipe {
  return {
    signalToNoise: random.uniform(loudest, quietest),
    white: random.chance(0.8) ? random.next() : 0,
    pink: random.chance(0.9) ? random.next() : 1,
    hum: random.chance(0.3) ? random.next() : 0,
    fan: random.chance(0.25) ? random.next() : 0,
    mains: random.pick([50, 60]),
    fanCutoff: random.logUniform(150, 1500),
    fanTone: random.logUniform(60, 400),
  };
}

/** Noise of so many samples at a rate in hertz, with power 1. */
export function makeNoise(recipe: NoiseRecipe, length: number, rate: number, random: Random): Float32Array {
  const sum = new Float32Array(length);
  if (recipe.white > 0) addScaled(sum, hiss(length, random), recipe.white);
  if (recipe.pink > 0) addScaled(sum, pink(length, random), recipe.pink);
  if (recipe.hum > 0) addScaled(sum, hum(length, rate, recipe.mains, random), recipe.hum);
  if (recipe.fan > 0) {
    const fan = hiss(length, random);
    const sections: Biquad[] = [
      lowPass(recipe.fanCutoff, rate),
      lowPass(recipe.fanCutoff, rate),
      peaking(recipe.fanTone, 15, 8, rate),
    ];
    filter(fan, sections);
    addScaled(sum, fan, recipe.fan);
  }
  return scaledTo(sum, 1);
}

/** Mean power of a sound. */
export function power(sound: Float32Array): number {
  let energy = 0;
  for (let i = 0; i < sound.length; i++) energy += sound[i] * sound[i];
  return sound.length === 0 ? 0 : energy / sound.length;
}

function scaledTo(sound: Float32Array, wanted: number): Float32Array {
  const present = power(sound);
  if (present === 0) return sound;
  const gain = Math.sqrt(wanted / present);
  for (let i = 0; i < sound.length; i++) sound[i] *= gain;
  return sound;
}

function addScaled(sum: Float32Array, part: Float32Array, amplitude: number): void {
  const present = power(part);
  if (amplitude === 0 || present === 0) return;
  const gain = amplitude / Math.sqrt(present);
  for (let i = 0; i < sum.length; i++) sum[i] += gain * part[i];
}

function hiss(length: number, random: Random): Float32Array {
  const sound = new Float32Array(length);
  for (let i = 0; i < length; i++) sound[i] = 2 * random.next() - 1;
  return sound;
}

/** Power falling by 3 dB an octave: Paul Kellet's "economy" filter of white noise. */
function pink(length: number, random: Random): Float32Array {
  const sound = new Float32Array(length);
  let slow = 0;
  let middle = 0;
  let fast = 0;
  for (let i = 0; i < length; i++) {
    const white = 2 * random.next() - 1;
    slow = 0.99765 * slow + white * 0.099046;
    middle = 0.963 * middle + white * 0.2965164;
    fast = 0.57 * fast + white * 1.0526913;
    sound[i] = slow + middle + fast + white * 0.1848;
  }
  return sound;
}

function hum(length: number, rate: number, mains: number, random: Random): Float32Array {
  const sound = new Float32Array(length);
  for (let harmonic = 1; harmonic <= HARMONICS; harmonic++) {
    const step = (2 * Math.PI * mains * harmonic) / rate;
    const amplitude = random.next() / harmonic ** 0.7;
    const phase = random.uniform(0, 2 * Math.PI);
    // A rotation a sample costs a tenth of a sine.
    const turnReal = Math.cos(step);
    const turnImaginary = Math.sin(step);
    let real = amplitude * Math.cos(phase);
    let imaginary = amplitude * Math.sin(phase);
    for (let i = 0; i < length; i++) {
      sound[i] += imaginary;
      const next = real * turnReal - imaginary * turnImaginary;
      imaginary = real * turnImaginary + imaginary * turnReal;
      real = next;
    }
  }
  return sound;
}
