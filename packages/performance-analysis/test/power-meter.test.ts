import { describe, expect, it } from "vitest";
import { createPowerMeter } from "../src/signal/power-meter.ts";

const RATE = 22_050;

function sine(frequency: number, offset = 0): Float32Array {
  return Float32Array.from(
    { length: 4 * RATE },
    (_, n) => offset + 0.5 * Math.sin((2 * Math.PI * frequency * n) / RATE),
  );
}

/** Decibels of the last two seconds of a sound, its filters settled, by which it is louder than a sine of this size. */
function gains(sound: Float32Array) {
  const meter = createPowerMeter(RATE);
  const target = new Float32Array(sound.length);
  meter.push(sound, 0, 2 * RATE, target, 0);
  meter.take();
  meter.push(sound, 2 * RATE, sound.length, target, 2 * RATE);
  const { plain, weighted } = meter.take();
  const gain = (energy: number) => 10 * Math.log10(energy / (2 * RATE) / (0.5 ** 2 / 2));
  return { plain: gain(plain), weighted: gain(weighted) };
}

describe("the power meter", () => {
  it("weights by loudness as ITU-R BS.1770 does: 997 Hz by 0.69 dB, the highest by 4, the lowest far less", () => {
    expect(gains(sine(997)).weighted).toBeCloseTo(0.691, 1);
    expect(gains(sine(5000)).weighted).toBeCloseTo(4, 0);
    expect(gains(sine(30)).weighted).toBeLessThan(-5);
  });

  it("takes a constant offset off", () => {
    const plain = gains(sine(997));
    const shifted = gains(sine(997, 0.3));
    expect(plain.plain).toBeCloseTo(0, 1);
    expect(shifted.plain).toBeCloseTo(plain.plain, 4);
    expect(shifted.weighted).toBeCloseTo(plain.weighted, 4);
  });

  it("measures the same to the bit in whatever pieces the sound comes, and leaves the same behind", () => {
    const sound = sine(220, 0.1);
    const whole = createPowerMeter(RATE);
    const pieces = createPowerMeter(RATE);
    const target = new Float32Array(sound.length);
    const other = new Float32Array(sound.length);
    whole.push(sound, 0, sound.length, target, 0);
    for (let from = 0; from < sound.length; from += 997) {
      pieces.push(sound, from, Math.min(sound.length, from + 997), other, from);
    }
    expect(pieces.take()).toEqual(whole.take());
    expect(other).toEqual(target);
  });
});
