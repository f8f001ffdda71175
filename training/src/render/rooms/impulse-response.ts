/**
 * What a room answers to an impulse: the direct sound, early reflections by mirror images of the source in the walls
 * (Allen and Berkley 1979), and a diffuse tail of noise that decays in each octave band at its own speed.
 */

import type { Random } from "../random.ts";
import { type StereoResponse, transformOf } from "./fourier.ts";
import type { Position, Room } from "./room.ts";

const SPEED_OF_SOUND = 343;
/** Octave bands of the tail: their upper edges in hertz; the last one has all above. */
const BAND_EDGES = [90, 180, 355, 710, 1400, 2800, 5600, Infinity] as const;
/** Centres of those bands as octaves above 125 Hz. */
const BAND_OCTAVES = [-1, 0, 1, 2, 3, 4, 5, 6] as const;
/** The response ends where the slowest band has decayed by this many dB. */
const RANGE = 55;
/** The longest response, in seconds. */
const LONGEST = 2.4;
/** Widest fade between reflections and tail, in seconds. */
const LATEST_MIXING = 0.08;

/** Reverberation times of the octave bands, in seconds, by straight lines over octaves. */
export function bandReverberation({ reverberation, bass, treble }: Room): number[] {
  return BAND_OCTAVES.map((octave) => {
    // 125 Hz is octave 0, 500 Hz to 1 kHz octaves 2 to 3, 4 kHz octave 5.
    const factor =
      octave < 2 ? bass + ((1 - bass) * octave) / 2 : octave <= 3 ? 1 : 1 + ((treble - 1) * (octave - 3)) / 2;
    return reverberation * Math.max(0.2, factor);
  });
}

/**
 * Impulse responses from the piano's two ends to the two microphones, at a sample rate in hertz. The direct sound of the nearest
 * pair stands at sample 0, so that onsets stay where they are; level is relative to 1 m of distance.
 */
export function roomResponse(room: Room, random: Random, rate: number): StereoResponse {
  const times = bandReverberation(room);
  const seconds = Math.min(LONGEST, (Math.max(...times) * RANGE) / 60 + 0.02);
  const taps = Math.ceil(seconds * rate);
  const nearest = Math.min(
    ...room.sources.flatMap((source) => room.microphones.map((microphone) => distance(source, microphone))),
  );
  const [leftSource, rightSource] = room.sources;
  const [leftMicrophone, rightMicrophone] = room.microphones;
  const fromLeft = diffuseTail(room, times, taps, random, rate);
  // The other end's tail: the same noise, exchanged and a little later, has nothing in common with it at any moment.
  const shift = Math.round(random.uniform(0.005, 0.015) * rate);
  const fromRight = { left: delayed(fromLeft.right, shift), right: delayed(fromLeft.left, shift) };
  addReflections(fromLeft.left, room, leftSource, leftMicrophone, nearest, rate);
  addReflections(fromLeft.right, room, leftSource, rightMicrophone, nearest, rate);
  addReflections(fromRight.left, room, rightSource, leftMicrophone, nearest, rate);
  addReflections(fromRight.right, room, rightSource, rightMicrophone, nearest, rate);
  return {
    leftToLeft: fromLeft.left,
    leftToRight: fromLeft.right,
    rightToLeft: fromRight.left,
    rightToRight: fromRight.right,
  };
}

/** A tail so many samples later: what it loses at the end is inaudible, what it gains at the start is silence. */
function delayed(tail: Float32Array, samples: number): Float32Array {
  const result = new Float32Array(tail.length);
  result.set(tail.subarray(0, tail.length - samples), samples);
  return result;
}

function distance(a: Position, b: Position): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

function volumeOf({ size }: Room): number {
  return size[0] * size[1] * size[2];
}

/** Seconds until reflections are so dense that they're noise: the square root of the volume, in milliseconds (Polack). */
function mixingTime(room: Room): number {
  return Math.min(LATEST_MIXING, Math.sqrt(volumeOf(room)) / 1000);
}

/** Mean reflection factor of the walls, from the reverberation by Eyring's formula. */
function reflection(room: Room): number {
  const [length, width, height] = room.size;
  const surface = 2 * (length * width + length * height + width * height);
  return Math.sqrt(Math.exp((-0.161 * volumeOf(room)) / (surface * room.reverberation)));
}

