import fc from "fast-check";
import { expect, test } from "vitest";
import { createRandom } from "../../src/render/random.ts";
import { convolveStereo } from "../../src/render/rooms/fourier.ts";
import { roomResponse } from "../../src/render/rooms/impulse-response.ts";
import { drawRoom, type Room } from "../../src/render/rooms/room.ts";

const RATE = 22_050;

function noise(length: number, seed: string): Float32Array {
  const random = createRandom(seed);
  return Float32Array.from({ length }, () => random.next() - 0.5);
}

test("convolution is the sum over delayed copies, whatever the lengths", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 60 }), (length, taps) => {
      const [left, right] = [noise(length, "l"), noise(length, "r")];
      const [ll, lr, rl, rr] = ["ll", "lr", "rl", "rr"].map((seed) => noise(taps, seed));
      if (ll === undefined || lr === undefined || rl === undefined || rr === undefined) return;
      const wet = convolveStereo(left, right, {
        leftToLeft: ll,
        leftToRight: lr,
        rightToLeft: rl,
        rightToRight: rr,
      });
      for (let i = 0; i < length; i++) {
        let [expectedLeft, expectedRight] = [0, 0];
        for (let tap = 0; tap < Math.min(taps, i + 1); tap++) {
          expectedLeft += left[i - tap] * ll[tap] + right[i - tap] * rl[tap];
          expectedRight += left[i - tap] * lr[tap] + right[i - tap] * rr[tap];
        }
        expect(wet.left[i]).toBeCloseTo(expectedLeft, 4);
        expect(wet.right[i]).toBeCloseTo(expectedRight, 4);
      }
    }),
    { seed: 11, numRuns: 25 },
  );
});

/** Seconds for 60 dB of decay, from −5 dB to −30 dB of the backwards sum (Schroeder). */
function decayTime(response: Float32Array): number {
  const remaining = new Float64Array(response.length);
  let sum = 0;
  for (let i = response.length - 1; i >= 0; i--) {
    sum += response[i] ** 2;
    remaining[i] = sum;
  }
  const reach = (decibel: number) => remaining.findIndex((value) => 10 * Math.log10(value / sum) < decibel);
  return ((reach(-30) - reach(-5)) * 60) / 25 / RATE;
}

function roomOf(reverberation: number, microphone: number): Room {
  const ear = [1.5 + microphone, 2, 1.2] as const;
  return {
    size: [9, 7, 3.4],
    reverberation,
    bass: 1,
    treble: 1,
    sources: [
      [1.5, 2, 1],
      [1.6, 2, 1],
    ],
    microphones: [ear, ear],
  };
}

test.each([0.3, 0.8, 1.8])("a room rings as long as asked: %f s", (seconds) => {
  const { leftToLeft } = roomResponse(roomOf(seconds, 5), createRandom("room"), RATE);
  expect(decayTime(leftToLeft) / seconds).toBeGreaterThan(0.8);
  expect(decayTime(leftToLeft) / seconds).toBeLessThan(1.2);
});

test("the direct sound comes first, at once, and weighs less the farther the microphone", () => {
  const ratios = [0.5, 2, 5].map((distance) => {
    const { leftToLeft } = roomResponse(roomOf(0.8, distance), createRandom("room"), RATE);
    const energy = (from: number, to: number) =>
      leftToLeft.subarray(from, to).reduce((sum, value) => sum + value * value, 0);
    const direct = leftToLeft.findIndex((value) => Math.abs(value) > 0.5 / (distance + 0.2));
    expect(direct / RATE).toBeLessThan(0.002);
    return 10 * Math.log10(energy(0, 20) / energy(20, leftToLeft.length));
  });
  expect(ratios).toEqual(ratios.toSorted((a, b) => b - a));
});

test("every room drawn has its piano and microphones within its walls", () => {
  for (let i = 0; i < 300; i++) {
    const { size, sources, microphones, reverberation } = drawRoom(createRandom(`room ${i}`));
    for (const position of [...sources, ...microphones]) {
      for (const [axis, side] of size.entries()) {
        expect(position[axis]).toBeGreaterThan(0);
        expect(position[axis]).toBeLessThan(side);
      }
    }
    expect(reverberation).toBeGreaterThanOrEqual(0.2);
    expect(reverberation).toBeLessThanOrEqual(2.5);
  }
});
