import { describe, expect, test } from "vitest";
import { bandsOf, LINES, SHORT_LINES } from "../../src/decode/aac/bands.ts";
import { SCALE_FACTOR_CODEBOOK, SPECTRUM_CODEBOOKS } from "../../src/decode/aac/codebook-tables.ts";
import { createFilterbank } from "../../src/decode/aac/filterbank.ts";
import { EIGHT_SHORT, LONG_START, LONG_STOP, ONLY_LONG } from "../../src/decode/aac/window-info.ts";
import { BitReader } from "../../src/decode/bit-reader.ts";
import { type BandLayout, bandLayouts } from "../../src/decode/mp3/bands.ts";
import { newFilterState } from "../../src/decode/mp3/filters.ts";
import { PAIR_TABLES, QUADRUPLE_TABLES } from "../../src/decode/mp3/huffman-tables.ts";
import { undoIntensity } from "../../src/decode/mp3/stereo.ts";
import { SYNTHESIS_WINDOW } from "../../src/decode/mp3/synthesis-window.ts";
import { buildPrefixCode, readSymbol } from "../../src/decode/prefix-code.ts";
import { pseudoRandom } from "../piano.ts";
import { KERNEL } from "./run.ts";

const MP3_CODES = [...PAIR_TABLES.values(), ...QUADRUPLE_TABLES].map(({ lengths, values }) => {
  const digits = values.length / lengths.length;
  return {
    lengths: Array.from(lengths, (digit) => Number.parseInt(digit, 36)),
    symbols: Array.from(lengths, (_, at) =>
      Number.parseInt(values.slice(at * digits, (at + 1) * digits), 16),
    ),
  };
});
const AAC_CODES = [...SPECTRUM_CODEBOOKS.slice(1), SCALE_FACTOR_CODEBOOK].map(({ counts, indices }) => ({
  lengths: counts.flatMap((count, at) => new Array<number>(count).fill(at + 1)),
  symbols: [...indices],
}));

describe("the code tables", () => {
  test.each([...MP3_CODES, ...AAC_CODES])(
    "are complete, and mean everything once",
    ({ lengths, symbols }) => {
      expect(lengths.reduce((sum, length) => sum + 2 ** -length, 0)).toBe(1);
      expect(symbols).toHaveLength(lengths.length);
      expect(new Set(symbols).size).toBe(symbols.length);
    },
  );

  test.each([...MP3_CODES, ...AAC_CODES])("read back every codeword", ({ lengths, symbols }) => {
    const code = buildPrefixCode(lengths, symbols);
    let codeword = 0;
    for (const [leaf, length] of lengths.entries()) {
      if (leaf > 0) codeword = (codeword + 1) * 2 ** (length - lengths[leaf - 1]);
      const bits = Math.floor(codeword) * 2 ** (32 - length);
      const reader = new BitReader(Uint8Array.of(bits >>> 24, bits >>> 16, bits >>> 8, bits), 0, 4);
      expect(readSymbol(code, reader)).toBe(symbols[leaf]);
      expect(reader.position).toBe(length);
    }
  });

  test.each([8000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000])(
    "of bands fill the spectrum of MP3 at %i Hz",
    (rate) => {
      const sum = ({ widths }: BandLayout) => widths.reduce((total, width) => total + width, 0);
      const { long, short, mixed } = bandLayouts(rate, rate >= 32_000);
      expect([sum(long), sum(short), sum(mixed)]).toEqual([576, 576, 576]);
    },
  );

  test.each([8000, 16_000, 24_000, 32_000, 44_100, 64_000, 96_000])("and of AAC at %i Hz", (rate) => {
    expect(bandsOf(rate)?.long.at(-1)).toBe(LINES);
    expect(bandsOf(rate)?.short.at(-1)).toBe(SHORT_LINES);
  });
});

/** Values that look random, the same every time. */
function noise(length: number): Float32Array {
  const random = pseudoRandom(3);
  return Float32Array.from({ length }, () => 2 * random() - 1);
}

