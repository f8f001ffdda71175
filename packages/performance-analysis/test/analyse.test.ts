import { AnalysisSchema } from "@crescendai/contracts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { analyse, bytesAsSource } from "../src/index.ts";
import { findingsOf, hear, listenTo, rampLevel, shaped, TOOLS } from "./helpers.ts";
import { every, notesAt, pseudoRandom, renderPiano, sine, wavFile } from "./piano.ts";

/** Seed of the property tests: printed by fast-check with every counterexample. */
const SEED = 20_261_123;

describe("what kind of sound it is", () => {
  test("silence, a sine, white noise, and playing are told apart", async () => {
    const random = pseudoRandom(1);
    expect((await hear(new Float32Array(22_050 * 6))).heard).toBe("silence");
    expect((await hear(sine(440, 6, 22_050))).heard).toBe("steady_tone");
    expect((await hear(Float32Array.from({ length: 22_050 * 6 }, () => random() * 0.4 - 0.2))).heard).toBe(
      "noise",
    );
    expect((await hear(renderPiano(notesAt(every(0.4, 0.5, 6)), 7))).heard).toBe("music");
    expect((await hear(renderPiano(notesAt([0.2]), 1))).heard).toBe("too_short");
  });

  test("of silence, a tone, or noise nothing musical is said", async () => {
    for (const sound of [new Float32Array(22_050 * 6), sine(440, 6, 22_050)]) {
      const analysis = await hear(sound);
      expect(analysis.findings.map(({ kind }) => kind)).toEqual([analysis.heard]);
      expect(analysis.measurements.onset_count).toBe(0);
      expect(analysis.measurements.pulse.tempo_bpm).toBeNull();
    }
  });

  test("a constant offset of the converter is still silence", async () => {
    expect((await hear(new Float32Array(22_050 * 6).fill(0.1))).heard).toBe("silence");
  });
});

describe("dynamics", () => {
  test("a crescendo and a diminuendo are found with their seconds", async () => {
    const up = rampLevel(-34, -14, 4, 12);
    const down = rampLevel(0, -20, 17, 25);
    const analysis = await hear(shaped(29, (time) => up(time) + down(time)));
    const [rise] = findingsOf(analysis, "crescendo");
    const [fall] = findingsOf(analysis, "diminuendo");
    expect(Math.abs((rise?.start ?? 99) - 4)).toBeLessThanOrEqual(1);
    expect(Math.abs((rise?.end ?? 99) - 12)).toBeLessThanOrEqual(1);
    expect(rise?.evidence.change_db).toBeCloseTo(20, -0.7);
    expect(Math.abs((fall?.start ?? 99) - 17)).toBeLessThanOrEqual(1);
    expect(Math.abs((fall?.end ?? 99) - 25)).toBeLessThanOrEqual(1);
    expect(fall?.evidence.change_db).toBeCloseTo(-20, -0.7);
  });

  test("even playing has no crescendo, and is called narrow", async () => {
    const analysis = await hear(shaped(15, () => -16));
    expect(analysis.measurements.dynamic_arc).toEqual([]);
    expect(findingsOf(analysis, "narrow_dynamics")).toHaveLength(1);
  });

  test("one chord dying away is no diminuendo", async () => {
    const analysis = await hear(
      renderPiano([...notesAt(every(0.4, 0.5, 5)), { time: 5.1, pitch: 48, level: -10, length: 8 }], 14),
    );
    expect(findingsOf(analysis, "diminuendo")).toEqual([]);
    expect(analysis.measurements.pauses).toEqual([]);
  });
});

describe("pauses", () => {
  test("a pause of 20 s in the middle is found where it is", async () => {
    const playing = renderPiano(notesAt(every(0.4, 0.2, 8)), 8);
    const sound = new Float32Array(22_050 * 36);
    sound.set(playing);
    sound.set(playing, 22_050 * 28);
    const { measurements, findings, sections, heard } = await hear(sound);
    expect(heard).toBe("music");
    expect(measurements.pauses).toHaveLength(1);
    expect(Math.abs((measurements.pauses[0]?.start ?? 0) - 8)).toBeLessThanOrEqual(0.2);
    expect(Math.abs((measurements.pauses[0]?.end ?? 0) - 28.2)).toBeLessThanOrEqual(0.2);
    expect(findings[0]).toMatchObject({ kind: "pause" });
    expect(sections.map(({ cut }) => cut)).toEqual(["pause", "pause", "end"]);
    expect(measurements.pulse.tempo_bpm).toBeCloseTo(150, 0);
  });

  test("a pause in a noisy room is found too", async () => {
    const random = pseudoRandom(3);
    const notes = notesAt([...every(0.4, 0.2, 8), ...every(0.4, 14, 22)]).map((note) => ({
      ...note,
      length: 0.35,
    }));
    const sound = renderPiano(notes, 22.5).map((sample) => sample + (random() - 0.5) * 0.004);
    const { pauses } = (await hear(sound)).measurements;
    expect(pauses).toHaveLength(1);
    expect(pauses[0]?.start).toBeGreaterThan(7.9);
    expect(Math.abs((pauses[0]?.end ?? 0) - 14)).toBeLessThanOrEqual(0.2);
  });
});

