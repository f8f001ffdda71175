/** Recording devices: what a microphone, its preamplifier and its recorder's automatics make of a sound. */

import type { StereoSound } from "../pianos/piano.ts";
import type { Random } from "../random.ts";
import { type Compressor, compress, limit, peakOf } from "./dynamics.ts";
import { type Biquad, filter, highPass, lowPass, peaking } from "./filters.ts";
import { drawNoise, makeNoise, type NoiseRecipe, power } from "./noise.ts";

/** A device with its settings; frequencies in hertz, levels in dB. */
export interface Device {
  readonly kind: "good" | "phone" | "any";
  readonly highPass: number;
  /** Twice second order instead of once. */
  readonly steep: boolean;
  readonly lowPass: number;
  readonly equaliser: readonly {
    readonly frequency: number;
    readonly gain: number;
    readonly quality: number;
  }[];
  readonly channels: 1 | 2;
  readonly noise: NoiseRecipe;
  readonly compressor: Compressor | undefined;
  /** How far peaks are driven into the limiter, in dB; undefined: no limiter. */
  readonly overdrive: number | undefined;
  readonly softLimit: boolean;
  /** The recording's peak, in dB against full scale. */
  readonly peak: number;
}

/** Quiet passages don't count for the signal's power: samples below this part of the peak, −50 dB. */
const PLAYING = 10 ** (-50 / 20);

function drawEqualiser(random: Random, spread: number): Device["equaliser"] {
  const gentle = Array.from({ length: 5 }, (_, i) => ({
    frequency: 80 * 2 ** (1.4 * i + random.uniform(-0.6, 0.6)),
    gain: Math.max(-6, Math.min(6, random.normal() * spread)),
    quality: random.logUniform(0.4, 1.2),
  }));
  // Narrow resonances of a case, a table, a cheap capsule.
  const narrow = Array.from({ length: Math.floor(random.uniform(0, 4)) }, () => ({
    frequency: random.logUniform(120, 8000),
    gain: random.uniform(-6, 1.5 * spread + 2),
    quality: random.logUniform(2, 10),
  }));
  return [...gentle, ...narrow];
}

/** A good recorder: flat within a few dB, little noise, no automatics to speak of. */
export function drawGoodDevice(random: Random): Device {
  return {
    kind: "good",
    highPass: random.logUniform(20, 60),
    steep: false,
    lowPass: random.uniform(14_000, 20_000),
    equaliser: drawEqualiser(random, 1.5),
    channels: random.chance(0.5) ? 2 : 1,
    noise: drawNoise(random, 75, 45),
    compressor: undefined,
    overdrive: undefined,
    softLimit: true,
    peak: random.uniform(-24, -0.5),
  };
}

/** A telephone or tablet: no bass, a bumpy treble, automatic gain, noise, sometimes overdriven. */
export function drawPhone(random: Random): Device {
  return {
    kind: "phone",
    highPass: random.logUniform(60, 250),
    steep: random.chance(0.5),
    lowPass: random.logUniform(5000, 16_000),
    equaliser: drawEqualiser(random, 3.5),
    channels: random.chance(0.2) ? 2 : 1,
    noise: drawNoise(random, 55, 25),
    compressor: random.chance(0.7) ? drawCompressor(random) : undefined,
    overdrive: random.chance(0.3) ? random.uniform(0, 8) : undefined,
    softLimit: random.chance(0.7),
    peak: random.uniform(-30, 0),
  };
}

function drawCompressor(random: Random): Compressor {
  return {
    threshold: random.uniform(-36, -6),
    ratio: random.logUniform(1.3, 6),
    attack: random.logUniform(0.002, 0.1),
    release: random.logUniform(0.05, 3),
  };
}

/** Anything between a good recorder and a telephone. */
export function drawAnyDevice(random: Random): Device {
  return {
    kind: "any",
    highPass: random.logUniform(20, 200),
    steep: random.chance(0.3),
    lowPass: random.logUniform(6000, 20_000),
    equaliser: drawEqualiser(random, random.uniform(1, 4)),
    channels: random.chance(0.35) ? 2 : 1,
    noise: drawNoise(random, 70, 25),
    compressor: random.chance(0.35) ? drawCompressor(random) : undefined,
    overdrive: random.chance(0.15) ? random.uniform(0, 6) : undefined,
    softLimit: random.chance(0.7),
    peak: random.uniform(-40, 0),
  };
}

/** Mean power of the samples that are heard, so that long pauses don't make the noise of a sparse piece weaker. */
function playingPower(sound: Float32Array): number {
  const threshold = PLAYING * peakOf([sound]);
  let energy = 0;
  let count = 0;
  for (let i = 0; i < sound.length; i++) {
    const value = sound[i];
    if (value > threshold || value < -threshold) {
      energy += value * value;
      count++;
    }
  }
  return count === 0 ? 0 : energy / count;
}

/** The sound as the device records it: one channel or two, at the sound's rate in hertz, peak as the device's setting has it. */
export function recordOn(
  device: Device,
  { left, right }: StereoSound,
  rate: number,
  random: Random,
): Float32Array<ArrayBuffer>[] {
  const channels = device.channels === 2 ? [left.slice(), right.slice()] : [mixed([left, right])];
  const sections: Biquad[] = [
    highPass(device.highPass, rate),
    ...(device.steep ? [highPass(device.highPass, rate)] : []),
    lowPass(device.lowPass, rate),
    ...device.equaliser.map(({ frequency, gain, quality }) => peaking(frequency, gain, quality, rate)),
  ];
  for (const [index, channel] of channels.entries()) {
    filter(channel, sections);
    // After the filters: a self-noise that the device makes is not the room's, but both are coloured alike here, at
    // the level asked for where it's heard.
    const noise = makeNoise(device.noise, channel.length, rate, random.fork(`noise ${index}`));
    filter(noise, sections.slice(0, device.steep ? 3 : 2));
    const gain =
      Math.sqrt(playingPower(channel) / Math.max(power(noise), 1e-30)) *
      10 ** (-device.noise.signalToNoise / 20);
    for (let i = 0; i < channel.length; i++) channel[i] += gain * noise[i];
  }
  if (device.compressor !== undefined) compress(channels, device.compressor, rate);
  if (device.overdrive !== undefined) {
    const ceiling = peakOf(channels) * 10 ** (-device.overdrive / 20);
    for (const channel of channels) limit(channel, ceiling, device.softLimit);
  }
  setPeak(channels, device.peak);
  return channels;
}

/** Scales channels together so that their peak is at so many dB against full scale. */
export function setPeak(channels: readonly Float32Array[], peak: number): void {
  const present = peakOf(channels);
  if (present === 0) return;
  const gain = 10 ** (peak / 20) / present;
  for (const channel of channels) for (let i = 0; i < channel.length; i++) channel[i] *= gain;
}

/** One channel of one or two. */
export function mixed(channels: readonly Float32Array<ArrayBuffer>[]): Float32Array<ArrayBuffer> {
  const [first, second] = channels;
  if (first === undefined) throw new Error("a sound has at least one channel");
  if (second === undefined) return first;
  const sum = new Float32Array(first.length);
  for (let i = 0; i < sum.length; i++) sum[i] = 0.5 * (first[i] + second[i]);
  return sum;
}