describe("the filter banks", () => {
  test.each([0, 1])("of AAC, window shape %i, do what the standard's formula says", (shape) => {
    const filterbank = createFilterbank();
    const lines = noise(LINES).map((value) => value * 1e6);
    const first = new Float32Array(LINES);
    const second = new Float32Array(LINES);
    // The rising half of a window has the shape of the frame before.
    filterbank.run(new Float32Array(LINES), 0, shape, first);
    filterbank.run(lines, 0, shape, first);
    filterbank.run(new Float32Array(LINES), 0, shape, second);
    for (const time of [3, 500, 1023]) {
      // Without the window: both halves of the frame are its shape times the formula.
      const raw = (at: number) => {
        let sum = 0;
        for (let k = 0; k < LINES; k += 1) {
          sum += lines[k] * Math.cos((Math.PI / LINES) * (at + (LINES + 1) / 2) * (k + 0.5));
        }
        return sum / LINES / 32_768;
      };
      const rising = first[time] / raw(time);
      const falling = second[LINES - 1 - time] / raw(2 * LINES - 1 - time);
      expect(rising).toBeCloseTo(falling, 4);
      // What overlaps must add up to full power.
      const mirrored = first[LINES - 1 - time] / raw(LINES - 1 - time);
      expect(rising ** 2 + mirrored ** 2).toBeCloseTo(1, 4);
    }
  });

  test.each([0, 1])("of AAC, window shape %i, go over from long windows to short ones and back", (shape) => {
    const silence = new Float32Array(LINES);
    const lines = noise(LINES).map((value) => value * 1e6);
    /** The halves of a frame, between silent ones of the same shape. */
    const halvesOf = (sequence: number) => {
      const filterbank = createFilterbank();
      const [rising, falling] = [new Float32Array(LINES), new Float32Array(LINES)];
      filterbank.run(silence, ONLY_LONG, shape, rising);
      filterbank.run(lines, sequence, shape, rising);
      filterbank.run(silence, ONLY_LONG, shape, falling);
      return { rising, falling };
    };
    /** The standard's formula without the window, of `size` lines from `first` on. */
    const raw = (first: number, size: number, at: number) => {
      let sum = 0;
      for (let k = 0; k < size; k += 1) {
        sum += lines[first + k] * Math.cos((Math.PI / size) * (at + (size + 1) / 2) * (k + 0.5));
      }
      return sum / size / 32_768;
    };
    const start = halvesOf(LONG_START).falling;
    const short = halvesOf(EIGHT_SHORT);
    const stop = halvesOf(LONG_STOP).rising;
    // Beside the slope of a short window a long one is whole or nothing.
    const flat = (LINES - SHORT_LINES) / 2;
    for (const time of [2, flat - 1]) {
      expect(start[time] / raw(0, LINES, LINES + time)).toBeCloseTo(1, 4);
      expect(stop[time]).toBeCloseTo(0, 9);
    }
    for (const time of [flat + SHORT_LINES, LINES - 3]) {
      expect(start[time]).toBeCloseTo(0, 9);
      expect(stop[time] / raw(0, LINES, time)).toBeCloseTo(1, 4);
    }
    // And what overlaps there must add up to full power.
    for (const place of [5, 40, 100]) {
      const time = flat + place;
      const fall = start[time] / raw(0, LINES, LINES + time);
      const rise = short.rising[time] / raw(0, SHORT_LINES, place);
      expect(fall ** 2 + rise ** 2).toBeCloseTo(1, 4);
      const shortFall = short.falling[time] / raw(LINES - SHORT_LINES, SHORT_LINES, SHORT_LINES + place);
      const longRise = stop[time] / raw(0, LINES, time);
      expect(shortFall ** 2 + longRise ** 2).toBeCloseTo(1, 4);
    }
  });

  test("of MP3, the polyphase synthesis does what the standard's flow chart says", () => {
    const state = newFilterState(0);
    // Two granules, by sub-band and time.
    const granules = [noise(576), noise(576).reverse()].map((samples) => Float64Array.from(samples));
    const sound = granules.flatMap((samples) => [...KERNEL.mp3.polyphase(state, samples)]);
    const vector = new Float64Array(1024);
    for (let time = 0; time < 36; time += 1) {
      vector.copyWithin(64, 0, 960);
      for (let i = 0; i < 64; i += 1) {
        vector[i] = 0;
        for (let k = 0; k < 32; k += 1) {
          const sample = granules[Math.floor(time / 18)][18 * k + (time % 18)];
          vector[i] += Math.cos(((16 + i) * (2 * k + 1) * Math.PI) / 64) * sample;
        }
      }
      for (let j = 0; j < 32; j += 1) {
        let sum = 0;
        for (let i = 0; i < 8; i += 1) {
          sum += vector[128 * i + j] * SYNTHESIS_WINDOW[64 * i + j];
          sum += vector[128 * i + 96 + j] * SYNTHESIS_WINDOW[64 * i + 32 + j];
        }
        expect(sound[32 * time + j]).toBeCloseTo(sum, 5);
      }
    }
  });

  test("of MP3, long blocks do what the standard's formula says", () => {
    const { long } = bandLayouts(44_100, true);
    // One sub-band alone, and in its middle, where the butterflies don't reach.
    const lines = new Float32Array(576);
    lines.set([0.5, -0.25], 8);
    const samples = KERNEL.mp3.hybrid(newFilterState(0), lines, 10, long.longLines, 0);
    for (let time = 0; time < 18; time += 1) {
      const angle = (k: number) => Math.cos((Math.PI / 72) * (2 * time + 19) * (2 * k + 1));
      const expected = Math.sin((Math.PI / 36) * (time + 0.5)) * (0.5 * angle(8) - 0.25 * angle(9));
      expect(samples[time]).toBeCloseTo(expected, 5);
    }
  });

  test("of MP3, streams that are decoded by turns don't hear each other", () => {
    const { longLines } = bandLayouts(44_100, true).long;
    const streams = [noise(576), noise(576).reverse()].map((lines) => ({ lines, state: newFilterState(1) }));
    const decodeGranule = ({ lines, state }: (typeof streams)[number]) => {
      return [...KERNEL.mp3.polyphase(state, KERNEL.mp3.hybrid(state, lines, 576, longLines, 0))];
    };
    const byTurns = [0, 1, 0, 1].map((stream) => decodeGranule(streams[stream]));
    const alone = { lines: noise(576), state: newFilterState(1) };
    expect([decodeGranule(alone), decodeGranule(alone)]).toEqual([byTurns[0], byTurns[2]]);
  });
});