describe("faults of the recording", () => {
  test("clipping is found where it is", async () => {
    const sound = renderPiano(notesAt(every(0.5, 0.5, 8)), 9);
    for (let index = 22_050 * 3; index < 22_050 * 4; index += 1) sound[index] = (sound[index] ?? 0) * 30;
    const [finding] = findingsOf(await hear(sound), "clipping");
    expect(finding?.start).toBeGreaterThanOrEqual(2.9);
    expect(finding?.end).toBeLessThanOrEqual(4.1);
    expect(findingsOf(await hear(renderPiano(notesAt(every(0.5, 0.5, 8)), 9)), "clipping")).toEqual([]);
  });

  test("a very quiet recording is called so", async () => {
    const sound = renderPiano(
      notesAt(every(0.4, 0.5, 8), () => -48),
      9,
    );
    expect(findingsOf(await hear(sound, { bits: 24 }), "too_quiet")).toHaveLength(1);
  });

  test("a file that ends early is said to be truncated", async () => {
    const file = wavFile(renderPiano(notesAt(every(0.4, 0.5, 8)), 9));
    const analysis = await listenTo(file.subarray(0, Math.floor(file.length * 0.6)));
    expect(analysis.truncated).toBe(true);
    expect(analysis.duration).toBeCloseTo(5.4, 1);
  });
});

describe("an analysis", () => {
  test("any chunking of the bytes gives the same analysis", async () => {
    const file = wavFile(renderPiano(notesAt(every(0.45, 0.3, 5)), 6), { channels: 2, bits: 24 });
    const whole = await listenTo(file);
    const { read, size } = bytesAsSource(file);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 7, max: 90_000 }), { minLength: 1, maxLength: 8 }),
        async (sizes) => {
          let reads = 0;
          const result = await analyse(
            {
              size,
              read(offset, length) {
                reads += 1;
                return read(offset, Math.min(length, sizes[reads % sizes.length] ?? 7));
              },
            },
            TOOLS,
          );
          expect(result).toEqual({ ok: true, value: whole });
        },
      ),
      { seed: SEED, numRuns: 4 },
    );
  });

  test("more than the limit isn't listened to, and it is said", async () => {
    const file = wavFile(renderPiano(notesAt(every(0.4, 0.3, 9)), 10));
    const told: [number, number | null][] = [];
    const result = await analyse(bytesAsSource(file), TOOLS, {
      maxSeconds: 5,
      onProgress(analysed, expected) {
        told.push([analysed, expected]);
      },
    });
    expect(result).toMatchObject({ ok: true, value: { duration: 10, analysed_duration: 5 } });
    expect(told.at(-1)).toEqual([5, 5]);
    expect(told.map(([analysed]) => analysed)).toEqual(
      told.map(([analysed]) => analysed).toSorted((a, b) => a - b),
    );
  });

  test("fits its schema and stays small; every dimension has a score or the reason why not", async () => {
    const random = pseudoRandom(5);
    let time = 0.5;
    const times = Array.from({ length: 60 }, () => (time += 0.2 + random() * (random() < 0.1 ? 3 : 0.6)));
    const analysis = await hear(
      renderPiano(
        notesAt(times, () => -30 + 25 * random()),
        time + 2,
      ),
    );
    expect(AnalysisSchema["~standard"].validate(analysis)).toMatchObject({ value: analysis });
    // 200 bytes a second, and 3 kB for what there is of every recording: sections are the most of it.
    expect(JSON.stringify(analysis).length).toBeLessThan(3000 + 200 * analysis.duration);
    expect(analysis.findings.length).toBeLessThanOrEqual(10);
    for (const { score, uncertainty, basis, reason } of Object.values(analysis.dimensions)) {
      if (reason === null) {
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(100);
        expect(uncertainty).toBeGreaterThan(0);
        expect(basis).not.toBeNull();
      } else {
        expect([score, uncertainty, basis]).toEqual([null, null, null]);
        expect(reason).toMatch(/\.$/);
      }
    }
  });

  test("the sections cover the recording without gaps", async () => {
    const { sections, analysed_duration } = await hear(
      shaped(24, (time) => (Math.abs(time - 12) < 1.5 ? -34 : -14)),
    );
    expect(sections[0]?.start).toBe(0);
    expect(sections.at(-1)?.end).toBeCloseTo(analysed_duration, 1);
    expect(sections.slice(1).map(({ start }) => start)).toEqual(sections.slice(0, -1).map(({ end }) => end));
    expect(sections).toHaveLength(2);
  });
});
