import { readFileSync } from "node:fs";
import type { Analysis } from "@crescendai/contracts";
import { beforeAll, describe, expect, test } from "vitest";
import { overwritten } from "../decode/files.ts";
import { findingsOf, hear, listenTo } from "../helpers.ts";
import { every, notesAt, renderPiano, sine, wavFile } from "../piano.ts";
import { drums, speech, toms } from "./sounds.ts";

/** Nine seconds of playing. */
const PLAYING = renderPiano(notesAt(every(0.35, 0.4, 8)), 9);

/** The sample recording as MP3. */
const MP3_FILE = new URL("../../../../tests/fixtures/petzold-minuet-in-g.mp3", import.meta.url);

function reasonsOf({ dimensions }: Analysis): (string | null)[] {
  return [...new Set(Object.values(dimensions).map(({ reason }) => reason))];
}

describe("what isn't a piano", () => {
  test("the glides and hisses of a voice are never taken for playing with confidence", async () => {
    const { heard, confidence } = await hear(speech(8));
    if (heard !== "speech") expect(confidence).toBeLessThan(0.6);
  });

  test.each([
    ["a kit", drums(8)],
    ["toms", toms(8, 4, 90)],
    ["quick toms", toms(8, 6, 120)],
    ["high toms", toms(8, 8, 200)],
  ])("drums (%s) are called another instrument, and aren't scored", async (_which, sound) => {
    const heard = await hear(sound);
    expect(heard.heard).toBe("other_instrument");
    expect(heard.findings.map(({ kind }) => kind)).toEqual(["other_instrument"]);
    expect(reasonsOf(heard)).toEqual(["Another instrument than a piano was heard."]);
  });
});

describe("piano that can hardly be judged", () => {
  test("two seconds of it are too short, and it is said", async () => {
    const heard = await hear(PLAYING.subarray(0, 2 * 22_050));
    expect(heard.heard).toBe("too_short");
    expect(reasonsOf(heard)).toEqual(["The recording is too short to be judged."]);
    expect(heard.perception).toBeNull();
  });

  test("clipped it is still music, with less confidence, and it is named", async () => {
    const clean = await hear(PLAYING);
    const clipped = await hear(PLAYING.map((sample) => sample * 12));
    expect(clipped.heard).toBe("music");
    expect(findingsOf(clipped, "clipping")).not.toEqual([]);
    expect(findingsOf(clean, "clipping")).toEqual([]);
    expect(clipped.confidence).toBeLessThan(clean.confidence);
  });

  test("overloaded throughout it is hardly relied on, and nothing is said of its dynamics", async () => {
    const { confidence, dimensions, findings } = await hear(PLAYING.map((sample) => sample * 12));
    expect(confidence).toBeLessThanOrEqual(0.5);
    expect(dimensions.dynamics_control.score).toBeNull();
    expect(dimensions.dynamics_control.reason).toMatch(/distorted/);
    expect(findings.filter(({ dimension }) => dimension === "dynamics_control")).toEqual([]);
  });

  test("under a hum as loud as itself it is hardly relied on, and nothing is said of its dynamics", async () => {
    const hum = [50, 100, 150].map((frequency) => sine(frequency, 9, 22_050, 0.06));
    const humming = PLAYING.map(
      (sample, index) => sample + hum.reduce((sum, one) => sum + (one[index] ?? 0), 0),
    );
    const { confidence, dimensions, findings } = await hear(humming);
    expect(findings.some(({ kind }) => kind === "hum")).toBe(true);
    expect(confidence).toBeLessThanOrEqual(0.5);
    expect(dimensions.dynamics_control.reason).toMatch(/hum/);
    expect(findings.filter(({ dimension }) => dimension === "dynamics_control")).toEqual([]);
  });

  test("beyond full scale in a file of floats it is not clipped", async () => {
    const loud = PLAYING.map((sample) => sample * 12);
    const heard = await hear(loud, { bits: 32, float: true });
    expect(heard.measurements.peak_db).toBeGreaterThan(3);
    expect(findingsOf(heard, "clipping")).toEqual([]);
    const cut = await hear(
      loud.map((sample) => Math.min(1, Math.max(-1, sample))),
      { bits: 32, float: true },
    );
    expect(findingsOf(cut, "clipping")).not.toEqual([]);
  });

  test("after a hundredth of a second of silence, as an encoder adds, it is relied on as much", async () => {
    const later = new Float32Array(PLAYING.length + 300);
    later.set(PLAYING.subarray(Math.round(0.3 * 22_050)), 300);
    const usual = await hear(PLAYING.subarray(Math.round(0.3 * 22_050)));
    expect((await hear(later)).confidence).toBeCloseTo(usual.confidence, 1);
  });

  test("50 dB too quiet it is heard all the same, with less confidence", async () => {
    const loud = await hear(PLAYING, { bits: 24 });
    const quiet = await hear(
      PLAYING.map((sample) => sample / 316),
      { bits: 24 },
    );
    expect(quiet.heard).toBe("music");
    expect(findingsOf(quiet, "too_quiet")).toHaveLength(1);
    expect(quiet.confidence).toBeLessThanOrEqual(0.6 * loud.confidence);
    expect(quiet.measurements.peak_db).toBeCloseTo(loud.measurements.peak_db - 50, 0);
  });

  test("with a right channel that is the left one upside down it is heard as in one channel", async () => {
    const upsideDown = await hear(PLAYING, { channels: 2, gains: [1, -1] });
    const usual = await hear(PLAYING);
    expect(upsideDown).toMatchObject({
      heard: "music",
      confidence: usual.confidence,
      sections: usual.sections,
    });
    expect(upsideDown.findings.map(({ kind }) => kind)).toEqual(usual.findings.map(({ kind }) => kind));
    expect(upsideDown.measurements.notes?.count).toBe(usual.measurements.notes?.count);
  });

  test("of exactly five seconds it is long enough", async () => {
    for (const sampleRate of [22_050, 44_100]) {
      const sound = renderPiano(notesAt(every(0.35, 0.3, 5)), 5, sampleRate);
      expect((await hear(sound, { sampleRate })).heard).toBe("music");
    }
    expect((await hear(PLAYING.subarray(0, 5 * 22_050 - 1))).heard).toBe("too_short");
  });

  test("between long silences it is judged as without them, at the recording's own seconds", async () => {
    const alone = renderPiano(notesAt(every(0.4, 0.3, 19)), 20);
    const sound = new Float32Array(80 * 22_050);
    sound.set(alone, 30 * 22_050);
    const within = await hear(sound);
    const usual = await hear(alone);
    expect(within.measurements.pulse.tempo_bpm).toBeCloseTo(usual.measurements.pulse.tempo_bpm ?? 0, 0);
    expect(within.confidence).toBe(usual.confidence);
    expect(within.sections[0]?.start).toBeGreaterThan(29.5);
    expect(within.sections.at(-1)?.end).toBeLessThan(51);
    const scoreOf = ({ dimensions }: Analysis) => dimensions.overall_quality.score ?? 0;
    expect(Math.abs(scoreOf(within) - scoreOf(usual))).toBeLessThan(1.5);
    for (const { start, end } of within.findings) {
      expect(start).toBeGreaterThan(29.5);
      expect(end).toBeLessThan(51);
    }
  });

  test("at 44.1 kHz in 8 bits it is heard as at 16: its tempo and notes are the same", async () => {
    const sound = renderPiano(notesAt(every(0.35, 0.4, 9)), 10, 44_100);
    const coarse = await hear(sound, { sampleRate: 44_100, bits: 8 });
    const fine = await hear(sound, { sampleRate: 44_100 });
    expect(coarse.heard).toBe("music");
    expect(coarse.measurements.pulse.tempo_bpm).toBeCloseTo(fine.measurements.pulse.tempo_bpm ?? 0, 0);
    const [few, many] = [coarse.measurements.notes?.count ?? 0, fine.measurements.notes?.count ?? 0];
    expect(Math.abs(few - many)).toBeLessThanOrEqual(0.15 * many);
  });
});

