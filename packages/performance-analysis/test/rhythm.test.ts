import { describe, expect, test } from "vitest";
import { measureLevels } from "../src/music/levels.ts";
import { pickOnsets } from "../src/music/onsets.ts";
import { findPauses } from "../src/music/pauses.ts";
import { type PulseReading, readPulse } from "../src/music/pulse.ts";
import { createFrameAnalyser } from "../src/signal/frame-analyser.ts";
import type { FrameCurves } from "../src/signal/frames.ts";
import { findingsOf, hear } from "./helpers.ts";
import { every, notesAt, pseudoRandom, renderPiano } from "./piano.ts";
import { openSignalKernel } from "./transcription/open-kernel.ts";

const KERNEL = openSignalKernel();

function curvesOf(sound: Float32Array): FrameCurves {
  const analyser = createFrameAnalyser(KERNEL);
  analyser.push(sound);
  return analyser.curves();
}

function onsetsOf(sound: Float32Array): number[] {
  return pickOnsets(curvesOf(sound).strength).map(({ time }) => time);
}

/** The pulse as an analysis tells it, without the notes, which it doesn't rest on. */
function pulseOf(sound: Float32Array): PulseReading {
  const { power, strength } = curvesOf(sound);
  const onsets = pickOnsets(strength);
  return readPulse(strength, onsets, findPauses(measureLevels(power), onsets).pauses);
}

/** Share of hits within the tolerance: harmonic mean of precision and recall. */
function fMeasure(found: readonly number[], played: readonly number[], tolerance: number): number {
  const open = [...found];
  const hits = played.filter((time) => {
    const index = open.findIndex((other) => Math.abs(other - time) <= tolerance);
    if (index >= 0) open.splice(index, 1);
    return index >= 0;
  });
  return (2 * hits.length) / (found.length + played.length);
}

describe("onsets", () => {
  test.each([-6, -20, -34])("are found within 25 ms at an attack of %i dB", (level) => {
    const random = pseudoRandom(level + 100);
    let time = 0.3;
    const times = Array.from({ length: 80 }, () => (time += 0.12 + random() * 0.5));
    const found = onsetsOf(
      renderPiano(
        notesAt(times, () => level),
        time + 2,
      ),
    );
    expect(fMeasure(found, times, 0.025)).toBeGreaterThanOrEqual(0.95);
  });
});

describe("pulse", () => {
  test.each([60, 72, 96, 132])(
    "a metronomic %i beats a minute are found to a hundredth and called steady",
    async (tempo) => {
      const analysis = await hear(renderPiano(notesAt(every(60 / tempo, 0.5, 18)), 19));
      const { tempo_bpm } = analysis.measurements.pulse;
      expect(Math.abs((tempo_bpm ?? 0) / tempo - 1)).toBeLessThanOrEqual(0.01);
      expect(findingsOf(analysis, "steady_pulse")).toHaveLength(1);
      expect(findingsOf(analysis, "tempo_drift")).toEqual([]);
    },
  );

  test("rushing by 20 % from the middle on is named with sign and seconds", async () => {
    const times = [...every(60 / 96, 0.5, 13), ...every(60 / 115.2, 13.5, 26)];
    const [drift] = findingsOf(await hear(renderPiano(notesAt(times), 27)), "tempo_drift");
    expect(Math.abs((drift?.evidence.tempo_change_percent ?? 0) - 20)).toBeLessThanOrEqual(3);
    expect(Math.abs((drift?.start ?? 0) - 13)).toBeLessThanOrEqual(2);
    expect(Math.abs((drift?.end ?? 0) - 13)).toBeLessThanOrEqual(3);
  });

  test("a slow loss of tempo is named as slower", async () => {
    const times = [0.5];
    while ((times.at(-1) ?? 0) < 26) times.push((times.at(-1) ?? 0) + 0.5 * (1 + (times.at(-1) ?? 0) / 104));
    const [drift] = findingsOf(await hear(renderPiano(notesAt(times), 27)), "tempo_drift");
    expect(drift?.evidence.tempo_change_percent).toBeLessThan(-12);
  });

  test("jitter raises the measured deviation of the beats", () => {
    const random = pseudoRandom(9);
    const even = pulseOf(renderPiano(notesAt(every(0.5, 0.5, 28)), 30));
    const jittered = every(0.5, 0.5, 28).map((time) => time + (random() - 0.5) * 0.1);
    const uneven = pulseOf(renderPiano(notesAt(jittered), 30));
    expect(even.deviation).toBeLessThanOrEqual(0.01);
    expect(uneven.deviation).toBeGreaterThan(0.04);
  });

  test.each([1, 2, 3, 4])("no tempo is claimed for notes scattered at random (%i)", (seed) => {
    const random = pseudoRandom(seed);
    let time = 0.3;
    const times = Array.from({ length: 70 }, () => (time += 0.08 - 0.5 * Math.log(1 - random())));
    expect(pulseOf(renderPiano(notesAt(times), time + 2)).tempo).toBeNull();
  });
});
