/** Convolution of long sounds by the Fourier transform. */

import FFT from "fft.js";

/** Most samples in a transform: longer ones fall out of the processor's cache. */
const LARGEST = 2 ** 18;

const transforms = new Map<number, FFT>();

/** A transform of so many samples, a power of two; made once for each size. */
export function transformOf(size: number): FFT {
  const made = transforms.get(size) ?? new FFT(size);
  transforms.set(size, made);
  return made;
}

/** Samples in a transform with which so long a sound and response take least work. */
function cheapestSize(length: number, taps: number): number {
  let size = 2;
  while (size < 2 * taps) size *= 2;
  const work = (samples: number): number =>
    Math.ceil(length / (samples - taps + 1)) * samples * Math.log2(samples);
  while (size < LARGEST && work(2 * size) < work(size)) size *= 2;
  return size;
}

/** What a microphone pair hears of each of two sources: impulse responses, all equally long. */
export interface StereoResponse {
  readonly leftToLeft: Float32Array;
  readonly leftToRight: Float32Array;
  readonly rightToLeft: Float32Array;
  readonly rightToRight: Float32Array;
}

/** Interleaved spectrum of two real signals, one in the real and one in the imaginary part. */
function pairSpectrum(fft: FFT, real: Float32Array, imaginary: Float32Array): Float64Array {
  const input = new Float64Array(2 * fft.size);
  const output = new Float64Array(2 * fft.size);
  for (let i = 0; i < real.length; i++) {
    input[2 * i] = real[i];
    input[2 * i + 1] = imaginary[i];
  }
  fft.transform(output, input);
  return output;
}

/**
 * Two sources through a stereo response; the result is as long as the sources, what rings on after them is cut.
 *
 * Both channels go through one complex transform each way (real part left, imaginary part right): with Z the spectrum
 * of left + i·right, the spectrum of left is (Z(k) + Z*(−k))/2 and that of right (Z(k) − Z*(−k))/2i; the response pairs
 * (to left + i·to right) make the output's real part left and its imaginary part right. Overlap-add.
 */
export function convolveStereo(
  left: Float32Array,
  right: Float32Array,
  response: StereoResponse,
): { left: Float32Array<ArrayBuffer>; right: Float32Array<ArrayBuffer> } {
  const taps = response.leftToLeft.length;
  const size = cheapestSize(left.length, taps);
  const hop = size - taps + 1;
  const fft = transformOf(size);
  const fromLeft = pairSpectrum(fft, response.leftToLeft, response.leftToRight);
  const fromRight = pairSpectrum(fft, response.rightToLeft, response.rightToRight);
  const input = new Float64Array(2 * size);
  const spectrum = new Float64Array(2 * size);
  const product = new Float64Array(2 * size);
  const sound = new Float64Array(2 * size);
  const out = { left: new Float32Array(left.length), right: new Float32Array(left.length) };

  for (let start = 0; start < left.length; start += hop) {
    const count = Math.min(hop, left.length - start);
    input.fill(0);
    for (let i = 0; i < count; i++) {
      input[2 * i] = left[start + i];
      input[2 * i + 1] = right[start + i];
    }
    fft.transform(spectrum, input);
    for (let k = 0; k < size; k++) {
      const mirror = 2 * ((size - k) % size);
      const real = spectrum[2 * k];
      const imaginary = spectrum[2 * k + 1];
      const leftReal = (real + spectrum[mirror]) / 2;
      const leftImaginary = (imaginary - spectrum[mirror + 1]) / 2;
      const rightReal = (imaginary + spectrum[mirror + 1]) / 2;
      const rightImaginary = (spectrum[mirror] - real) / 2;
      product[2 * k] =
        leftReal * fromLeft[2 * k] -
        leftImaginary * fromLeft[2 * k + 1] +
        rightReal * fromRight[2 * k] -
        rightImaginary * fromRight[2 * k + 1];
      product[2 * k + 1] =
        leftReal * fromLeft[2 * k + 1] +
        leftImaginary * fromLeft[2 * k] +
        rightReal * fromRight[2 * k + 1] +
        rightImaginary * fromRight[2 * k];
    }
    fft.inverseTransform(sound, product);
    const end = Math.min(size, left.length - start);
    for (let i = 0; i < end; i++) {
      out.left[start + i] += sound[2 * i];
      out.right[start + i] += sound[2 * i + 1];
    }
  }
  return out;
}
