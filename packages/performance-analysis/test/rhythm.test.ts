import { describe, expect, test } from "vitest";
import { pickOnsets } from "../src/music/onsets.ts";
import { createFrameAnalyser } from "../src/signal/frame-analyser.ts";
import { findingsOf, hear } from "./helpers.ts";
import { every, notesAt, pseudoRandom, renderPiano } from "./piano.ts";

function onsetsOf(sound: Float32Array): number[] {
  const analyser = createFrameAnalyser();
  analyser.push(sound);
  return pickOnsets(analyser.curves().strength).map(({ time }) => time);
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
      const analysis = await hear(renderPiano(notesAt(every(60 / tempo, 0.5, 28)), 30));
      const { tempo_bpm } = analysis.measurements.pulse;
      expect(Math.abs((tempo_bpm ?? 0) / tempo - 1)).toBeLessThanOrEqual(0.01);
      expect(findingsOf(analysis, "steady_pulse")).toHaveLength(1);
      expect(findingsOf(analysis, "tempo_drift")).toEqual([]);
    },
  );

  test("rushing by 20 % from the middle on is named with sign and seconds", async () => {
    const times = [...every(60 / 96, 0.5, 20), ...every(60 / 115.2, 20.5, 40)];
    const [drift] = findingsOf(await hear(renderPiano(notesAt(times), 42)), "tempo_drift");
    expect(Math.abs((drift?.evidence.tempo_change_percent ?? 0) - 20)).toBeLessThanOrEqual(3);
    expect(Math.abs((drift?.start ?? 0) - 20)).toBeLessThanOrEqual(2);
    expect(Math.abs((drift?.end ?? 0) - 20)).toBeLessThanOrEqual(3);
  });

  test("a slow loss of tempo is named as slower", async () => {
    const times = [0.5];
    while ((times.at(-1) ?? 0) < 40) times.push((times.at(-1) ?? 0) + 0.5 * (1 + (times.at(-1) ?? 0) / 160));
    const [drift] = findingsOf(await hear(renderPiano(notesAt(times), 42)), "tempo_drift");
    expect(drift?.evidence.tempo_change_percent).toBeLessThan(-12);
  });

  test("jitter raises the measured deviation of the beats", async () => {
    const random = pseudoRandom(9);
    const even = (await hear(renderPiano(notesAt(every(0.5, 0.5, 28)), 30))).measurements.pulse;
    const jittered = every(0.5, 0.5, 28).map((time) => time + (random() - 0.5) * 0.1);
    const uneven = (await hear(renderPiano(notesAt(jittered), 30))).measurements.pulse;
    expect(even.beat_deviation_percent).toBeLessThanOrEqual(1);
    expect(uneven.beat_deviation_percent).toBeGreaterThan(4);
  });

  test.each([1, 2, 3, 4])("no tempo is claimed for notes scattered at random (%i)", async (seed) => {
    const random = pseudoRandom(seed);
    let time = 0.3;
    const times = Array.from({ length: 70 }, () => (time += 0.08 - 0.5 * Math.log(1 - random())));
    const { pulse } = (await hear(renderPiano(notesAt(times), time + 2))).measurements;
    expect(pulse.tempo_bpm).toBeNull();
  });
});
