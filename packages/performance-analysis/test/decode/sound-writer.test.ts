import { describe, expect, it } from "vitest";
import { SoundWriter } from "../../src/decode/sound-writer.ts";

/** Hz: blocks of a second are short. */
const RATE = 1000;
/** Frames over which sound fades before a gap. */
const FADE = 5;

/** A second of a channel. */
const second = (level: number) => new Float32Array(RATE).fill(level);

/** What comes of seconds that are written one after the other, each of whose blocks is given back before the next. */
function writeSeconds(seconds: number, write: (sound: SoundWriter, second: number) => void) {
  const sound = new SoundWriter(Number.MAX_SAFE_INTEGER);
  sound.open(
    {
      format: "mp3",
      codec: "mp3",
      sampleRate: RATE,
      channels: 2,
      cutOff: { from: 1, to: 1 },
      durationSeconds: null,
    },
    { start: 0, length: null },
  );
  const mono: number[] = [];
  const peak: number[] = [];
  for (let index = 0; index < seconds; index += 1) {
    write(sound, index);
    for (const block of sound.take()) {
      mono.push(...block.mono);
      peak.push(...block.peak);
      sound.giveBack(block);
    }
  }
  return { mono, peak };
}

describe("blocks that are written anew hold nothing of earlier sound", () => {
  it("where sound couldn't be read", () => {
    const { mono, peak } = writeSeconds(40, (sound, index) => {
      if (index < 2) sound.write([second(0.5), second(0)], 0, RATE);
      else sound.writeGap(RATE);
    });
    const gap = 2 * RATE + FADE;
    expect(mono).toHaveLength(40 * RATE);
    expect(new Set(mono.slice(gap).map(Math.abs))).toEqual(new Set([0]));
    expect(new Set(peak.slice(gap).map(Math.abs))).toEqual(new Set([0]));
  });

  it("where one channel follows two, whose difference would be listened to", () => {
    const { mono } = writeSeconds(40, (sound, index) => {
      sound.write(index < 2 ? [second(0.5), second(0)] : [second(1 / 64)], 0, RATE);
    });
    expect(new Set(mono.slice(2 * RATE))).toEqual(new Set([1 / 64]));
  });
});
