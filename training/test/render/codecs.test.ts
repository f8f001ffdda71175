import { expect, test } from "vitest";
import { type Codec, drawCodec, KEPT_RATE, throughCodecs } from "../../src/render/codecs.ts";
import { run } from "../../src/render/process.ts";
import { createRandom } from "../../src/render/random.ts";

/** The program of training needs ffmpeg; the server doesn't, and may be tested where there is none. */
const FFMPEG = await run("ffmpeg", ["-version"]).then(
  () => true,
  () => false,
);

const RATE = 44_100;

/** Half a second of silence, then a rising tone of 50 ms, then silence. */
function chirp(rate: number): Float32Array<ArrayBuffer> {
  const sound = new Float32Array(1.5 * rate);
  for (let i = 0; i < 0.05 * rate; i++) {
    const time = i / rate;
    sound[Math.round(0.5 * rate) + i] = 0.5 * Math.sin(2 * Math.PI * (300 + 30_000 * time) * time);
  }
  return sound;
}

/** By how many samples `later` lags behind `sound`, by their correlation. */
function lag(sound: Float32Array, later: Float32Array): number {
  let [best, most] = [0, Number.NEGATIVE_INFINITY];
  for (let shift = -300; shift <= 300; shift++) {
    let sum = 0;
    for (let i = 0.45 * KEPT_RATE; i < 0.6 * KEPT_RATE; i++)
      sum += sound[Math.round(i)] * later[Math.round(i) + shift];
    if (sum > most) [best, most] = [shift, sum];
  }
  return best;
}

const CODECS: readonly Codec[] = [
  { name: "mp3", rate: 44_100, kilobits: 64, quality: undefined },
  { name: "mp3", rate: 22_050, kilobits: undefined, quality: 6 },
  { name: "aac", rate: 48_000, kilobits: 96, quality: undefined },
  { name: "opus", rate: 48_000, kilobits: 32, quality: undefined },
  { name: "vorbis", rate: 44_100, kilobits: undefined, quality: 2 },
];

test.skipIf(!FFMPEG)(
  "codecs change the sound, but neither its length nor its onsets, by a millisecond",
  async () => {
    const inputs = CODECS.map((codec, i) => {
      const sound = chirp(RATE);
      return { channels: i % 2 === 0 ? [sound] : [sound, sound], rate: RATE, codec };
    });
    const original = chirp(KEPT_RATE);
    const decoded = await throughCodecs(inputs);
    expect(decoded).toHaveLength(CODECS.length);
    for (const sound of decoded) {
      expect(sound.length).toBe(1.5 * KEPT_RATE);
      expect(Math.abs(lag(original, sound))).toBeLessThanOrEqual(KEPT_RATE / 1000);
      expect(sound).not.toEqual(original);
    }
  },
);

test("every codec drawn has settings that its encoder takes", () => {
  for (let i = 0; i < 500; i++) {
    const random = createRandom(`codec ${i}`);
    const { name, rate, kilobits, quality } = drawCodec(random, random.pick([1, 2]));
    expect((kilobits === undefined) !== (quality === undefined)).toBe(true);
    // MPEG-2 layer III, which 22.05 kHz means, ends at 160 kbit/s; Opus knows these rates only (RFC 6716).
    if (name === "mp3" && rate < 32_000) expect(kilobits ?? 0).toBeLessThanOrEqual(160);
    if (name === "opus") expect([16_000, 24_000, 48_000]).toContain(rate);
  }
});