describe("files that aren't what they should be", () => {
  let file: Uint8Array;
  beforeAll(() => {
    file = new Uint8Array(readFileSync(MP3_FILE));
  });

  test("damaged in the middle is heard around the damage, which is named where it is", async () => {
    const whole = await listenTo(file);
    const heard = await listenTo(overwritten(file, Math.floor(file.length / 2), 9000));
    expect(heard.heard).toBe("music");
    const [damage] = findingsOf(heard, "damaged");
    expect(damage?.start).toBeGreaterThan(whole.duration / 2 - 0.5);
    expect(damage?.end).toBeLessThan(whole.duration / 2 + 3);
    expect(heard.duration).toBeCloseTo(whole.duration, 0);
    expect(findingsOf(whole, "damaged")).toEqual([]);
  });

  test("what is silent because it is damaged is no gap of the player's, and costs confidence", async () => {
    const whole = await listenTo(file);
    const heard = await listenTo(overwritten(file, Math.floor(file.length / 4), 24_000));
    const [damage] = findingsOf(heard, "damaged");
    const start = damage?.start ?? 0;
    const end = damage?.end ?? 0;
    expect(end - start).toBeGreaterThan(0.8);
    for (const pause of [...findingsOf(heard, "pause"), ...heard.measurements.pauses]) {
      expect(pause.end <= start || pause.start >= end).toBe(true);
    }
    expect(heard.confidence).toBeLessThanOrEqual(whole.confidence - 0.05);
  });

  test.each([
    ["more sound than there is", 100_000_000],
    ["no sound at all", 0],
    ["four gigabytes, as recorders do that stream", 0xffff_ffff],
  ])("a header that claims %s is not believed", async (_claim, dataSize) => {
    const heard = await listenTo(wavFile(PLAYING, { dataSize }));
    expect(heard.heard).toBe("music");
    expect(heard.analysed_duration).toBeCloseTo(9, 1);
  });
});