/** Adds direct sound and reflections up to the mixing time; each reflection is duller than the one before. */
function addReflections(
  response: Float32Array,
  room: Room,
  source: Position,
  microphone: Position,
  nearest: number,
  rate: number,
): void {
  const factor = reflection(room);
  const latest = mixingTime(room) + nearest / SPEED_OF_SOUND;
  const reach = latest * SPEED_OF_SOUND;
  const along = (axis: 0 | 1 | 2): { offset: number; order: number }[] => {
    const side = room.size[axis];
    const most = Math.ceil(reach / side) + 1;
    const images: { offset: number; order: number }[] = [];
    for (let n = -most; n <= most; n++) {
      // Mirrored once more for every wall: even orders stand as the source, odd ones as its mirror image.
      const image = n % 2 === 0 ? n * side + source[axis] : (n + 1) * side - source[axis];
      images.push({ offset: image - microphone[axis], order: Math.abs(n) });
    }
    return images;
  };
  const [xs, ys, zs] = [along(0), along(1), along(2)];
  const dulled = new Map<number, number[]>();
  for (const x of xs) {
    for (const y of ys) {
      for (const z of zs) {
        const way = Math.hypot(x.offset, y.offset, z.offset);
        if (way > reach + 1) continue;
        const order = x.order + y.order + z.order;
        const delay = (way - nearest) / SPEED_OF_SOUND;
        const fade = Math.min(1, Math.max(0, 2 - (2 * way) / reach));
        const gain = (order === 0 ? 1 : fade) * (factor ** order / way);
        const kernel = dulled.get(order) ?? dullness(order, rate);
        dulled.set(order, kernel);
        const at = Math.round(delay * rate);
        for (let i = 0; i < kernel.length && at + i < response.length; i++)
          response[at + i] += gain * (kernel[i] ?? 0);
      }
    }
  }
}

/** A one-pole low-pass's impulse response (its pole meant at 44.1 kHz), lower with every reflection: air and upholstery take the treble. */
function dullness(order: number, rate: number): number[] {
  if (order === 0) return [1];
  const pole = Math.min(0.8, 0.15 * order) ** (44_100 / rate);
  return Array.from({ length: 12 }, (_, i) => (1 - pole) * pole ** i);
}

/**
 * The diffuse tail at two microphones, uncorrelated. Its energy in a band follows from the room: the direct sound at
 * 1 m having energy 1, the diffuse field has 1/r² with r the critical distance, 0.057·√(V/T) metres (Kuttruff, "Room
 * Acoustics"), which is T/(0.057² V).
 */
function diffuseTail(
  room: Room,
  times: readonly number[],
  taps: number,
  random: Random,
  rate: number,
): { left: Float32Array; right: Float32Array } {
  let size = 2;
  while (size < taps) size *= 2;
  const fft = transformOf(size);
  const noise = new Float64Array(2 * size);
  // Variance 1: uniform noise of ±√3.
  for (let i = 0; i < noise.length; i++) noise[i] = Math.sqrt(3) * (2 * random.next() - 1);
  const spectrum = new Float64Array(2 * size);
  fft.transform(spectrum, noise);
  const left = new Float32Array(taps);
  const right = new Float32Array(taps);
  const band = new Float64Array(2 * size);
  const filtered = new Float64Array(2 * size);
  const mixing = mixingTime(room);
  let low = 0;
  for (const [index, edge] of BAND_EDGES.entries()) {
    const reverberation = times[index] ?? room.reverberation;
    for (let k = 0; k < size; k++) {
      const frequency = (Math.min(k, size - k) * rate) / size;
      const inBand = frequency >= low && frequency < edge;
      band[2 * k] = inBand ? spectrum[2 * k] : 0;
      band[2 * k + 1] = inBand ? spectrum[2 * k + 1] : 0;
    }
    low = edge;
    fft.inverseTransform(filtered, band);
    // Energy a sample at time 0 such that the whole decay holds T/(0.057² V), of which the part before the mixing
    // time is left to the reflections. The noise has the energy of all bands at variance 1.
    const perSecond = 13.8 / (0.057 ** 2 * volumeOf(room));
    const amplitude = Math.sqrt(perSecond / rate);
    const decay = 10 ** (-3 / (reverberation * rate));
    let level = amplitude;
    for (let i = 0; i < taps; i++) {
      const rise = Math.min(1, Math.max(0, (2 * i) / (mixing * rate) - 1));
      left[i] += level * rise * filtered[2 * i];
      right[i] += level * rise * filtered[2 * i + 1];
      level *= decay;
    }
  }
  return { left, right };
}
