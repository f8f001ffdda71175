/** Lines of a frame's spectrum, and of one window of eight short ones (ISO/IEC 14496-3 section 4.5.2.3.4). */
export const LINES = 1024;
export const SHORT_LINES = 128;
export const SHORT_WINDOWS = 8;

/** The scale-factor bands of one sample rate. */
export type Bands = {
  /** Lines at which the bands begin, the end of the last one included. */
  readonly long: readonly number[];
  readonly short: readonly number[];
  /** Bands that TNS may filter (TNS_MAX_BANDS of the LC profile, ISO/IEC 14496-3 table 4.156). */
  readonly maxTnsLong: number;
  readonly maxTnsShort: number;
};

// Widths of the bands, ISO/IEC 14496-3 tables 4.129 to 4.147: facts of the standard. "4*10" means ten bands of 4 lines.
const LONG_96000 = offsets("4*14 8*5 12*5 16*2 24 28 36 44 64*11");
const LONG_64000 = offsets("4*14 8*4 12*3 16*3 20 24*2 28 36 40*18");
const LONG_48000 = offsets("4*10 8*7 12*4 16*2 20*2 24*2 28*2 32*19 96");
const LONG_32000 = offsets("4*10 8*7 12*4 16*2 20*2 24*2 28*2 32*22");
const LONG_24000 = offsets("4*11 8*10 12*4 16*3 20*2 24*2 28*2 32 36*2 40 44 48 52*2 64*5");
const LONG_16000 = offsets("8*11 12*9 16*4 20*3 24*2 28*2 32 36 40*2 44 48 52 56 60 64*3");
const LONG_8000 = offsets("12*13 16*7 20*4 24*3 28*2 32 36*2 40 44 48 52 56 60 64 80");
const SHORT_96000 = offsets("4*6 8*3 16 28 36");
const SHORT_48000 = offsets("4*5 8*3 12*3 16*3");
const SHORT_24000 = offsets("4*7 8*3 12*2 16*2 20");
const SHORT_16000 = offsets("4*8 8*2 12*2 16 20*2");
const SHORT_8000 = offsets("4*7 8*4 12 16 20*2");

const BANDS = new Map<number, Bands>([
  [96_000, { long: LONG_96000, short: SHORT_96000, maxTnsLong: 31, maxTnsShort: 9 }],
  [88_200, { long: LONG_96000, short: SHORT_96000, maxTnsLong: 31, maxTnsShort: 9 }],
  [64_000, { long: LONG_64000, short: SHORT_96000, maxTnsLong: 34, maxTnsShort: 10 }],
  [48_000, { long: LONG_48000, short: SHORT_48000, maxTnsLong: 40, maxTnsShort: 14 }],
  [44_100, { long: LONG_48000, short: SHORT_48000, maxTnsLong: 42, maxTnsShort: 14 }],
  [32_000, { long: LONG_32000, short: SHORT_48000, maxTnsLong: 51, maxTnsShort: 14 }],
  [24_000, { long: LONG_24000, short: SHORT_24000, maxTnsLong: 46, maxTnsShort: 14 }],
  [22_050, { long: LONG_24000, short: SHORT_24000, maxTnsLong: 46, maxTnsShort: 14 }],
  [16_000, { long: LONG_16000, short: SHORT_16000, maxTnsLong: 42, maxTnsShort: 14 }],
  [12_000, { long: LONG_16000, short: SHORT_16000, maxTnsLong: 42, maxTnsShort: 14 }],
  [11_025, { long: LONG_16000, short: SHORT_16000, maxTnsLong: 42, maxTnsShort: 14 }],
  [8000, { long: LONG_8000, short: SHORT_8000, maxTnsLong: 39, maxTnsShort: 14 }],
]);

/** The bands of a sample rate (Hz), null for one that AAC has no index for. */
export function bandsOf(sampleRate: number): Bands | null {
  return BANDS.get(sampleRate) ?? null;
}

function offsets(widths: string): readonly number[] {
  const ends = [0];
  for (const run of widths.split(" ")) {
    const [width, times = 1] = run.split("*").map(Number);
    for (let time = 0; time < times; time += 1) ends.push((ends.at(-1) ?? 0) + width);
  }
  return ends;
}