describe("intensity stereo of MP3", () => {
  const { long } = bandLayouts(44_100, true);

  test("shares the left channel's lines out by position, above the right one's last line", () => {
    const left = new Float32Array(576).fill(1);
    const right = new Float32Array(576);
    right[2] = 0.5;
    const factors = { values: new Uint8Array(39).fill(3), illegal: new Uint8Array(39).fill(7) };
    factors.values[1] = 7;
    undoIntensity(left, right, long, factors, null, false);
    expect([left[0], right[2]]).toEqual([1, 0.5]);
    // The second band's position says "no intensity", the others' "the middle".
    expect([left[4], right[4]]).toEqual([1, 0]);
    expect(left[8]).toBeCloseTo(0.5, 6);
    expect(right[8]).toBeCloseTo(0.5, 6);
    expect(left[575]).toBeCloseTo(0.5, 6);
  });

  test("of half rates goes in steps of 1.5 or 3 dB to one side", () => {
    const left = new Float32Array(576).fill(1);
    const right = new Float32Array(576);
    const factors = { values: new Uint8Array(39).fill(2), illegal: new Uint8Array(39).fill(15) };
    undoIntensity(left, right, long, factors, true, false);
    expect(left[100]).toBe(1);
    expect(right[100]).toBeCloseTo(Math.SQRT1_2, 6);
  });
});
